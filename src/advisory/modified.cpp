// SPDX-License-Identifier: Apache-2.0
#include "modified.hpp"

#include <algorithm>
#include <chrono>

namespace preflight::advisory {

namespace {

constexpr int kSecondsPerMinute = 60;
constexpr int kSecondsPerHour = 3600;
constexpr int kSecondsPerDay = 86'400;

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// Takes what RFC 3339 puts one after another off the front of a text.
class DateTimeReader {
public:
    explicit DateTimeReader(std::string_view text) : text_(text) {}

    /// A number of exactly `digits` digits, at most `most`.
    int number(std::size_t digits, int most) {
        int value = 0;
        for (std::size_t digit = 0; digit < digits; ++digit) {
            is_sound_ = is_sound_ && digit < text_.size() && is_digit(text_[digit]);
            value = is_sound_ ? value * 10 + (text_[digit] - '0') : 0;
        }
        is_sound_ = is_sound_ && value <= most;
        skip(digits);
        return value;
    }

    /// One of the characters, which is given back.
    char one_of(std::string_view characters) {
        is_sound_ =
            is_sound_ && !text_.empty() && characters.find(text_.front()) != std::string_view::npos;
        const char found = is_sound_ ? text_.front() : '\0';
        skip(1);
        return found;
    }

    /// The digits after a point, if there is one.
    std::string_view fraction() {
        if (!is_sound_ || !text_.starts_with('.')) {
            return {};
        }
        skip(1);
        const auto* const end = std::ranges::find_if_not(text_, is_digit);
        auto digits = text_.substr(0, static_cast<std::size_t>(end - text_.begin()));
        is_sound_ = !digits.empty();
        skip(digits.size());
        while (digits.ends_with('0')) {
            digits.remove_suffix(1);
        }
        return digits;
    }

    [[nodiscard]] bool is_whole() const { return is_sound_ && text_.empty(); }

private:
    void skip(std::size_t characters) { text_.remove_prefix(std::min(characters, text_.size())); }

    std::string_view text_;
    bool is_sound_ = true;
};

} // namespace

std::optional<Moment> find_moment(std::string_view text) {
    DateTimeReader reader(text);
    const std::chrono::year year(reader.number(4, 9999));
    reader.one_of("-");
    const std::chrono::month month(static_cast<unsigned>(reader.number(2, 12)));
    reader.one_of("-");
    const std::chrono::day day(static_cast<unsigned>(reader.number(2, 31)));
    reader.one_of("Tt ");
    int seconds = reader.number(2, 23) * kSecondsPerHour;
    reader.one_of(":");
    seconds += reader.number(2, 59) * kSecondsPerMinute;
    reader.one_of(":");
    seconds += reader.number(2, 60); // 60 is a leap second
    const auto fraction = reader.fraction();
    if (const char zone = reader.one_of("Zz+-"); zone == '+' || zone == '-') {
        int ahead = reader.number(2, 23) * kSecondsPerHour;
        reader.one_of(":");
        ahead += reader.number(2, 59) * kSecondsPerMinute;
        seconds += zone == '+' ? -ahead : ahead;
    }

    const auto date = year / month / day;
    if (!reader.is_whole() || !date.ok()) {
        return std::nullopt;
    }
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return Moment{days * kSecondsPerDay + seconds, fraction};
}

bool is_later(std::string_view modified, std::string_view other) {
    return find_moment(modified) > find_moment(other); // nothing is less than every moment
}

} // namespace preflight::advisory
