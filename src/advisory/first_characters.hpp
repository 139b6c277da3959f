// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace preflight::advisory {

/// As many whole characters of UTF-8 text as fit into `max_bytes`.
[[nodiscard]] inline std::string_view first_characters(std::string_view text,
                                                       std::size_t max_bytes) {
    if (text.size() <= max_bytes) {
        return text;
    }
    auto end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end; // a continuation byte belongs to the character before it
    }
    return text.substr(0, end);
}

} // namespace preflight::advisory
