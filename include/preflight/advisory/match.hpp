// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/candidate.hpp"
#include "preflight/advisory/record.hpp"
#include "preflight/finding/finding.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Tells whether a distribution is affected by known advisories, how badly, and which upgrade ends
/// it.
///
/// Entry points: find_advisories() in feed.hpp for the data, match() for the judgement.
namespace preflight::advisory {

/// Records of one package that speak of the same vulnerability, and how bad it is.
struct VulnerabilityGroup {
    std::vector<const Advisory*> members; ///< In order of id; borrowed.
    std::vector<std::string> names;       ///< Ids and aliases of all members, sorted, each once.
    std::vector<std::string> severity_vectors;
    std::optional<int> score_tenths; ///< Highest base score of any vector that parses.
    /// The higher of the score's band and of the labels, of a malicious package always critical.
    /// Absent: neither is there. `info` with a score of 0 is CVSS's None.
    std::optional<Severity> severity;
    SeveritySource source = SeveritySource::unknown;
};

/// Groups the records of one package by the closure of their ids and aliases. A record with more
/// than 32 aliases is grouped by its id alone. Groups come in order of their first member's id.
///
/// Source: osv-cvss.md, section 5.
[[nodiscard]] std::vector<VulnerabilityGroup> group_by_alias(std::span<const Advisory> advisories);

/// What is known about one version of one package.
struct MatchResult {
    /// One per group with a member that matches; in order of advisory id.
    std::vector<Finding> findings;
    /// The smallest version above the judged one that a record of the package names as a fix and
    /// none affects; a pre-release only where no final release is left. Empty: there is none, or
    /// nothing was found.
    std::string upgrade;
};

/// Judges one version of the package by all its records. The findings have neither artifact, path
/// nor deployments yet.
[[nodiscard]] MatchResult match(const PackageName& package, std::span<const Advisory> advisories);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::advisory
