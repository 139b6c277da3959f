// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployment.hpp"

#include "mixtures.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/deployment/import_folder.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace preflight::deployment {

namespace {

std::string site_packages(const Runtime& runtime) {
    return "python/lib/" + runtime.name() + "/site-packages";
}

Finding make_about(const Rule& rule, const Copy& copy) {
    auto finding = make_finding(rule, {.path = copy.path});
    finding.artifact = copy.place.artifact;
    finding.package = copy.package;
    return finding;
}

Finding make_shadowed(const Copy& copy, const std::string& winner, const Place& place) {
    auto finding = make_about(kShadowed, copy);
    finding.status = Status::shadowed;
    finding.message = to_label(copy.package) + " in " + in_quotes(copy.place.artifact) +
                      " is not imported: " + winner + " in " + in_quotes(place.artifact) +
                      " comes first";
    return finding;
}

void conclude_copies(const Layers& layers, std::vector<Finding>& findings) {
    for (std::size_t index = 0; index < layers.copies.size(); ++index) {
        const auto& copy = layers.copies[index];
        const auto& placement = layers.placements[index];
        if (placement.shadowed_by) {
            const auto& winner = layers.copies[*placement.shadowed_by];
            findings.push_back(make_shadowed(copy, to_label(winner.package), winner.place));
        } else if (placement.shadowed_by_module) {
            const auto& winner = layers.loose[*placement.shadowed_by_module];
            findings.push_back(make_shadowed(copy, in_quotes(winner.path), winner.place));
        }
    }
}

/// What can be said of a folder that Lambda does not import from: of a layer it was packed wrongly,
/// unless the program itself may put a folder below `python` on the path.
Severity severity_of(const Place& place) {
    if (!place.layer) {
        return Severity::low;
    }
    const auto folder = find_import_folder(place.folder, Role::layer);
    return folder && *folder == kLayerRoot ? Severity::low : Severity::medium;
}

Finding make_not_on_path(const Copy& copy, std::size_t count, const Runtime& runtime) {
    const auto& place = copy.place;
    auto finding = make_finding(kNotOnPath, {.path = place.folder});
    finding.artifact = place.artifact;
    finding.severity = severity_of(place);
    finding.status = Status::shadowed;
    finding.message = (place.folder.empty() ? "the root of the layer" : in_quotes(place.folder)) +
                      " is not on the import path of " + runtime.name() + ": " +
                      (count == 1 ? to_label(copy.package) + " is"
                                  : std::to_string(count) + " distributions are") +
                      " not found there";
    if (place.layer) {
        finding.remedy = "Put the layer's packages into '" + std::string(kLayerRoot) +
                         "/' or into '" + site_packages(runtime) + "/'.";
    }
    return finding;
}

void conclude_folders(const Layers& layers,
                      const Runtime& runtime,
                      std::vector<Finding>& findings) {
    struct Folder {
        const Copy* first;
        std::size_t count;
    };
    std::map<std::pair<std::string_view, std::string_view>, Folder> folders;
    for (std::size_t index = 0; index < layers.copies.size(); ++index) {
        const auto& copy = layers.copies[index];
        if (copy.has_code && !layers.placements[index].is_on_path) {
            ++folders.try_emplace({copy.place.artifact, copy.place.folder}, Folder{&copy, 0})
                  .first->second.count;
        }
    }
    for (const auto& [place, folder] : folders) {
        findings.push_back(make_not_on_path(*folder.first, folder.count, runtime));
    }
}

Finding make_guessed(std::string what,
                     PlatformSource source,
                     const std::string& evidence,
                     std::string_view option) {
    auto finding = make_finding(kRuntimeGuessed);
    finding.message = std::move(what) + " is assumed, " +
                      (source == PlatformSource::guessed ? "judging by " + in_quotes(evidence)
                                                         : "since nothing in the package tells");
    finding.remedy = "Say which one it is with " + std::string(option) + ".";
    return finding;
}

bool is_assumed(PlatformSource source) {
    return source == PlatformSource::guessed || source == PlatformSource::by_default;
}

void conclude_platform(const Deployment& deployment, std::vector<Finding>& findings) {
    if (is_assumed(deployment.runtime_source)) {
        findings.push_back(make_guessed("runtime " + deployment.runtime.name(),
                                        deployment.runtime_source,
                                        deployment.runtime_evidence,
                                        "--runtime"));
    }
    if (is_assumed(deployment.architecture_source)) {
        findings.push_back(
            make_guessed("architecture " + std::string(to_string(deployment.architecture)),
                         deployment.architecture_source,
                         deployment.architecture_evidence,
                         "--arch"));
    }
    if (!deployment.runtime.is_known()) {
        auto finding = make_finding(kRuntimeGuessed);
        finding.message = "runtime " + deployment.runtime.name() +
                          " is unknown and judged by the rules of " + Runtime{}.name();
        finding.remedy = "Check the spelling of the runtime, or update this program.";
        findings.push_back(std::move(finding));
    }
}

} // namespace

std::vector<Finding> conclude(const Deployment& deployment, const Layers& layers) {
    std::vector<Finding> findings;
    conclude_copies(layers, findings);
    conclude_folders(layers, deployment.runtime, findings);
    conclude_mixtures(layers, deployment.runtime, findings);
    conclude_platform(deployment, findings);
    for (auto& finding : findings) {
        finding.deployments = {deployment.name};
    }
    return findings;
}

std::span<const Rule> rules() {
    return kRules;
}

} // namespace preflight::deployment
