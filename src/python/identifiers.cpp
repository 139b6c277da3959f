// SPDX-License-Identifier: Apache-2.0
#include "identifiers.hpp"

#include "version_parts.hpp"

#include <algorithm>

namespace preflight::python {

bool is_identifier_byte(char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '_';
}

bool is_identifier(std::string_view text) {
    return !text.empty() && !is_digit(text.front()) &&
           std::ranges::all_of(text, is_identifier_byte);
}

bool is_dotted_name(std::string_view text) {
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_identifier(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

} // namespace preflight::python
