// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace preflight::advisory {

/// The length byte that announces a length of four bytes.
inline constexpr unsigned char kLongEntry = 255;
inline constexpr std::size_t kLongLengthBytes = 4;

/// Takes the first entry off a block of ListedVersions; nothing where it ends or is cut.
[[nodiscard]] inline std::optional<std::string_view> take_entry(std::string_view& block) {
    if (block.empty()) {
        return std::nullopt;
    }
    std::size_t length = static_cast<unsigned char>(block.front());
    std::size_t start = 1;
    if (length == kLongEntry) {
        if (block.size() <= kLongLengthBytes) {
            return std::nullopt;
        }
        length = 0;
        for (std::size_t byte = kLongLengthBytes; byte > 0; --byte) {
            length = length << 8U | static_cast<unsigned char>(block[byte]);
        }
        start += kLongLengthBytes;
    }
    if (length > block.size() - start) {
        return std::nullopt;
    }
    const auto entry = block.substr(start, length);
    block.remove_prefix(start + length);
    return entry;
}

/// Whether one of the entries of a block is `wanted`.
[[nodiscard]] inline bool holds_entry(std::string_view block, std::string_view wanted) {
    while (const auto entry = take_entry(block)) {
        if (*entry == wanted) {
            return true;
        }
    }
    return false;
}

} // namespace preflight::advisory
