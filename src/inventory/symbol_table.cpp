// SPDX-License-Identifier: Apache-2.0
#include "symbol_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace preflight::inventory {

namespace {

// ELF-64 Object File Format, section 3: magic, class 2 (64 bits), encoding 1 (little-endian).
constexpr std::string_view kStart = "\x7F"
                                    "ELF\x02\x01";
constexpr std::size_t kSectionHeadersAt = 0x28; // e_shoff
constexpr std::size_t kSectionSizeAt = 0x3A;    // e_shentsize
constexpr std::size_t kSectionCountAt = 0x3C;   // e_shnum
constexpr std::size_t kTypeInSection = 4;       // sh_type, section 4
constexpr std::uint64_t kSymbolTable = 2;       // SHT_SYMTAB

/// The number of `width` bytes at `offset`; nothing where the bytes end before.
std::optional<std::uint64_t> number_at(ByteView bytes, std::uint64_t offset, std::size_t width) {
    if (offset > bytes.size() || bytes.size() - offset < width) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (std::size_t place = width; place > 0; --place) {
        value = value << 8U | std::to_integer<std::uint64_t>(bytes[offset + place - 1]);
    }
    return value;
}

} // namespace

bool is_stripped_library(ByteView bytes) {
    if (!as_text(bytes).starts_with(kStart)) {
        return false;
    }
    const auto start = number_at(bytes, kSectionHeadersAt, 8);
    const auto size = number_at(bytes, kSectionSizeAt, 2);
    const auto count = number_at(bytes, kSectionCountAt, 2);
    if (!start || !size || !count || *start == 0 || *start > bytes.size() || *count == 0) {
        return false;
    }
    for (std::uint64_t section = 0; section < *count; ++section) {
        const auto type = number_at(bytes, *start + section * *size + kTypeInSection, 4);
        if (!type || *type == kSymbolTable) {
            return false;
        }
    }
    return true;
}

} // namespace preflight::inventory
