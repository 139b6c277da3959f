// SPDX-License-Identifier: Apache-2.0
#include "preflight/unpack/archive_format.hpp"

#include "headers.hpp"
#include "note_rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>

namespace preflight::unpack {

namespace {

using namespace std::string_view_literals;

bool is_zip(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}

bool is_tar(std::string_view bytes) {
    constexpr std::size_t kMagicOffset = 257;
    return bytes.size() > kMagicOffset && bytes.substr(kMagicOffset).starts_with("ustar"sv);
}

std::string list_paths(const std::set<std::string>& paths) {
    constexpr std::size_t kMaxListed = 10;
    std::string text;
    std::size_t count = 0;
    for (const auto& path : paths) {
        if (count++ == kMaxListed) {
            return text + ", ...";
        }
        text += text.empty() ? "" : ", ";
        text += in_quotes(path);
    }
    return text;
}

} // namespace

std::optional<ArchiveFormat> find_archive_format(ByteView bytes) {
    const auto text = as_text(bytes);
    if (is_zip(text) || is_zip(text.substr(find_shebang_length(bytes)))) {
        return ArchiveFormat::zip;
    }
    return is_tar(text) ? std::optional(ArchiveFormat::tar) : std::nullopt;
}

bool is_document(std::string_view path) {
    static constexpr std::array kEndings = {".npz"sv,
                                            ".docx"sv,
                                            ".docm"sv,
                                            ".dotx"sv,
                                            ".xlsx"sv,
                                            ".xlsm"sv,
                                            ".xltx"sv,
                                            ".xlsb"sv,
                                            ".pptx"sv,
                                            ".pptm"sv,
                                            ".potx"sv,
                                            ".odt"sv,
                                            ".ods"sv,
                                            ".odp"sv,
                                            ".odg"sv};
    return std::ranges::any_of(kEndings,
                               [&](std::string_view ending) { return path.ends_with(ending); });
}

Finding note_unopened(const std::set<std::string>& paths, const std::set<std::string>& importable) {
    auto finding = make_finding(kNestedNotOpened);
    finding.message = std::to_string(paths.size()) +
                      (paths.size() == 1 ? " archive inside the artifact was"
                                         : " archives inside the artifact were") +
                      " not looked into: " + list_paths(paths);
    if (!importable.empty()) {
        finding.severity = Severity::medium;
        finding.message += "; Python can import from " + list_paths(importable);
    }
    return finding;
}

} // namespace preflight::unpack
