// SPDX-License-Identifier: Apache-2.0
#include "tar_builder.hpp"

#include "zip_builder.hpp"

#include <numeric>

namespace preflight::test {

namespace {

constexpr std::size_t kBlock = 512;

/// A number as tars write it: octal digits and a NUL, in a field of so many bytes.
std::string octal(std::uint64_t number, std::size_t length) {
    std::string digits(length - 1, '0');
    for (auto place = digits.size(); place > 0 && number > 0; number /= 8) {
        digits[--place] = static_cast<char>('0' + number % 8);
    }
    return digits + '\0';
}

void put(std::string& block, std::size_t offset, std::string_view text) {
    block.replace(offset, text.size(), text);
}

} // namespace

std::string tar_entry(const TarEntry& entry) {
    constexpr std::size_t kNameLength = 100;
    std::string header(kBlock, '\0');
    put(header, 0, entry.name.substr(0, kNameLength));
    put(header, 100, octal(entry.mode, 8));
    put(header, 108, octal(0, 8));
    put(header, 116, octal(0, 8));
    put(header, 124, entry.size.empty() ? octal(entry.content.size(), 12) : entry.size);
    put(header, 136, octal(0, 12));
    put(header, 148, "        "); // the sum counts its own field as blanks
    put(header, 156, std::string(1, entry.type));
    put(header, 157, entry.link_name.substr(0, kNameLength));
    put(header, 257, std::string_view("ustar\00000", 8));
    const auto sum =
        std::accumulate(header.begin(), header.end(), std::uint64_t{0}, [](auto total, char byte) {
            return total + static_cast<unsigned char>(byte);
        });
    put(header, 148, octal(sum, 7) + ' ');
    const auto padding = (kBlock - entry.content.size() % kBlock) % kBlock;
    return header + entry.content + std::string(padding, '\0');
}

std::string make_tar(const std::vector<TarEntry>& entries) {
    std::string tar;
    for (const auto& entry : entries) {
        tar += tar_entry(entry);
    }
    return tar + std::string(2 * kBlock, '\0');
}

std::string gzip(std::string_view text) {
    const std::string header("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff",
                             10); // RFC 1952, section 2.3
    return header + deflate(text) + little32(crc32(text)) +
           little32(static_cast<std::uint32_t>(text.size()));
}

} // namespace preflight::test
