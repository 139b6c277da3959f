// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/zip_builder.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// Small archives for the corpus to begin with, and words for what was done to them.
namespace preflight::hostile {

// Lists of numbers to go through.
using Bytes = std::initializer_list<std::uint8_t>;
using Words = std::initializer_list<std::uint16_t>;
using Sizes = std::initializer_list<std::size_t>;
using Longs = std::initializer_list<std::uint64_t>;

/// "a.py", five bytes, stored.
[[nodiscard]] inline test::ZipEntry sample() {
    return test::stored("a.py", "12345");
}

/// "b.py", deflated from a thousand bytes.
[[nodiscard]] inline test::ZipEntry packed_sample() {
    return test::deflated("b.py", std::string(500, 'x') + std::string(500, 'y'));
}

/// As many letters as asked for.
[[nodiscard]] inline std::string text_of(std::size_t length) {
    return std::string(length, 'x');
}

[[nodiscard]] inline std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t time = 0; time < times; ++time) {
        all += text;
    }
    return all;
}

[[nodiscard]] inline std::string in_hex(std::uint64_t number) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    do {
        text.insert(text.begin(), kDigits[number % 16]);
        number /= 16;
    } while (number != 0);
    return "0x" + text;
}

/// Values that are not `truth`: its neighbours, none at all, one bit off, all bits off. None is
/// 0xffffffff, which refers to zip64.
[[nodiscard]] inline std::vector<std::uint32_t> wrong_values(std::uint32_t truth) {
    std::vector<std::uint32_t> wrong;
    for (const std::uint32_t value :
         {truth + 1, truth - 1, 0U, truth ^ 0x80000000U, truth ^ 0x100U, ~truth, 0x7fffffffU}) {
        if (value != truth && value != 0xffffffffU) {
            wrong.push_back(value);
        }
    }
    return wrong;
}

} // namespace preflight::hostile
