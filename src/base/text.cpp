// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/text.hpp"

#include "preflight/base/hex.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace preflight {

namespace {

/// How a UTF-8 sequence of a given length begins, and the smallest value that needs that length.
struct Form {
    unsigned mask;
    unsigned lead;
    char32_t smallest;
};

// RFC 3629, section 3.
constexpr std::array kForms = {Form{0x80, 0x00, 0x0},
                               Form{0xE0, 0xC0, 0x80},
                               Form{0xF0, 0xE0, 0x800},
                               Form{0xF8, 0xF0, 0x10000}};

constexpr unsigned byte_at(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

bool is_between(char32_t character, char32_t first, char32_t last) {
    return first <= character && character <= last;
}

/// The visible blanks of Unicode, category Zs.
bool is_blank(char32_t character) {
    return character == ' ' || character == 0xA0 || character == 0x1680 ||
           is_between(character, 0x2000, 0x200A) || character == 0x202F || character == 0x205F ||
           character == 0x3000;
}

/// How long the mark of a command is that `text` begins with; 0 if it begins with none. GitHub's
/// runner takes `::` behind the blanks at the start of a line, and `##[` anywhere in it. Source:
/// actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse.
std::size_t length_of_command(std::string_view text, bool is_at_start) {
    if (is_at_start && text.starts_with("::")) {
        return 2;
    }
    return text.starts_with("##[") ? 3 : 0;
}

/// Whether a text is ASCII in which nothing has to be escaped, as nearly all are.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char byte) { return byte >= ' ' && byte < 0x7F; }) &&
           text.find("##[") == std::string_view::npos &&
           !text.substr(std::min(text.find_first_not_of(' '), text.size())).starts_with("::");
}

void append_escaped(std::string& result, std::string_view bytes) {
    for (const char byte : bytes) {
        result += "\\x" + to_hex(as_bytes(std::string_view(&byte, 1)));
    }
}

} // namespace

std::optional<CodePoint> find_code_point(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto first = byte_at(text, 0);
    const auto* const form = std::ranges::find_if(
        kForms, [&](const Form& row) { return (first & row.mask) == row.lead; });
    const auto length = static_cast<std::size_t>(form - kForms.begin()) + 1;
    if (form == kForms.end() || length > text.size()) {
        return std::nullopt;
    }
    char32_t value = first & ~form->mask;
    for (std::size_t index = 1; index < length; ++index) {
        const auto byte = byte_at(text, index);
        if ((byte & 0xC0U) != 0x80U) {
            return std::nullopt;
        }
        value = value << 6U | (byte & 0x3FU);
    }
    if (value < form->smallest || value > 0x10FFFF || is_between(value, 0xD800, 0xDFFF)) {
        return std::nullopt;
    }
    return CodePoint{value, static_cast<std::uint8_t>(length)};
}

void append_utf8(std::string& text, char32_t character) {
    const auto trail = [&](unsigned shift) {
        return static_cast<char>(0x80U | (character >> shift & 0x3FU));
    };
    if (character < 0x80) {
        text += static_cast<char>(character);
    } else if (character < 0x800) {
        text += {static_cast<char>(0xC0U | character >> 6U), trail(0)};
    } else if (character < 0x10000) {
        text += {static_cast<char>(0xE0U | character >> 12U), trail(6), trail(0)};
    } else {
        text += {static_cast<char>(0xF0U | character >> 18U), trail(12), trail(6), trail(0)};
    }
}

bool is_ascii(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080;
    std::array<std::uint64_t, 4> words{}; // so many bytes at a time: hostile names are long
    while (text.size() >= sizeof words) {
        std::memcpy(words.data(), text.data(), sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) {
            return false;
        }
        text.remove_prefix(sizeof words);
    }
    return std::ranges::all_of(text,
                               [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto character = find_code_point(text);
        if (!character) {
            return false;
        }
        text.remove_prefix(character->length);
    }
    return true;
}

bool is_invisible(char32_t character) {
    return character < 0x20 || is_between(character, 0x7F, 0x9F) || character == 0xAD ||
           character == 0x61C || is_between(character, 0x200B, 0x200F) ||
           is_between(character, 0x2028, 0x202E) || is_between(character, 0x2060, 0x2069) ||
           character == 0xFEFF;
}

std::string printable(std::string_view text) {
    if (is_plain(text)) {
        return std::string(text);
    }
    std::string result;
    result.reserve(text.size());
    bool is_at_start = true; // nothing but blanks so far
    while (!text.empty()) {
        const auto character = find_code_point(text);
        auto length = character ? std::size_t{character->length} : 1;
        const auto command = length_of_command(text, is_at_start);
        if (command > 0 || !character || is_invisible(character->value)) {
            length = std::max(length, command);
            append_escaped(result, text.substr(0, length));
        } else {
            result += text.substr(0, length);
        }
        is_at_start = is_at_start && character && is_blank(character->value);
        text.remove_prefix(length);
    }
    return result;
}

std::string in_quotes(std::string_view text) {
    return "'" + printable(text) + "'";
}

} // namespace preflight
