// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/match.hpp"

#include "first_characters.hpp"
#include "fixes.hpp"
#include "group.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

namespace preflight::advisory {

namespace {

/// The place of an id among those that could name a group: the less, the better.
std::size_t rank_of(std::string_view id) {
    constexpr std::array<std::string_view, 4> kPrefixes = {"MAL-", "PYSEC-", "GHSA-", "CVE-"};
    const auto* const found = std::ranges::find_if(
        kPrefixes, [id](std::string_view prefix) { return id.starts_with(prefix); });
    return static_cast<std::size_t>(found - kPrefixes.begin());
}

bool names_better(const Advisory* left, const Advisory* right) {
    return std::pair(rank_of(left->id), std::string_view(left->id)) <
           std::pair(rank_of(right->id), std::string_view(right->id));
}

AdvisoryGroup
describe(const VulnerabilityGroup& group, const GroupMembers& matched, const std::string& id) {
    AdvisoryGroup description;
    description.id = id;
    std::ranges::remove_copy(group.names, std::back_inserter(description.aliases), id);
    for (const auto* member : matched) {
        description.matched_ids.push_back(member->id);
    }
    description.severity_vectors = group.severity_vectors;
    return description;
}

/// The summary of the record that names the group, else of another member.
std::string_view summary_of(const VulnerabilityGroup& group, const Advisory& named) {
    if (!named.summary.empty()) {
        return named.summary;
    }
    const auto found = std::ranges::find_if(
        group.members, [](const Advisory* member) { return !member->summary.empty(); });
    return found == group.members.end() ? std::string_view() : (*found)->summary;
}

std::string message_of(const PackageName& package,
                       const VulnerabilityGroup& group,
                       const Advisory& named,
                       bool is_malicious) {
    auto message = printable(package.name) + " " + printable(package.version) +
                   (is_malicious ? " is reported as malicious by " : " is affected by ") +
                   printable(named.id);
    const auto summary = printable(summary_of(group, named));
    if (!summary.empty()) {
        message += ": ";
        message += first_characters(summary, kMaxSummaryBytes);
    }
    return message;
}

std::string remedy_of(const std::string& name,
                      const std::string& upgrade,
                      std::span<const Fix> fixes,
                      bool is_malicious) {
    if (is_malicious) {
        const auto then = upgrade.empty() ? "" : ", or upgrade " + name + " to " + upgrade;
        return "Remove " + name + then + ", and replace every credential that it could read.";
    }
    if (!upgrade.empty()) {
        return "Upgrade " + name + " to " + upgrade + ".";
    }
    if (!fixes.empty()) {
        return "Upgrade " + name + " to " + choose_fix(fixes) +
               "; that ends this finding, and no known version ends all of them.";
    }
    return "No fixed version is known: replace " + name +
           ", or see to it that the flaw cannot be reached.";
}

/// What a finding needs to know beside its group.
struct Judged {
    const PackageName& package;
    const Candidate& candidate;
    std::string upgrade;
};

Finding
make_group_finding(const Judged& judged, GroupMembers members, const GroupMembers& matched) {
    const auto group = make_group(std::move(members));
    const auto& named = **std::ranges::min_element(matched, names_better);
    const bool is_malicious = group.source == SeveritySource::rule;
    const auto fixes = find_fixes(judged.candidate.key(), matched, group.members);

    auto finding = make_finding(is_malicious ? kMaliciousPackage : kKnownVulnerability);
    finding.severity = group.severity;
    finding.severity_source = group.source;
    finding.score_tenths = group.score_tenths;
    finding.message = message_of(judged.package, group, named, is_malicious);
    finding.remedy = remedy_of(printable(judged.package.name), judged.upgrade, fixes, is_malicious);
    finding.package = judged.package;
    finding.advisory = describe(group, matched, named.id);
    std::ranges::transform(
        fixes, std::back_inserter(finding.fixed_versions), [](const Fix& fix) { return fix.text; });
    return finding;
}

} // namespace

MatchResult match(const PackageName& package, std::span<const Advisory> advisories) {
    const Candidate candidate(package.version);
    GroupMembers matched; // by address, to be found again
    for (const auto& advisory : advisories) {
        if (candidate.is_affected_by(advisory)) {
            matched.push_back(&advisory);
        }
    }
    MatchResult result;
    if (matched.empty()) {
        return result;
    }

    GroupMembers all;
    for (const auto& advisory : advisories) {
        all.push_back(&advisory);
    }
    result.upgrade = choose_fix(find_fixes(candidate.key(), all, all));

    const Judged judged{package, candidate, result.upgrade};
    for (auto& members : close_over_aliases(advisories)) {
        GroupMembers affecting;
        std::ranges::copy_if(members, std::back_inserter(affecting), [&](const Advisory* member) {
            return std::ranges::binary_search(matched, member, std::less<>());
        });
        if (!affecting.empty()) {
            result.findings.push_back(make_group_finding(judged, std::move(members), affecting));
        }
    }
    std::ranges::sort(result.findings, {}, [](const Finding& finding) -> const std::string& {
        return finding.advisory->id;
    });
    return result;
}

} // namespace preflight::advisory
