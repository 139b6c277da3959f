// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace preflight::unpack {

namespace {

constexpr std::size_t kMaxComponentBytes =
    255; // hostile-archives.md, section 11: the limit of file systems
constexpr std::size_t kMaxComponents = 128; // likewise

/// Control characters that one byte shows, before anybody decodes the name. Eight bytes at a time,
/// since hostile names are long.
bool has_control_byte(std::string_view name) {
    constexpr std::uint64_t kEach = 0x0101010101010101;
    constexpr std::uint64_t kHighBits = 0x80 * kEach;
    while (!name.empty()) {
        std::uint64_t word = 0x2020202020202020; // blanks where the name ends
        const auto length = std::min(name.size(), sizeof word);
        std::memcpy(&word, name.data(), length);
        const auto is_deleted = word ^ 0x7F * kEach; // zero where a byte is DEL
        const auto low = (word - 0x20 * kEach) & ~word;
        const auto deleted = (is_deleted - kEach) & ~is_deleted;
        if (((low | deleted) & kHighBits) != 0) {
            return true;
        }
        name.remove_prefix(length);
    }
    return false;
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

/// Whether a character stands for itself in NFC, whatever stands beside it as long as that is one
/// of these too: Latin, Cyrillic, kana, ideographs, Hangul syllables. A part of those that do, so
/// that long names need no composing. Source: Unicode 15, DerivedNormalizationProps.txt, NFC_QC.
bool is_surely_composed(char32_t character) {
    const auto lies_in = [&](char32_t first, char32_t last) {
        return first <= character && character <= last;
    };
    return character < 0x300 || lies_in(0x400, 0x482) || lies_in(0x3041, 0x3096) ||
           lies_in(0x30A1, 0x30FA) || lies_in(0x4E00, 0x9FFF) || lies_in(0xAC00, 0xD7A3);
}

/// What one pass over the characters of a name shows.
struct Characters {
    const Rule* broken = nullptr; ///< Of the rules about single ones the first, wherever that is.
    bool are_surely_composed = true;
};

Characters look_at_characters(std::string_view name) {
    const auto* const backslash =
        name.find('\\') != std::string_view::npos ? &kNameBackslash : nullptr;
    if (is_ascii(name)) { // nearly every name, hostile ones of megabytes too
        return {.broken = backslash};
    }
    Characters seen;
    bool has_bidi_mark = false;
    bool has_stray_byte = false;
    for (auto rest = name; !rest.empty();) {
        const auto character = find_code_point(rest);
        if (character && is_control(character->value)) {
            return {.broken = &kNameControl};
        }
        has_bidi_mark = has_bidi_mark || (character && is_bidi_mark(character->value));
        has_stray_byte = has_stray_byte || !character;
        seen.are_surely_composed =
            seen.are_surely_composed && character && is_surely_composed(character->value);
        rest.remove_prefix(character ? character->length : 1);
    }
    if (has_bidi_mark) {
        seen.broken = &kNameBidi;
    } else if (backslash != nullptr) {
        seen.broken = backslash;
    } else if (has_stray_byte) {
        seen.broken = &kNameNotUtf8;
    }
    return seen;
}

/// A drive letter or a scheme of MS-DOS: the second character is a colon.
bool has_drive(std::string_view path) {
    const auto first = find_code_point(path);
    return first && path.substr(first->length).starts_with(':');
}

/// Whether composing the name changes it. What utf8proc cannot compose (it knows Unicode 15) counts
/// as changed.
bool is_composed(std::string_view name) {
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

/// Composing takes the square of the marks on one letter, and so is not done with such names: that
/// they are too long is reason enough.
bool has_long_component(std::string_view path) {
    while (!path.empty()) {
        if (take_component(path).size() > kMaxComponentBytes) {
            return true;
        }
    }
    return false;
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

} // namespace

const Rule* check_name(std::string_view name, std::string_view path, const Limits& limits) {
    if (name.empty()) {
        return &kNameEmpty;
    }
    if (has_control_byte(name)) {
        return &kNameControl;
    }
    const auto characters = look_at_characters(name);
    if (characters.broken != nullptr) {
        return characters.broken;
    }
    if (!characters.are_surely_composed && !has_long_component(path) && !is_composed(name)) {
        return &kNameNotNfc;
    }
    if (name.front() == '/' || has_drive(name) || has_drive(path)) {
        return &kNameAbsolute;
    }
    if (path.empty()) { // the root itself, unless it is ".//"
        return name == "./" ? nullptr : &kNameComponent;
    }
    if (const auto* rule = check_components(path, limits.max_path_bytes)) {
        return rule;
    }
    return ends_in_version(path) ? &kNameVersionSuffix : nullptr;
}

} // namespace preflight::unpack
