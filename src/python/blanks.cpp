// SPDX-License-Identifier: Apache-2.0
#include "blanks.hpp"

#include "preflight/base/text.hpp"

namespace preflight::python {

namespace {

// Unicode 15, characters that are White_Space or have the bidirectional class WS, B or S; CPython's
// isspace().
bool is_blank(char32_t character) {
    return (character >= 0x09 && character <= 0x0D) || (character >= 0x1C && character <= 0x20) ||
           character == 0x85 || character == 0xA0 || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

} // namespace

std::size_t blank_at_front(std::string_view text) {
    const auto character = find_code_point(text);
    return character && is_blank(character->value) ? character->length : 0;
}

std::size_t blank_at_back(std::string_view text) {
    // No white space takes more than three bytes of UTF-8.
    for (std::size_t length = 1; length <= 3 && length <= text.size(); ++length) {
        if (blank_at_front(text.substr(text.size() - length)) == length) {
            return length;
        }
    }
    return 0;
}

std::string_view strip_blanks(std::string_view text) {
    while (const std::size_t length = blank_at_front(text)) {
        text.remove_prefix(length);
    }
    while (const std::size_t length = blank_at_back(text)) {
        text.remove_suffix(length);
    }
    return text;
}

} // namespace preflight::python
