// SPDX-License-Identifier: Apache-2.0
#include "packed.hpp"

#include <algorithm>
#include <utility>

namespace preflight::advisory {

namespace {

constexpr unsigned kDigitBits = 7;
constexpr std::uint64_t kDigitMask = 0x7F;
constexpr std::uint64_t kMoreFollow = 0x80;
constexpr unsigned kLastShift = 63; // of the tenth digit, which holds one bit

} // namespace

void PackedWriter::number(std::uint64_t value) {
    while (value > kDigitMask) {
        bytes_ += static_cast<char>((value & kDigitMask) | kMoreFollow);
        value >>= kDigitBits;
    }
    bytes_ += static_cast<char>(value);
}

void PackedWriter::text(std::string_view value) {
    number(value.size());
    bytes_ += value;
}

void PackedWriter::texts(std::span<const std::string> values) {
    number(values.size());
    for (const auto& value : values) {
        text(value);
    }
}

void PackedReader::refuse(std::string message) {
    if (!fault_) {
        fault_ = InputError{std::move(message), last_};
        next_ = bytes_.size();
    }
}

std::uint64_t PackedReader::number() {
    last_ = next_;
    std::uint64_t value = 0;
    for (unsigned shift = 0; next_ < bytes_.size(); shift += kDigitBits) {
        const auto byte = std::to_integer<std::uint64_t>(bytes_[next_++]);
        const auto digit = byte & kDigitMask;
        if (shift == kLastShift && byte > 1) {
            refuse("a number has more than 64 bits");
            return 0;
        }
        value |= digit << shift;
        if (byte < kMoreFollow) {
            if (digit == 0 && shift > 0) {
                refuse("a number is not in its shortest form");
                return 0;
            }
            return value;
        }
    }
    refuse("the bytes end where a number should be");
    return 0;
}

std::uint64_t PackedReader::number_up_to(std::uint64_t most, std::string_view what) {
    const auto value = number();
    if (value > most) {
        refuse("there is no " + std::string(what) + " " + std::to_string(value));
        return 0;
    }
    return value;
}

std::string_view PackedReader::text() {
    const auto size = number();
    if (size > left()) {
        refuse("a text is longer than what is left");
        return {};
    }
    const auto value = as_text(bytes_.subspan(next_, static_cast<std::size_t>(size)));
    next_ += value.size();
    return value;
}

std::vector<std::string> PackedReader::texts() {
    std::vector<std::string> values(length(1));
    for (auto& value : values) {
        value = text();
    }
    return values;
}

void PackedReader::skip_texts() {
    for (auto texts = length(1); texts > 0; --texts) {
        static_cast<void>(text());
    }
}

std::size_t PackedReader::length(std::size_t item_bytes) {
    const auto items = number();
    if (items > left() / item_bytes) {
        refuse("a list is longer than what is left");
        return 0;
    }
    return static_cast<std::size_t>(items);
}

void PackedReader::expect_end() {
    last_ = next_;
    if (left() > 0) {
        refuse("bytes follow after the last value");
    }
}

} // namespace preflight::advisory
