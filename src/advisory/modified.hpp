// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace preflight::advisory {

/// A moment as a record's `modified` names it. Borrows from that text.
struct Moment {
    std::int64_t seconds = 0;  ///< Since 1970 in UTC; the year 1 is legal and lies far below.
    std::string_view fraction; ///< Digits after the point, without zeros at the end.

    friend std::strong_ordering operator<=>(const Moment&, const Moment&) = default;
};

/// The moment that an RFC 3339 date-time names, or nothing if the text is none.
///
/// Source: RFC 3339, section 5.6. Fractions may have any number of digits.
[[nodiscard]] std::optional<Moment> find_moment(std::string_view text);

/// Whether one `modified` is later than another. A text that is no date-time is before all others.
[[nodiscard]] bool is_later(std::string_view modified, std::string_view other);

} // namespace preflight::advisory
