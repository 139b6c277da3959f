// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include "preflight/base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

namespace preflight::unpack {

namespace {

constexpr std::size_t kMaxComponentBytes =
    255; // hostile-archives.md, section 11: the limit of file systems
constexpr std::size_t kMaxComponents = 128; // likewise

/// What the bytes 0x80 to 0xFF mean in the code page of MS-DOS, which unmarked names are in:
/// APPNOTE.TXT 6.3.10, appendix D. Python's zipfile reads them so.
constexpr std::array<char32_t, 128> kCodePage437 = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
    0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
    0x00FF, 0x00D6, 0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255D, 0x255C, 0x255B, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4, 0x03A6, 0x0398, 0x03A9, 0x03B4,
    0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00F7, 0x2248,
    0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0,
};

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(
        text, [](char character) { return static_cast<unsigned char>(character) < 0x80; });
}

std::string from_code_page_437(std::string_view name) {
    std::string text;
    for (const char character : name) {
        const auto byte = static_cast<unsigned char>(character);
        append_utf8(text, byte < 0x80 ? byte : kCodePage437[byte - 0x80U]);
    }
    return text;
}

/// Control characters that one byte shows, before anybody decodes the name.
bool has_control_byte(std::string_view name) {
    return std::ranges::any_of(name, [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte < 0x20 || byte == 0x7F;
    });
}

/// Marks of the direction of writing: Unicode Standard Annex 9, section 2, without U+061C, which
/// R10 does not name.
bool is_bidi_mark(char32_t character) {
    return character == 0x200E || character == 0x200F ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

/// Other characters that R10 forbids: C1 controls, zero-width characters, separators, invisible
/// operators.
bool is_control(char32_t character) {
    return (character >= 0x80 && character <= 0x9F) ||
           (character >= 0x200B && character <= 0x200D) || character == 0x2028 ||
           character == 0x2029 || (character >= 0x2060 && character <= 0x2065) ||
           character == 0xFEFF;
}

/// Of the rules about single characters the first that is broken, wherever in the name that is.
const Rule* check_characters(std::string_view name) {
    if (is_ascii(name)) { // nearly every name, hostile ones of megabytes too
        return name.find('\\') != std::string_view::npos ? &kNameBackslash : nullptr;
    }
    bool has_bidi_mark = false;
    bool has_stray_byte = false;
    for (auto rest = name; !rest.empty();) {
        const auto character = find_code_point(rest);
        if (character && is_control(character->value)) {
            return &kNameControl;
        }
        has_bidi_mark = has_bidi_mark || (character && is_bidi_mark(character->value));
        has_stray_byte = has_stray_byte || !character;
        rest.remove_prefix(character ? character->length : 1);
    }
    if (has_bidi_mark) {
        return &kNameBidi;
    }
    if (name.find('\\') != std::string_view::npos) {
        return &kNameBackslash;
    }
    return has_stray_byte ? &kNameNotUtf8 : nullptr;
}

/// A drive letter or a scheme of MS-DOS: the second character is a colon.
bool has_drive(std::string_view path) {
    return path.size() > 1 && path[1] == ':';
}

/// Whether composing the name changes it. What utf8proc cannot compose (it knows Unicode 15) counts
/// as changed.
bool is_composed(std::string_view name) {
    if (is_ascii(name)) {
        return true;
    }
    utf8proc_uint8_t* composed = nullptr;
    constexpr auto kForm = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                     static_cast<utf8proc_ssize_t>(name.size()),
                                     &composed,
                                     kForm);
    struct Freed {
        void operator()(utf8proc_uint8_t* text) const noexcept {
            // utf8proc allocates with malloc.
            // NOLINTNEXTLINE(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
            std::free(text);
        }
    };
    const std::unique_ptr<utf8proc_uint8_t, Freed> owner(composed);
    return length >= 0 && std::string_view(reinterpret_cast<const char*>(composed),
                                           static_cast<std::size_t>(length)) == name;
}

/// Cuts the next component off a path.
std::string_view take_component(std::string_view& path) {
    const auto slash = path.find('/');
    const auto component = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return component;
}

/// `path` is a name without "./" in front and "/" behind.
const Rule* check_components(std::string_view path, std::uint64_t max_path_bytes) {
    bool is_too_long = path.size() > max_path_bytes;
    std::size_t count = 0;
    for (auto rest = path; !rest.empty();) {
        const auto component = take_component(rest);
        if (component.empty() || component == "." || component == "..") {
            return &kNameComponent;
        }
        is_too_long =
            is_too_long || component.size() > kMaxComponentBytes || ++count > kMaxComponents;
    }
    if (path.ends_with('/')) { // "a//", of which one slash is gone
        return &kNameComponent;
    }
    return is_too_long ? &kNameTooLong : nullptr;
}

