// SPDX-License-Identifier: Apache-2.0
#include "advisory_topics.hpp"

#include "preflight/advisory/cvss.hpp"
#include "preflight/advisory/match.hpp"
#include "preflight/python/name.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace preflight::conformance {

namespace {

constexpr std::string_view kInvalid = "INVALID";
constexpr std::string_view kNothing = "-";

std::string decimal(std::optional<int> tenths) {
    if (!tenths) {
        return std::string(kNothing);
    }
    return std::to_string(*tenths / 10) + "." + std::to_string(*tenths % 10);
}

/// The two fields of a row; the second is empty where there is no tab.
std::pair<std::string_view, std::string_view> fields_of(std::string_view row) {
    const auto tab = std::min(row.find('\t'), row.size());
    return {row.substr(0, tab), row.substr(std::min(tab + 1, row.size()))};
}

std::string class_of(const advisory::VulnerabilityGroup& group) {
    if (!group.severity) {
        return "unknown";
    }
    return std::string(*group.severity == Severity::info ? "none" : to_string(*group.severity));
}

} // namespace

std::string answer_cvss(std::string_view row) {
    const auto scores = advisory::parse_cvss(row);
    if (!scores) {
        return std::string(kInvalid);
    }
    if (row.starts_with("CVSS:4")) {
        return decimal(scores->base);
    }
    return decimal(scores->base) + "\t" + decimal(scores->temporal) + "\t" +
           decimal(scores->environmental);
}

std::string answer_osv_match(const advisory::Index& index, std::string_view row) {
    const auto [name, version] = fields_of(row);
    const auto advisories = index.find(python::normalize_name(name));
    const advisory::Candidate candidate(version);

    std::vector<std::string_view> ids;
    for (const auto& advisory : advisories) {
        if (candidate.is_affected_by(advisory)) {
            ids.emplace_back(advisory.id);
        }
    }
    std::ranges::sort(ids);

    std::string answer;
    for (const auto id : ids) {
        answer += answer.empty() ? "" : ",";
        answer += id;
    }
    return answer.empty() ? std::string(kNothing) : answer;
}

std::string answer_advisory_severity(const advisory::Index& index, std::string_view row) {
    const auto [name, id] = fields_of(row);
    const auto advisories = index.find(python::normalize_name(name));
    for (const auto& group : advisory::group_by_alias(advisories)) {
        if (std::ranges::any_of(group.members, [wanted = id](const auto* member) {
                return member->id == wanted;
            })) {
            return class_of(group) + "\t" + decimal(group.score_tenths);
        }
    }
    return std::string(kInvalid);
}

} // namespace preflight::conformance
