// SPDX-License-Identifier: Apache-2.0
#include "artifact_kind.hpp"

#include "preflight/base/text.hpp"
#include "preflight/scan/scan.hpp"
#include "preflight/unpack/archive_format.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace preflight::scan {

namespace {

bool is_requirements_name(std::string_view name) {
    return name.ends_with(".txt") && name.find("requirements") != std::string_view::npos;
}

} // namespace

ArtifactKind find_kind(const std::filesystem::path& path, ByteView bytes) {
    using namespace std::string_view_literals;
    static constexpr std::array kZipEndings = {".zip"sv, ".whl"sv, ".pyz"sv, ".egg"sv};
    static constexpr std::array kTarEndings = {".tar"sv, ".tar.gz"sv, ".tgz"sv};
    const auto name = path.filename().string();
    const auto is_called = [&](std::string_view ending) { return name.ends_with(ending); };
    if (std::ranges::any_of(kZipEndings, is_called)) {
        return ArtifactKind::zip;
    }
    if (std::ranges::any_of(kTarEndings, is_called)) {
        return ArtifactKind::tar;
    }
    if (is_requirements_name(name)) {
        return ArtifactKind::requirements;
    }
    const auto format = unpack::find_archive_format(bytes);
    if (format == unpack::ArchiveFormat::tar) {
        return ArtifactKind::tar;
    }
    return format || as_text(bytes).starts_with("PK") ? ArtifactKind::zip
                                                      : ArtifactKind::unrecognised;
}

bool is_part_of_image(std::string_view path) {
    using namespace std::string_view_literals;
    static constexpr std::array kImageFiles = {"manifest.json"sv, "oci-layout"sv, "repositories"sv};
    return std::ranges::find(kImageFiles, path) != kImageFiles.end();
}

bool is_oci_layout(const std::filesystem::path& directory) {
    std::error_code
        ignored; // what cannot be asked is no layout; listing the directory tells what is wrong
    return std::filesystem::is_regular_file(directory / "oci-layout", ignored) &&
           std::filesystem::is_regular_file(directory / "index.json", ignored);
}

void refuse_image(const std::filesystem::path& path) {
    throw UnrecognisedInput(in_quotes(path.string()) +
                            " is a container image, to which neither layers nor code signing "
                            "apply: name the zip or the folder of the function instead");
}

} // namespace preflight::scan
