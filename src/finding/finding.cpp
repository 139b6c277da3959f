// SPDX-License-Identifier: Apache-2.0
#include "preflight/finding/finding.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>

namespace preflight {

std::optional<Severity> find_severity(std::string_view name) {
    const auto* const found = std::ranges::find(kSeverityNames, name);
    if (found == kSeverityNames.end()) {
        return std::nullopt;
    }
    return static_cast<Severity>(found - kSeverityNames.begin());
}

Finding make_finding(const Rule& rule, Location location) {
    Finding finding;
    finding.rule_id = rule.id;
    finding.severity = rule.severity;
    finding.message = rule.summary;
    finding.remedy = rule.remedy;
    finding.location = std::move(location);
    return finding;
}

std::string to_label(const PackageName& package) {
    return printable(package.version.empty() ? package.name : package.name + " " + package.version);
}

std::string fingerprint_text(const Finding& finding) {
    const bool is_advisory = finding.advisory.has_value();
    std::string text = finding.rule_id;
    text += '\n';
    text += finding.package ? finding.package->name : "";
    text += '\n';
    text += is_advisory ? "" : finding.location.path;
    text += '\n';
    text += is_advisory ? finding.advisory->id : "";
    return text;
}

} // namespace preflight
