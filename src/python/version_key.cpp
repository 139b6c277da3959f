// SPDX-License-Identifier: Apache-2.0
#include "version_key.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>

namespace preflight::python {

namespace {

constexpr char kLegacy = '\x00';
constexpr char kPep440 = '\x01';
constexpr char kEndOfRelease = '\x00';
constexpr char kEndOfText = '\x00';

constexpr char kPreAbsentInDev = '\x01';
constexpr char kPreAbsent = '\x05';
constexpr char kPostAbsent = '\x01';
constexpr char kPostPresent = '\x02';
constexpr char kDevPresent = '\x01';
constexpr char kDevAbsent = '\x02';
constexpr char kLocalText = '\x01';
constexpr char kLocalNumber = '\x02';

/// The suffix of a final release, which most versions are.
constexpr std::array kFinalSuffix = {kPreAbsent, kPostAbsent, kDevAbsent};

constexpr std::uint64_t kFirstWideNumber = 240; // smaller ones are one byte: value + 1
constexpr unsigned kWideNumber = 0xF0;          // plus the count of bytes, 1 to 8
constexpr char kLongNumber = '\xF9';
constexpr std::size_t kMaxPlainLength = 40;
constexpr std::size_t kMaxDigitsOf64Bits = 19; // 9,999,999,999,999,999,999 < 2^64

char byte_of(std::uint64_t value) {
    return static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
}

void append_long_number(std::string_view digits, std::string& key) {
    key += kLongNumber;
    key += byte_of(digits.size() >> 8U);
    key += byte_of(digits.size());
    key += digits;
}

/// `written` may be empty or begin with zeros.
void append_number(std::string_view written, std::string& key) {
    const auto digits = significant_digits(written);
    if (digits.size() > kMaxDigitsOf64Bits) {
        append_long_number(digits, key);
        return;
    }
    std::uint64_t value = 0;
    for (const char digit : digits) {
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    if (value < kFirstWideNumber) {
        key += byte_of(value + 1);
        return;
    }
    unsigned bytes = 1;
    while (bytes < 8 && value >> (8 * bytes) != 0) {
        ++bytes;
    }
    key += byte_of(kWideNumber + bytes);
    while (bytes > 0) {
        --bytes;
        key += byte_of(value >> (8 * bytes));
    }
}

void append_release(std::string_view release, std::string& key) {
    std::size_t zeros = 0; // held back until it is known that they do not trail
    while (!release.empty()) {
        const auto digits = take_piece(release);
        if (significant_digits(digits).empty()) {
            ++zeros;
            continue;
        }
        key.append(zeros, byte_of(1));
        zeros = 0;
        append_number(digits, key);
    }
    key += kEndOfRelease;
}

void append_pre(const VersionParts& parts, std::string& key) {
    if (parts.pre != PreKind::none) {
        key += byte_of(static_cast<std::uint64_t>(parts.pre) + 1);
        append_number(parts.pre_number, key);
    } else {
        key += parts.has_dev && !parts.has_post ? kPreAbsentInDev : kPreAbsent;
    }
}

void append_suffix(const VersionParts& parts, std::string& key) {
    append_pre(parts, key);
    key += parts.has_post ? kPostPresent : kPostAbsent;
    if (parts.has_post) {
        append_number(parts.post_number, key);
    }
    key += parts.has_dev ? kDevPresent : kDevAbsent;
    if (parts.has_dev) {
        append_number(parts.dev_number, key);
    }
}

void append_local(std::string_view local, std::string& key) {
    while (!local.empty()) {
        const auto piece = take_piece(local);
        if (std::ranges::all_of(piece, is_digit)) {
            key += kLocalNumber;
            append_number(piece, key);
            continue;
        }
        key += kLocalText;
        std::ranges::transform(piece, std::back_inserter(key), ascii_lower);
        key += kEndOfText;
    }
}

void append_beginning(const VersionParts& parts, std::string& key) {
    key += kPep440;
    append_number(parts.epoch, key);
    append_release(parts.release, key);
}

constexpr std::string_view kLegacyFinal = "*final";
constexpr std::string_view kLegacyDash = "*final-";
constexpr std::string_view kLegacyZero = "00000000";

/// Puts the parts of a legacy text behind each other.
class LegacyKey {
public:
    explicit LegacyKey(std::string& key) : key_(key), start_(key.size()) {}

    void append_digits(std::string_view digits) {
        const std::size_t padding =
            kLegacyZero.size() - std::min(kLegacyZero.size(), digits.size());
        key_ += kLegacyZero.substr(0, padding);
        key_ += digits;
        const bool is_zero =
            digits.size() <= kLegacyZero.size() && significant_digits(digits).empty();
        zeros_ = is_zero ? zeros_ + 1 : 0;
    }

    /// `part` begins with `*`, which nothing but the beginning of a part is.
    void append_word(std::string_view part) {
        while (part < kLegacyFinal && rest().ends_with(kLegacyDash)) {
            key_.resize(key_.size() - kLegacyDash.size());
        }
        // No zeros stand before a `*final-`: that part has removed them when it was appended.
        key_.resize(key_.size() - zeros_ * kLegacyZero.size());
        zeros_ = 0;
        key_ += part;
    }

private:
    [[nodiscard]] std::string_view rest() const { return std::string_view(key_).substr(start_); }

    std::string& key_;
    std::size_t start_;
    std::size_t zeros_ = 0; ///< How many zero parts the key ends with.
};

std::string legacy_word(std::string_view letters) {
    std::string word = "*";
    std::ranges::transform(letters, std::back_inserter(word), ascii_lower);
    if (word == "*pre" || word == "*preview" || word == "*rc") {
        return "*c";
    }
    return word == "*dev" ? "*@" : word;
}

std::size_t run_length(std::string_view text, bool (*belongs)(char)) {
    const auto* const end = std::ranges::find_if_not(text, belongs);
    return static_cast<std::size_t>(end - text.begin());
}

/// A key in the making, of a length that is known to suffice.
class KeyBuffer {
public:
    KeyBuffer() {} // NOLINT: clearing the bytes first would cost as much as writing them

    void add(char byte) { bytes_[length_++] = byte; }

    void add_number(std::uint64_t value) {
        if (value < kFirstWideNumber) {
            add(byte_of(value + 1));
            return;
        }
        const auto bytes = (static_cast<unsigned>(std::bit_width(value)) + 7) / 8;
        add(byte_of(kWideNumber + bytes));
        for (auto byte = bytes; byte-- > 0;) {
            add(byte_of(value >> (8 * byte)));
        }
    }

    [[nodiscard]] std::size_t length() const { return length_; }
    void cut(std::size_t length) { length_ = length; }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), length_}; }

private:
    // A number of n digits takes at most n bytes, and two for one digit at the least; the rest is
    // fixed.
    std::array<char, 2 * kMaxPlainLength + 8> bytes_; // as far as length_ goes
    std::size_t length_ = 0;
};

} // namespace

