// SPDX-License-Identifier: Apache-2.0
#include "deflate_stream.hpp"

#include <algorithm>
#include <string_view>

namespace preflight::hostile {
namespace {

constexpr std::uint64_t kLongestCopy = 258;
constexpr std::uint32_t kPolynomial = 0xedb88320; // CRC-32, the highest power in the lowest bit
constexpr std::uint32_t kOne = 0x80000000;        // likewise: the polynomial 1

class BitWriter {
public:
    /// Numbers begin with their least significant bit.
    void number(std::uint32_t value, unsigned bits) {
        for (unsigned bit = 0; bit < bits; ++bit) {
            this->bit((value >> bit & 1U) != 0);
        }
    }

    /// Huffman codes as they are read: most significant bit first.
    void code(std::string_view digits) {
        for (const char digit : digits) {
            bit(digit == '1');
        }
    }

    void zero_bits(std::uint64_t count) {
        for (; count > 0 && used_ != 0; --count) {
            bit(false);
        }
        bytes_.append(count / 8, '\0');
        for (count %= 8; count > 0; --count) {
            bit(false);
        }
    }

    [[nodiscard]] std::string bytes() const { return bytes_; }

private:
    void bit(bool is_set) {
        if (used_ == 0) {
            bytes_ += '\0';
        }
        bytes_.back() = static_cast<char>(static_cast<unsigned char>(bytes_.back()) |
                                          (is_set ? 1U << used_ : 0U));
        used_ = (used_ + 1) % 8;
    }

    std::string bytes_;
    unsigned used_ = 0; ///< Bits of the last byte, 0 to 7; 0 where the next bit begins a byte.
};

// The code lengths 0, 1, 2 and "11 to 138 zeros" have a code of two bits each.
constexpr std::string_view kLengthZero = "00";
constexpr std::string_view kLengthOne = "01";
constexpr std::string_view kLengthTwo = "10";
constexpr std::string_view kManyZeros = "11";

void write_unused_codes(BitWriter& writer, unsigned count) {
    for (; count >= 11; count -= std::min(count, 138U)) {
        writer.code(kManyZeros);
        writer.number(std::min(count, 138U) - 11, 7);
    }
    for (; count > 0; --count) {
        writer.code(kLengthZero);
    }
}

// Of the literals and lengths: a copy of 258 bytes "0", a zero byte "10", the end "11". Of the
// distances: 1 byte back "0".
void write_block_header(BitWriter& writer, const DeclaredCodes& codes) {
    writer.number(1, 1); // the last block
    writer.number(2, 2); // with codes of its own
    writer.number(codes.literals - 257, 5);
    writer.number(codes.distances - 1, 5);
    constexpr std::string_view kLengthsOfLengths =
        "002200000000000202"; // of 16, 17, 18, 0, 8, ... 2, 14, 1
    writer.number(static_cast<std::uint32_t>(kLengthsOfLengths.size()) - 4, 4);
    for (const char length : kLengthsOfLengths) {
        writer.number(static_cast<std::uint32_t>(length - '0'), 3);
    }
    writer.code(kLengthTwo); // a zero byte
    write_unused_codes(writer, 255);
    writer.code(kLengthTwo); // the end
    write_unused_codes(writer, 28);
    writer.code(kLengthOne); // a copy of 258 bytes
    write_unused_codes(writer, codes.literals - 286);
    writer.code(kLengthOne); // 1 byte back
    write_unused_codes(writer, codes.distances - 1);
}

std::string write_stream(std::uint64_t literals, std::uint64_t copies, const DeclaredCodes& codes) {
    BitWriter writer;
    write_block_header(writer, codes);
    for (; literals > 0; --literals) {
        writer.code("10");
    }
    writer.zero_bits(2 * copies);
    writer.code("11");
    return writer.bytes();
}

} // namespace

std::string zeros_stream(std::uint64_t count, const DeclaredCodes& codes) {
    const auto copies = (count - 1) / kLongestCopy;
    return write_stream(count - copies * kLongestCopy, copies, codes);
}

std::string stream_without_beginning() {
    return write_stream(0, 1, {});
}

std::uint32_t crc32_product(std::uint32_t left, std::uint32_t right) {
    std::uint32_t product = 0;
    for (auto power = kOne; power != 0; power >>= 1U) {
        product ^= (left & power) != 0 ? right : 0;
        right = (right >> 1U) ^ ((right & 1U) != 0 ? kPolynomial : 0);
    }
    return product;
}

std::uint32_t crc32_shift(std::uint64_t count) {
    auto shift = kOne;
    for (auto power = kOne >> 8U; count != 0; count >>= 1U) { // x to the power of 8: one byte
        shift = (count & 1U) != 0 ? crc32_product(shift, power) : shift;
        power = crc32_product(power, power);
    }
    return shift;
}

std::uint32_t crc32_of_zeros(std::uint64_t count) {
    return ~crc32_product(crc32_shift(count), 0xffffffff);
}

std::uint32_t crc32_of_both(std::uint32_t first, std::uint32_t second, std::uint32_t shift) {
    return crc32_product(shift, first) ^ second;
}

} // namespace preflight::hostile
