// SPDX-License-Identifier: Apache-2.0
#include "group.hpp"

#include "preflight/advisory/cvss.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <utility>

namespace preflight::advisory {

namespace {

// Records with more aliases are lists of things, not names of one (osv.dev stops at 5).
constexpr std::size_t kMaxAliases = 32;

/// Sets of numbers that grow together. Source: Tarjan, "Efficiency of a Good But Not Linear Set
/// Union Algorithm" (1975), with path halving.
class DisjointSets {
public:
    explicit DisjointSets(std::size_t size) : parents_(size) {
        std::iota(parents_.begin(), parents_.end(), std::size_t{0});
    }

    std::size_t root_of(std::size_t item) {
        while (parents_[item] != item) {
            parents_[item] = parents_[parents_[item]];
            item = parents_[item];
        }
        return item;
    }

    /// The smaller root stays, so that a set is named by its first item.
    void unite(std::size_t left, std::size_t right) {
        const auto [first, second] = std::minmax({root_of(left), root_of(right)});
        parents_[second] = first;
    }

private:
    std::vector<std::size_t> parents_;
};

/// CVSS v3.1 specification, section 5, table 14; used for v2 as well (osv-cvss.md, section 5).
Severity band_of(int tenths) {
    if (tenths == 0) {
        return Severity::info;
    }
    if (tenths < 40) {
        return Severity::low;
    }
    if (tenths < 70) {
        return Severity::medium;
    }
    return tenths < 90 ? Severity::high : Severity::critical;
}

void sort_each_once(std::vector<std::string>& texts) {
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

void append(std::vector<std::string>& texts, const std::vector<std::string>& more) {
    texts.insert(texts.end(), more.begin(), more.end());
}

/// Scores are base scores: how far a flaw is exploited or matters elsewhere is not known here.
void judge_severity(VulnerabilityGroup& group, std::optional<Severity> label) {
    for (const auto& vector : group.severity_vectors) {
        if (const auto scores = parse_cvss(vector)) {
            group.score_tenths = std::max(group.score_tenths, std::optional(scores->base));
        }
    }
    const auto band =
        group.score_tenths ? std::optional(band_of(*group.score_tenths)) : std::nullopt;
    if (band && band >= label) {
        group.severity = band;
        group.source = SeveritySource::score;
    } else if (label) {
        group.severity = label;
        group.source = SeveritySource::label;
    }
}

} // namespace

std::vector<GroupMembers> close_over_aliases(std::span<const Advisory> advisories) {
    GroupMembers ordered;
    for (const auto& advisory : advisories) {
        ordered.push_back(&advisory);
    }
    std::ranges::stable_sort(ordered, {}, &Advisory::id);

    // Whoever shares a name stands side by side once the names are sorted.
    std::vector<std::pair<std::string_view, std::size_t>> bearers;
    for (std::size_t item = 0; item < ordered.size(); ++item) {
        const auto& advisory = *ordered[item];
        bearers.emplace_back(advisory.id, item);
        if (advisory.aliases.size() <= kMaxAliases) {
            for (const auto& alias : advisory.aliases) {
                bearers.emplace_back(alias, item);
            }
        }
    }
    std::ranges::sort(bearers);
    DisjointSets sets(ordered.size());
    for (std::size_t next = 1; next < bearers.size(); ++next) {
        if (bearers[next].first == bearers[next - 1].first) {
            sets.unite(bearers[next].second, bearers[next - 1].second);
        }
    }

    std::vector<GroupMembers> groups;
    std::vector<std::size_t> group_of(ordered.size());
    for (std::size_t item = 0; item < ordered.size(); ++item) {
        const auto root = sets.root_of(item);
        if (root == item) {
            group_of[item] = groups.size();
            groups.emplace_back();
        }
        groups[group_of[root]].push_back(ordered[item]);
    }
    return groups;
}

VulnerabilityGroup make_group(GroupMembers members) {
    VulnerabilityGroup group;
    std::optional<Severity> label;
    bool is_malicious = false;
    for (const auto* member : members) {
        group.names.push_back(member->id);
        append(group.names, member->aliases);
        append(group.severity_vectors, member->severity_vectors);
        label = std::max(label, member->label);
        is_malicious = is_malicious || member->is_malicious();
    }
    sort_each_once(group.names);
    sort_each_once(group.severity_vectors);
    judge_severity(group, label);
    if (is_malicious) {
        group.severity = Severity::critical; // osv-cvss.md, section 5, rule 4
        group.source = SeveritySource::rule;
    }
    group.members = std::move(members);
    return group;
}

std::vector<VulnerabilityGroup> group_by_alias(std::span<const Advisory> advisories) {
    std::vector<VulnerabilityGroup> groups;
    for (auto& members : close_over_aliases(advisories)) {
        groups.push_back(make_group(std::move(members)));
    }
    return groups;
}

} // namespace preflight::advisory
