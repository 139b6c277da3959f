// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/cvss.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace preflight::advisory {

/// 3.0 and 3.1 differ in one formula.
enum class Cvss3Minor { zero, one };

/// The readers of the single versions of CVSS: the metrics begin `offset` bytes into `vector`.
[[nodiscard]] Result<CvssScores> parse_cvss2(std::string_view vector, std::size_t offset);
[[nodiscard]] Result<CvssScores>
parse_cvss3(std::string_view vector, std::size_t offset, Cvss3Minor minor);
[[nodiscard]] Result<CvssScores> parse_cvss4(std::string_view vector, std::size_t offset);

/// `numerator / denominator` to the nearest whole number, halves up. The denominator is positive
/// and even.
[[nodiscard]] constexpr std::int64_t divide_half_up(std::int64_t numerator,
                                                    std::int64_t denominator) {
    const auto shifted = numerator + denominator / 2;
    const auto quotient = shifted / denominator;
    return shifted % denominator < 0 ? quotient - 1 : quotient;
}

} // namespace preflight::advisory
