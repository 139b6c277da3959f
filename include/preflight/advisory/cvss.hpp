// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <optional>
#include <string_view>

namespace preflight::advisory {

/// Scores of a CVSS vector, in tenths: 98 is 9.8.
struct CvssScores {
    int base = 0;
    std::optional<int> temporal;      ///< v2: where the group is present; v3: always; v4: never.
    std::optional<int> environmental; ///< Likewise.
};

/// Reads a vector of CVSS 2 (no prefix; parentheses around it are allowed), 3.0, 3.1 or 4.0, and
/// computes its scores exactly. Refuses a repeated, missing or unknown metric, an unknown value, an
/// empty field.
///
/// For CVSS 4.0 `base` is the one score that the vector has, with threat and environmental metrics
/// applied. Sources: FIRST, "A Complete Guide to the Common Vulnerability Scoring System" 2.0,
/// section 3; "CVSS v3.0 / v3.1 Specification", section 7; "CVSS v4.0 Specification", section 8;
/// osv-cvss.md, section 6.
[[nodiscard]] Result<CvssScores> parse_cvss(std::string_view vector);

} // namespace preflight::advisory