bool append_plain_key(std::string_view text, std::string& key) {
    if (text.empty() || text.size() > kMaxPlainLength) {
        return false;
    }
    KeyBuffer buffer;
    buffer.add(kPep440);
    buffer.add_number(0);       // epoch
    auto end = buffer.length(); // behind the last number that is not 0
    std::uint64_t number = 0;
    std::size_t digits = 0;
    for (std::size_t place = 0; place <= text.size(); ++place) {
        const char character = place < text.size() ? text[place] : '.';
        if (is_digit(character) && ++digits < kMaxDigitsOf64Bits) {
            number = 10 * number + static_cast<std::uint64_t>(character - '0');
        } else if (character == '.' && digits > 0) {
            buffer.add_number(number);
            end = number == 0 ? end : buffer.length();
            number = 0;
            digits = 0;
        } else {
            return false;
        }
    }
    buffer.cut(end);
    buffer.add(kEndOfRelease);
    for (const char byte : kFinalSuffix) {
        buffer.add(byte);
    }
    key.append(buffer.view());
    return true;
}

void append_parts_key(const VersionParts& parts, std::string& key) {
    append_beginning(parts, key);
    if (parts.is_prerelease() || parts.has_post) {
        append_suffix(parts, key);
    } else {
        key.append(kFinalSuffix.data(), kFinalSuffix.size());
    }
    append_local(parts.local, key);
}

void append_key_above_posts(const VersionParts& parts, std::string& key) {
    append_beginning(parts, key);
    append_pre(parts, key);
    key += kPostPresent;
    key += kAboveAll;
}

void append_legacy_key(std::string_view text, std::string& key) {
    key += kLegacy;
    LegacyKey legacy(key);
    while (!text.empty()) {
        std::size_t length = 1;
        if (is_digit(text.front())) {
            length = run_length(text, is_digit);
            legacy.append_digits(text.substr(0, length));
        } else if (is_letter(text.front())) {
            length = run_length(text, is_letter);
            legacy.append_word(legacy_word(text.substr(0, length)));
        } else if (text.front() == '-') {
            legacy.append_word(kLegacyDash);
        }
        text.remove_prefix(length);
    }
    legacy.append_word(kLegacyFinal);
}

} // namespace preflight::python
