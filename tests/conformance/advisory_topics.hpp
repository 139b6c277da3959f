// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/index.hpp"

#include <string>
#include <string_view>

/// Answers to the rows of truth tables, one line for a line; ../shared/vectors/check.py defines
/// them.
namespace preflight::conformance {

/// A CVSS vector: base, temporal and environmental score, of CVSS 4.0 its only one; `INVALID`.
[[nodiscard]] std::string answer_cvss(std::string_view row);

/// Name TAB version: the ids of the records that affect it, sorted, joined by commas; `-` for none.
[[nodiscard]] std::string answer_osv_match(const advisory::Index& index, std::string_view row);

/// Name TAB advisory id: class TAB score of the group that the advisory belongs to; `-` where there
/// is no score, and `INVALID` where the package has no such advisory.
[[nodiscard]] std::string answer_advisory_severity(const advisory::Index& index,
                                                   std::string_view row);

} // namespace preflight::conformance