/// Info-ZIP takes `;1` at the end of a name for a version, as VMS has it, and drops it; measured: a
/// semicolon without digits too.
bool ends_in_version(std::string_view path) {
    const auto semicolon = path.find_last_not_of("0123456789");
    return semicolon != std::string_view::npos && path[semicolon] == ';';
}

/// A path of one entry, as some reader sees it.
struct SeenPath {
    std::string_view path;
    std::uint32_t index = 0;
    bool is_directory = false; ///< Of equal paths the files sort first,
    std::uint64_t begin = 0;   ///< and of those the first in the archive.
};

/// How many bytes both paths begin with alike. In strides, since hostile paths are long and differ
/// at their ends.
std::size_t common_length(std::string_view left, std::string_view right) {
    constexpr std::size_t kStride = 64;
    const auto end = std::min(left.size(), right.size());
    std::size_t length = 0;
    while (end - length >= kStride &&
           std::memcmp(left.data() + length, right.data() + length, kStride) == 0) {
        length += kStride;
    }
    while (length < end && left[length] == right[length]) {
        ++length;
    }
    return length;
}

/// Sorts "/" before every other byte, so that what lies below a path stands directly behind it.
bool comes_before(const SeenPath& left, const SeenPath& right) {
    const auto length = common_length(left.path, right.path);
    if (length == std::min(left.path.size(), right.path.size())) {
        return std::tuple(left.path.size(), left.is_directory, left.begin) <
               std::tuple(right.path.size(), right.is_directory, right.begin);
    }
    const auto rank = [](char character) {
        return character == '/' ? 0U : 1U + static_cast<unsigned char>(character);
    };
    return rank(left.path[length]) < rank(right.path[length]);
}

bool lies_below(std::string_view path, std::string_view parent) {
    return path.size() > parent.size() && path.starts_with(parent) && path[parent.size()] == '/';
}

/// The breach at the smallest offset among all that are shown to it.
class FirstBreach {
public:
    void see(const Rule& rule, const Headers& entry) {
        if (entry_ == nullptr || entry.begin < entry_->begin) {
            rule_ = &rule;
            entry_ = &entry;
        }
    }

    [[nodiscard]] std::optional<Finding> finding() const {
        if (entry_ == nullptr) {
            return std::nullopt;
        }
        return refuse(*rule_, entry_->begin, entry_->central.name);
    }

private:
    const Rule* rule_ = nullptr;
    const Headers* entry_ = nullptr;
};

void look_for_clashes(const Directory& directory,
                      std::vector<SeenPath> paths,
                      FirstBreach& breach) {
    std::ranges::sort(paths, comes_before);
    const auto& entries = directory.entries;
    const SeenPath* file = nullptr; // the last path seen that nothing may lie below
    for (const auto& seen : paths) {
        const auto& entry = entries[seen.index];
        const bool is_below = file != nullptr && lies_below(seen.path, file->path);
        if (is_below) {
            breach.see(kFileAsDirectory, entry);
        } else if (file != nullptr && seen.path == file->path) {
            breach.see(entry.has_slash() ? kFileAsDirectory : kDuplicate, entry);
        }
        if (!entry.has_slash() && !is_below) {
            file = &seen;
        }
    }
}

} // namespace

const Rule* check_name(const Directory& directory, const Headers& entry) {
    const auto name = entry.central.name;
    if (name.empty()) {
        return &kNameEmpty;
    }
    if (has_control_byte(name)) {
        return &kNameControl;
    }
    if (const auto* rule = check_characters(name)) {
        return rule;
    }
    if (!is_composed(name)) {
        return &kNameNotNfc;
    }
    if (name.front() == '/' || has_drive(name) || has_drive(entry.path)) {
        return &kNameAbsolute;
    }
    if (entry.path.empty()) { // the root itself, unless it is ".//"
        return name == "./" ? nullptr : &kNameComponent;
    }
    if (const auto* rule = check_components(entry.path, directory.limits.max_path_bytes)) {
        return rule;
    }
    return ends_in_version(entry.path) ? &kNameVersionSuffix : nullptr;
}

std::optional<Finding> check_name_clashes(const Directory& directory) {
    std::vector<SeenPath> paths;
    std::vector<SeenPath> by_python;
    std::vector<std::string> decoded; // keeps what `by_python` refers to
    const auto& entries = directory.entries;
    decoded.reserve(entries.size());
    for (std::uint32_t index = 0; index < entries.size(); ++index) {
        const auto& entry = entries[index];
        paths.push_back({entry.path, index, entry.has_slash(), entry.begin});
        by_python.push_back(paths.back());
        if ((entry.central.flags & kFlagUtf8) == 0 && !is_ascii(entry.path)) {
            by_python.back().path = decoded.emplace_back(from_code_page_437(entry.path));
        }
    }

    FirstBreach breach;
    look_for_clashes(directory, std::move(paths), breach);
    if (!decoded.empty()) {
        look_for_clashes(directory, std::move(by_python), breach);
    }
    return breach.finding();
}

} // namespace preflight::unpack
