// SPDX-License-Identifier: Apache-2.0
#include "preflight/scan/scan.hpp"

#include "advisories.hpp"
#include "artifact_set.hpp"
#include "layout.hpp"

#include "preflight/crypto/sha256.hpp"
#include "preflight/scan/threads.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

namespace preflight::scan {

namespace {

constexpr std::array<std::string_view, 4> kPlatformSources = {
    "given", "template", "guessed", "default"};

template <class Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
    std::ranges::move(more, std::back_inserter(items));
}

/// The names of the deployments that use an artifact.
std::vector<std::string> deployments_of(const Layout& layout, std::size_t artifact) {
    std::vector<std::string> names;
    for (const auto& laid_out : layout.deployments) {
        if (std::ranges::find(laid_out.artifacts, artifact) != laid_out.artifacts.end()) {
            names.push_back(laid_out.deployment.name);
        }
    }
    return names;
}

/// What was seen in each artifact by itself.
void conclude_artifacts(ArtifactSet& set, const Layout& layout, report::Report& report) {
    for (std::size_t index = 0; index < set.artifacts.size(); ++index) {
        auto& artifact = set.artifacts[index];
        auto findings = std::move(artifact.findings);
        append(findings, std::move(artifact.inventory.findings));
        for (auto& finding : findings) {
            finding.deployments = deployments_of(layout, index);
        }
        append(report.findings, std::move(findings));
        append(report.incomplete, std::move(artifact.incomplete));
        report.artifacts.push_back(artifact.facts);
        report.stats.entries += artifact.facts.entries;
        report.stats.entries_examined += artifact.entries_examined;
        report.stats.unpacked_bytes += artifact.facts.unpacked_bytes;
        report.stats.inflated_bytes += artifact.inflated_bytes;
    }
}

report::Deployment make_deployment(const deployment::Deployment& deployment) {
    return {.name = deployment.name,
            .runtime = deployment.runtime.name(),
            .runtime_source = std::string(
                kPlatformSources.at(static_cast<std::size_t>(deployment.runtime_source))),
            .architecture = std::string(deployment::to_string(deployment.architecture)),
            .architecture_source = std::string(
                kPlatformSources.at(static_cast<std::size_t>(deployment.architecture_source))),
            .function = deployment.function,
            .layers = deployment.layers};
}

/// What follows from laying the artifacts over each other.
void conclude_layout(const Request& request, Layout& layout, report::Report& report) {
    for (auto& laid_out : layout.deployments) {
        report.deployments.push_back(make_deployment(laid_out.deployment));
        for (auto& finding : laid_out.findings) {
            finding.status = request.includes_shadowed ? Status::open : finding.status;
        }
        append(report.findings, std::move(laid_out.findings));
    }
}

void add_packages(const ArtifactSet& set,
                  const Layout& layout,
                  const Matches& matches,
                  report::Report& report) {
    for (std::size_t index = 0; index < layout.distributions.size(); ++index) {
        const auto& placed = layout.distributions[index];
        const auto& distribution = *placed.distribution;
        const bool is_effective = !placed.effective_in.empty();
        report.packages.push_back({.package = distribution.package,
                                   .artifact = set.artifacts[placed.artifact].facts.id,
                                   .path = distribution.path,
                                   .line = distribution.line,
                                   .origin = std::string(inventory::to_string(distribution.origin)),
                                   .effective = is_effective,
                                   .shadowed_by = is_effective ? std::string() : placed.shadowed_by,
                                   .deployments = placed.present_in,
                                   .installer = distribution.installer,
                                   .direct_url = distribution.direct_url,
                                   .upgrade = matches.upgrades[index]});
    }
}

void add_feeds(const OpenedFeeds& opened, report::Report& report) {
    for (std::size_t index = 0; index < opened.feeds.size(); ++index) {
        const auto& facts = opened.feeds[index].facts();
        report.feeds.push_back({.name = facts.name,
                                .kind = facts.kind,
                                .source = opened.names[index],
                                .date = facts.date,
                                .records = facts.records,
                                .sha256 = facts.sha256,
                                .commit = facts.commit});
    }
}

/// Where a finding stands in the report. Borrows from it.
auto place_of(const Finding& finding) {
    using View = std::string_view;
    return std::tuple(View(finding.artifact),
                      View(finding.location.path),
                      finding.location.line,
                      View(finding.rule_id),
                      finding.package ? View(finding.package->purl) : View(),
                      finding.advisory ? View(finding.advisory->id) : View(),
                      View(finding.message));
}

/// Orders findings, and makes one of those that deployments share.
void merge_findings(std::vector<Finding>& findings) {
    std::ranges::stable_sort(findings, {}, place_of);
    std::vector<Finding> merged;
    for (auto& finding : findings) {
        if (!merged.empty() && place_of(merged.back()) == place_of(finding) &&
            merged.back().deployments != finding.deployments) {
            append(merged.back().deployments, std::move(finding.deployments));
        } else {
            merged.push_back(std::move(finding));
        }
    }
    findings = std::move(merged);
}

/// Whether something that was not looked at belongs to a deployment: an artifact of it, or a feed,
/// which all use.
bool concerns(const Incomplete& incomplete, const report::Deployment& deployment) {
    return incomplete.artifact.empty() || incomplete.artifact == deployment.function ||
           std::ranges::find(deployment.layers, incomplete.artifact) != deployment.layers.end();
}

policy::Coverage cover(const report::Report& report,
                       std::span<const Artifact* const> artifacts,
                       const report::Deployment* deployment) {
    const auto incomplete = std::ranges::count_if(report.incomplete, [&](const Incomplete& item) {
        return deployment == nullptr || concerns(item, *deployment);
    });
    const bool is_everything_examined =
        std::ranges::all_of(artifacts, [](const Artifact* artifact) {
            return artifact->entries_examined == artifact->facts.entries;
        });
    return {.is_everything_examined = is_everything_examined && !artifacts.empty(),
            .incomplete = static_cast<std::size_t>(incomplete)};
}

/// The verdict on every deployment, and on all of them.
void decide(const ArtifactSet& set, const Layout& layout, report::Report& report) {
    for (std::size_t index = 0; index < layout.deployments.size(); ++index) {
        auto& deployment = report.deployments[index];
        std::vector<const Finding*> findings;
        for (const auto& finding : report.findings) {
            if (std::ranges::find(finding.deployments, deployment.name) !=
                finding.deployments.end()) {
                findings.push_back(&finding);
            }
        }
        std::vector<const Artifact*> artifacts;
        for (const auto artifact : layout.deployments[index].artifacts) {
            artifacts.push_back(&set.artifacts[artifact]);
        }
        deployment.verdict = policy::decide(findings, cover(report, artifacts, &deployment));
    }
    std::vector<const Finding*> findings;
    std::ranges::transform(report.findings,
                           std::back_inserter(findings),
                           [](const Finding& finding) { return &finding; });
    std::vector<const Artifact*> artifacts;
    std::ranges::transform(set.artifacts,
                           std::back_inserter(artifacts),
                           [](const Artifact& artifact) { return &artifact; });
    report.verdict = policy::decide(findings, cover(report, artifacts, nullptr));
}

} // namespace

report::Report scan(const Request& request) {
    report::Report report{.version = request.program_version};
    Threads workers(request.threads);

    auto set = read_artifacts(request, workers);
    auto layout = lay_out(request, set);
    auto opened = open_feeds(request, workers);
    auto matches = match_distributions(request, set, layout, opened.feeds);

    add_feeds(opened, report);
    add_packages(set, layout, matches, report);
    conclude_artifacts(set, layout, report);
    conclude_layout(request, layout, report);
    append(report.findings, std::move(matches.findings));
    append(report.incomplete, std::move(opened.incomplete));
    append(report.incomplete, std::move(matches.incomplete));

    merge_findings(report.findings);
    for (auto& finding : report.findings) {
        policy::judge(request.gate, finding);
        report.fingerprints.push_back(crypto::sha256_hex(as_bytes(fingerprint_text(finding))));
    }
    decide(set, layout, report);
    return report;
}

} // namespace preflight::scan
