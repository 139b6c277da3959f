// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

/// Deflate streams that no compressor writes. Source: RFC 1951, section 3.2.7.
namespace preflight::hostile {

/// How many codes the block declares; those that it does not use have no length.
struct DeclaredCodes {
    unsigned literals = 286; ///< At least 286.
    unsigned distances = 1;
};

/// `count` zero bytes, at least one, at 1,032 to 1: a copy of 258 bytes takes two bits. Made in
/// time and memory of the stream, not of what it unpacks to.
[[nodiscard]] std::string zeros_stream(std::uint64_t count, const DeclaredCodes& codes = {});

/// A stream that copies 258 bytes before there are any.
[[nodiscard]] std::string stream_without_beginning();

/// The CRC-32 of so many zero bytes.
[[nodiscard]] std::uint32_t crc32_of_zeros(std::uint64_t count);

/// The factor by which `count` more bytes move a CRC-32, for crc32_of_both().
[[nodiscard]] std::uint32_t crc32_shift(std::uint64_t count);

/// The product of two factors: that of as many bytes as both stand for together.
[[nodiscard]] std::uint32_t crc32_product(std::uint32_t left, std::uint32_t right);

/// The CRC-32 of two pieces, one behind the other. `shift` is that of the second piece's length.
[[nodiscard]] std::uint32_t
crc32_of_both(std::uint32_t first, std::uint32_t second, std::uint32_t shift);

} // namespace preflight::hostile
