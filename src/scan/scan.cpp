// SPDX-License-Identifier: Apache-2.0
#include "preflight/scan/scan.hpp"

#include "advisories.hpp"
#include "artifact_set.hpp"
#include "compare_artifacts.hpp"
#include "decide.hpp"
#include "identify_code.hpp"
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

/// For each artifact the names of the deployments that use it.
std::vector<std::vector<std::string>> find_users(const ArtifactSet& set, const Layout& layout) {
    std::vector<std::vector<std::string>> users(set.artifacts.size());
    for (const auto& laid_out : layout.deployments) {
        for (const auto artifact : laid_out.artifacts) {
            users[artifact].push_back(laid_out.deployment.name);
        }
    }
    return users;
}

void add_components(const Artifact& artifact, report::Report& report) {
    for (const auto& component : artifact.inventory.components) {
        report.components.push_back({.name = component.name,
                                     .version = component.version,
                                     .purl = component.purl,
                                     .artifact = artifact.facts.id,
                                     .path = component.path,
                                     .host = component.host});
    }
}

/// What was seen in each artifact by itself.
void conclude_artifacts(ArtifactSet& set, const Layout& layout, report::Report& report) {
    const auto users = find_users(set, layout);
    for (std::size_t index = 0; index < set.artifacts.size(); ++index) {
        auto& artifact = set.artifacts[index];
        auto findings = std::move(artifact.findings);
        append(findings, std::move(artifact.inventory.findings));
        for (auto& finding : findings) {
            finding.deployments = users[index];
        }
        append(report.findings, std::move(findings));
        append(report.incomplete, std::move(artifact.incomplete));
        add_components(artifact, report);
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
            .layers = deployment.layers,
            .handler = deployment.handler};
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
                  const std::vector<std::string>& upgrades,
                  report::Report& report) {
    for (std::size_t index = 0; index < layout.distributions.size(); ++index) {
        const auto& placed = layout.distributions[index];
        const auto& distribution = *placed.distribution;
        const bool is_effective = !placed.effective_in.empty();
        report.packages.push_back(
            {.package = distribution.package,
             .artifact = id_of(set, placed),
             .path = distribution.path,
             .line = distribution.line,
             .origin = std::string(inventory::to_string(distribution.origin)),
             .confidence = std::string(inventory::to_string(distribution.confidence)),
             .state = std::string(inventory::to_string(distribution.state)),
             .host = distribution.host,
             .effective = is_effective,
             .shadowed_by = is_effective ? std::string() : placed.shadowed_by,
             .deployments = placed.present_in,
             .installer = distribution.installer,
             .direct_url = distribution.direct_url,
             .upgrade = upgrades[index]});
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

} // namespace

report::Report scan(const Request& request) {
    NoProgress progress;
    return scan(request, progress);
}

report::Report scan(const Request& request, Progress& progress) {
    report::Report report{.version = request.program_version};
    Threads workers(request.threads);

    auto set = read_artifacts(request, {.workers = workers, .progress = progress});
    append(report.incomplete, identify_code(request, set));
    auto layout = lay_out(request, set);
    auto opened = open_feeds(request, workers);
    auto matches = match_distributions(request, set, layout, opened.feeds);

    add_feeds(opened, report);
    add_packages(set, layout, matches.upgrades, report);
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

report::Report take_inventory(const Request& request, Progress& progress) {
    report::Report report{.version = request.program_version};
    Threads workers(request.threads);

    auto set = read_artifacts(request, {.workers = workers, .progress = progress});
    append(report.incomplete, identify_code(request, set));
    auto layout = lay_out(request, set);

    add_packages(set, layout, std::vector<std::string>(layout.distributions.size()), report);
    conclude_artifacts(set, layout, report);
    report.findings.clear(); // nobody judges them here
    for (const auto& laid_out : layout.deployments) {
        report.deployments.push_back(make_deployment(laid_out.deployment));
    }
    decide(set, layout, report);
    return report;
}

report::Comparison compare(const Request& request, Progress& progress) {
    Threads workers(request.threads);
    auto set = read_artifacts(request, {.workers = workers, .progress = progress});
    auto incomplete = identify_code(request, set);
    return compare_artifacts(set, std::move(incomplete));
}

} // namespace preflight::scan
