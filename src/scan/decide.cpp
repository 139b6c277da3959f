// SPDX-License-Identifier: Apache-2.0
#include "decide.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace preflight::scan {

namespace {

/// What speaks of whom. Borrows from the report.
struct Evidence {
    std::unordered_map<std::string_view, std::vector<const Finding*>> findings; ///< By deployment.
    /// How much was not looked at, by artifact; what belongs to none, a feed, concerns all.
    std::unordered_map<std::string_view, std::size_t> incomplete;

    explicit Evidence(const report::Report& report) {
        for (const auto& finding : report.findings) {
            for (const auto& deployment : finding.deployments) {
                findings[deployment].push_back(&finding);
            }
        }
        for (const auto& item : report.incomplete) {
            ++incomplete[item.artifact];
        }
    }

    [[nodiscard]] std::size_t count_incomplete(std::string_view artifact) const {
        const auto found = incomplete.find(artifact);
        return found == incomplete.end() ? 0 : found->second;
    }
};

bool is_examined(const Artifact& artifact) {
    return artifact.entries_examined == artifact.facts.entries;
}

policy::Verdict
decide_deployment(const ArtifactSet& set, const LaidOut& laid_out, Evidence& evidence) {
    policy::Coverage coverage{.is_everything_examined = !laid_out.artifacts.empty(),
                              .incomplete = evidence.count_incomplete({})};
    for (const auto index : laid_out.artifacts) {
        const auto& artifact = set.artifacts[index];
        coverage.is_everything_examined = coverage.is_everything_examined && is_examined(artifact);
        coverage.incomplete += evidence.count_incomplete(artifact.facts.id);
    }
    return policy::decide(evidence.findings[laid_out.deployment.name], coverage);
}

} // namespace

void decide(const ArtifactSet& set, const Layout& layout, report::Report& report) {
    Evidence evidence(report);
    for (std::size_t index = 0; index < layout.deployments.size(); ++index) {
        report.deployments[index].verdict =
            decide_deployment(set, layout.deployments[index], evidence);
    }
    std::vector<const Finding*> all;
    std::ranges::transform(
        report.findings, std::back_inserter(all), [](const Finding& finding) { return &finding; });
    report.verdict =
        policy::decide(all,
                       {.is_everything_examined = !set.artifacts.empty() &&
                                                  std::ranges::all_of(set.artifacts, is_examined),
                        .incomplete = report.incomplete.size()});
}

} // namespace preflight::scan
