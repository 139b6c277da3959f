// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/identifiers.hpp"

#include "version_parts.hpp"

#include "preflight/base/text.hpp"

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
    return is_ascii(text) && is_import_name(text);
}

bool is_import_name(std::string_view text) {
    const auto may_stand = [](char byte) {
        return is_identifier_byte(byte) || static_cast<unsigned char>(byte) >= 0x80;
    };
    bool is_at_start = true;
    for (const char byte : text) {
        if (byte == '.' ? is_at_start : !may_stand(byte) || (is_at_start && is_digit(byte))) {
            return false;
        }
        is_at_start = byte == '.';
    }
    return !is_at_start && is_utf8(text);
}

} // namespace preflight::python
