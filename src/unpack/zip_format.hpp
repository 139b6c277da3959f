// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <bit>
#include <cassert>
#include <concepts>
#include <cstdint>
#include <cstring>

/// How a zip is laid out. Source: PKWARE APPNOTE.TXT 6.3.10, the section named at each constant.
namespace preflight::unpack {

inline constexpr std::uint32_t kLocalSignature = 0x04034b50;        // 4.3.7
inline constexpr std::uint32_t kDescriptorSignature = 0x08074b50;   // 4.3.9.3
inline constexpr std::uint32_t kCentralSignature = 0x02014b50;      // 4.3.12
inline constexpr std::uint32_t kZip64EndSignature = 0x06064b50;     // 4.3.14
inline constexpr std::uint32_t kZip64LocatorSignature = 0x07064b50; // 4.3.15
inline constexpr std::uint32_t kEndSignature = 0x06054b50;          // 4.3.16

// Sizes of the fixed parts, in bytes.
inline constexpr std::uint64_t kLocalSize = 30;
inline constexpr std::uint64_t kCentralSize = 46;
inline constexpr std::uint64_t kZip64EndSize = 56;
inline constexpr std::uint64_t kZip64LocatorSize = 20;
inline constexpr std::uint64_t kEndSize = 22;
inline constexpr std::uint64_t kMaxCommentSize = 0xFFFF;

// A field that is too small for its value holds this instead, and a zip64 field the value: 4.4.1.4.
inline constexpr std::uint16_t kSentinel16 = 0xFFFF;
inline constexpr std::uint32_t kSentinel32 = 0xFFFFFFFF;

// General purpose flags: 4.4.4.
inline constexpr unsigned kFlagLevel = 1U << 1U | 1U << 2U;
inline constexpr unsigned kFlagDescriptor = 1U << 3U;
inline constexpr unsigned kFlagUtf8 = 1U << 11U;

inline constexpr std::uint16_t kStored = 0; // 4.4.5
inline constexpr std::uint16_t kDeflated = 8;

/// One little-endian field. That it lies inside `bytes` is the caller's duty, hence the assertion.
template <std::unsigned_integral T>
[[nodiscard]] T read_field(ByteView bytes, std::uint64_t offset) {
    static_assert(std::endian::native == std::endian::little, "swap the bytes of `value` here");
    assert(offset <= bytes.size() && sizeof(T) <= bytes.size() - offset);
    T value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

[[nodiscard]] inline std::uint16_t u16(ByteView bytes, std::uint64_t offset) {
    return read_field<std::uint16_t>(bytes, offset);
}

[[nodiscard]] inline std::uint32_t u32(ByteView bytes, std::uint64_t offset) {
    return read_field<std::uint32_t>(bytes, offset);
}

[[nodiscard]] inline std::uint64_t u64(ByteView bytes, std::uint64_t offset) {
    return read_field<std::uint64_t>(bytes, offset);
}

} // namespace preflight::unpack
