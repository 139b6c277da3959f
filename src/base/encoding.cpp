// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/encoding.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace preflight {

namespace {

using namespace std::string_view_literals;

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kMark = 0xFEFF;

struct Form {
    std::string_view name;
    std::string_view mark;
    std::size_t unit; ///< Bytes.
    bool is_little_endian;
};

// The mark of UTF-16LE is the beginning of that of UTF-32LE, hence the order.
constexpr std::array kForms = {Form{"UTF-32LE", "\xFF\xFE\0\0"sv, 4, true},
                               Form{"UTF-32BE", "\0\0\xFE\xFF"sv, 4, false},
                               Form{"UTF-16LE", "\xFF\xFE"sv, 2, true},
                               Form{"UTF-16BE", "\xFE\xFF"sv, 2, false}};

bool is_surrogate(char32_t unit) {
    return unit >= 0xD800 && unit < 0xE000;
}

/// Hands out the characters of a text.
class WideReader {
public:
    WideReader(std::string_view bytes, const Form& form) : bytes_(bytes), form_(form) {}

    [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }

    char32_t take() {
        const auto first = take_unit();
        if (form_.unit == 4) {
            return first > 0x10FFFF || is_surrogate(first) ? kReplacement : first;
        }
        if (!is_surrogate(first)) {
            return first;
        }
        auto ahead = *this;
        const auto second = ahead.is_at_end() ? kReplacement : ahead.take_unit();
        if (first >= 0xDC00 || second < 0xDC00 || !is_surrogate(second)) {
            return kReplacement;
        }
        bytes_ = ahead.bytes_;
        return 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00);
    }

private:
    char32_t take_unit() {
        if (bytes_.size() < form_.unit) { // cut off
            bytes_ = {};
            return kReplacement;
        }
        char32_t unit = 0;
        for (std::size_t index = 0; index < form_.unit; ++index) {
            const auto place = form_.is_little_endian ? form_.unit - 1 - index : index;
            unit = unit << 8U | static_cast<unsigned char>(bytes_[place]);
        }
        bytes_.remove_prefix(form_.unit);
        return unit;
    }

    std::string_view bytes_;
    const Form& form_;
};

bool begins_with(std::string_view bytes, const Form& form) {
    if (bytes.starts_with(form.mark)) {
        return true;
    }
    if (bytes.size() < form.unit) {
        return false;
    }
    const auto first = WideReader(bytes, form).take();
    return first > 0 && first < 0x80;
}

} // namespace

std::optional<WideText> decode_wide(std::string_view bytes) {
    const auto* const form = std::ranges::find_if(
        kForms, [bytes](const Form& candidate) { return begins_with(bytes, candidate); });
    if (form == kForms.end()) {
        return std::nullopt;
    }
    WideText wide{form->name, {}};
    WideReader reader(bytes, *form);
    for (bool is_first = true; !reader.is_at_end(); is_first = false) {
        const auto character = reader.take();
        if (!is_first || character != kMark) {
            append_utf8(wide.text, character);
        }
    }
    return wide;
}

} // namespace preflight
