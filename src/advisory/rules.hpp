// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"

namespace preflight::advisory {

/// Its findings have the severity of the advisory instead of the one in this row.
inline constexpr Rule kKnownVulnerability = {
    .id = "advisory.known-vulnerability",
    .severity = Severity::high,
    .summary = "A known vulnerability affects the installed version of a distribution.",
    .remedy = "Upgrade the distribution to a version that the advisories call fixed."};

inline constexpr Rule kMaliciousPackage = {
    .id = "advisory.malicious-package",
    .severity = Severity::critical,
    .summary = "The installed version of a distribution is reported to be malicious.",
    .remedy = "Remove the distribution and replace every credential that it could have read."};

} // namespace preflight::advisory
