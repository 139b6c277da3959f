// SPDX-License-Identifier: Apache-2.0
#include "artifact_kind.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace preflight::scan {

namespace {

// POSIX.1-1988, "ustar Interchange Format".
constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kTarMagicOffset = 257;
constexpr std::size_t kTarSizeOffset = 124;
constexpr std::size_t kTarSizeLength = 11;

bool is_tar(ByteView bytes) {
    return bytes.size() >= kTarBlock && as_text(bytes).substr(kTarMagicOffset).starts_with("ustar");
}

/// How many blocks the contents of an entry take, or a block where the header does not say.
std::size_t content_blocks(std::string_view header) {
    std::size_t size = 0;
    const auto* const digits = header.data() + kTarSizeOffset;
    std::from_chars(digits, digits + kTarSizeLength, size, 8);
    return size / kTarBlock + (size % kTarBlock == 0 ? 0 : 1);
}

/// Whether a tar is what `docker save` or `skopeo copy` writes: one of the files that make it an
/// image lies at its top.
bool is_image_tar(ByteView bytes) {
    static constexpr std::array<std::string_view, 3> kImageFiles = {
        "manifest.json", "oci-layout", "repositories"};
    auto rest = as_text(bytes);
    while (rest.size() >= kTarBlock && rest.front() != '\0') {
        const auto name = rest.substr(0, std::min<std::size_t>(rest.find('\0'), 100));
        if (std::ranges::find(kImageFiles, name) != kImageFiles.end()) {
            return true;
        }
        const auto blocks = content_blocks(rest) + 1;
        if (blocks > rest.size() / kTarBlock) {
            return false;
        }
        rest.remove_prefix(blocks * kTarBlock);
    }
    return false;
}

bool is_requirements_name(std::string_view name) {
    return name.ends_with(".txt") && name.find("requirements") != std::string_view::npos;
}

} // namespace

ArtifactKind find_kind(const std::filesystem::path& path, ByteView bytes) {
    static constexpr std::array<std::string_view, 4> kZipExtensions = {
        ".zip", ".whl", ".pyz", ".egg"};
    const auto extension = path.extension().string();
    if (std::ranges::find(kZipExtensions, extension) != kZipExtensions.end()) {
        return ArtifactKind::zip;
    }
    if (is_requirements_name(path.filename().string())) {
        return ArtifactKind::requirements;
    }
    if (as_text(bytes).starts_with("PK")) {
        return ArtifactKind::zip;
    }
    return is_tar(bytes) && is_image_tar(bytes) ? ArtifactKind::container_image
                                                : ArtifactKind::unrecognised;
}

bool is_oci_layout(const std::filesystem::path& directory) {
    std::error_code
        ignored; // what cannot be asked is no layout; listing the directory tells what is wrong
    return std::filesystem::is_regular_file(directory / "oci-layout", ignored) &&
           std::filesystem::is_regular_file(directory / "index.json", ignored);
}

} // namespace preflight::scan
