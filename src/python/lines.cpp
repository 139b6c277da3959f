// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include "version_parts.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace preflight::python {

namespace {

/// Characters at which Python's str.splitlines() splits; `\r\n` counts as one.
bool is_line_end(char32_t character) {
    return (character >= 0x0A && character <= 0x0D) || (character >= 0x1C && character <= 0x1E) ||
           character == 0x85 || character == 0x2028 || character == 0x2029;
}

bool is_utf8_encoding(std::string_view name) {
    constexpr std::array<std::string_view, 4> kNames = {"utf-8", "utf8", "ascii", "us-ascii"};
    const auto same = [](char byte) { return byte == '_' ? '-' : ascii_lower(byte); };
    return std::ranges::any_of(
        kNames, [&](std::string_view known) { return std::ranges::equal(name, known, {}, same); });
}

} // namespace

void drop_byte_order_mark(std::string_view& text) {
    take_front(text, "\xEF\xBB\xBF");
}

bool take_front(std::string_view& rest, std::string_view piece) {
    if (!rest.starts_with(piece)) {
        return false;
    }
    rest.remove_prefix(piece.size());
    return true;
}

std::string_view take_line(std::string_view& rest) {
    const auto* const end =
        std::ranges::find_if(rest, [](char byte) { return byte == '\n' || byte == '\r'; });
    const auto line = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(line.size());
    rest.remove_prefix(std::min<std::size_t>(rest.starts_with("\r\n") ? 2 : 1, rest.size()));
    return line;
}

std::string_view take_split_line(std::string_view& rest) {
    std::size_t at = 0;
    while (at < rest.size()) {
        const auto character = find_code_point(rest.substr(at, 4));
        const std::size_t length =
            character ? character->length : 1; // bytes that are no UTF-8 end no line
        if (!character || !is_line_end(character->value)) {
            at += length;
            continue;
        }
        const auto line = rest.substr(0, at);
        rest.remove_prefix(at + (rest.substr(at).starts_with("\r\n") ? 2 : length));
        return line;
    }
    return std::exchange(rest, {});
}

std::string_view cut_text(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) {
        return text;
    }
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end; // not in the middle of a character
    }
    return text.substr(0, end);
}

bool declares_other_encoding(std::string_view line) {
    constexpr std::string_view kWord = "coding";
    constexpr std::string_view kBlanks = " \t\v\f";
    const auto may_stand = [](char byte) {
        return is_digit(byte) || is_letter(byte) || is_separator(byte);
    };
    for (std::size_t at = line.find(kWord); at != std::string_view::npos; at = line.find(kWord)) {
        line.remove_prefix(at + kWord.size());
        if (!line.starts_with(':') && !line.starts_with('=')) {
            continue;
        }
        line.remove_prefix(std::min(line.find_first_not_of(kBlanks, 1), line.size()));
        const auto* const end = std::ranges::find_if_not(line, may_stand);
        const auto name = line.substr(0, static_cast<std::size_t>(end - line.begin()));
        if (!name.empty()) {
            return !is_utf8_encoding(name);
        }
    }
    return false;
}

} // namespace preflight::python
