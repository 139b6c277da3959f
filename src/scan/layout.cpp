// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include "gather.hpp"
#include "unique_names.hpp"

#include "preflight/inventory/deployed.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

namespace preflight::scan {

namespace {

/// The artifacts of a deployment: the function, then its layers. A layer that is named twice is
/// merged once, in its last place, where it wins anyway.
std::vector<std::size_t> collect_artifacts(const ArtifactSet::Members& members) {
    std::vector<std::size_t> artifacts = {members.function};
    for (auto layer = members.layers.begin(); layer != members.layers.end(); ++layer) {
        if (std::find(layer + 1, members.layers.end(), *layer) == members.layers.end()) {
            artifacts.push_back(*layer);
        }
    }
    return artifacts;
}

deployment::Deployment make_deployment(const Request& request,
                                       const DeploymentRequest& wanted,
                                       const ArtifactSet& set,
                                       const std::vector<std::size_t>& artifacts) {
    deployment::Deployment deployment{.handler = wanted.handler};
    deployment.function = set.artifacts[artifacts.front()].facts.id;
    for (const auto layer : std::span(artifacts).subspan(1)) {
        deployment.layers.push_back(set.artifacts[layer].facts.id);
    }
    std::vector<const deployment::PlatformHint*> hints;
    for (const auto artifact : artifacts) {
        for (const auto& hint : set.artifacts[artifact].hints) {
            hints.push_back(&hint);
        }
    }
    auto given = wanted.platform;
    if (!given.runtime) {
        given.runtime = request.platform.runtime;
    }
    if (!given.architecture) {
        given.architecture = request.platform.architecture;
    }
    deployment::decide_platform(given, hints, deployment);
    return deployment;
}

/// Works out one deployment after another.
class LayoutMaker {
public:
    LayoutMaker(const Request& request, const ArtifactSet& set) : request_(request), set_(set) {
        for (std::size_t artifact = 0; artifact < set.artifacts.size(); ++artifact) {
            const auto first = layout_.distributions.size();
            for (const auto& distribution : set.artifacts[artifact].inventory.distributions) {
                PlacedDistribution placed{.artifact = artifact, .distribution = &distribution};
                if (distribution.host_index) {
                    placed.host = first + *distribution.host_index;
                }
                layout_.distributions.push_back(std::move(placed));
            }
        }
    }

    void add(LaidOut laid_out) {
        name_ = laid_out.deployment.name;
        effective_names_.clear();
        imported_.clear();
        auto gathered = gather(set_, laid_out, layout_);
        place_copies(laid_out.deployment.runtime, gathered);
        place_carried(laid_out, gathered.carried);
        add_runtime(laid_out.deployment.runtime);
        laid_out.findings = deployment::conclude(laid_out.deployment, gathered.layers);
        judge_deployed(laid_out, gathered);
        layout_.deployments.push_back(std::move(laid_out));
    }

    [[nodiscard]] Layout finish() && { return std::move(layout_); }

private:
    void note_presence(PlacedDistribution& placed) const {
        if (placed.present_in.empty() || placed.present_in.back() != name_) {
            placed.present_in.push_back(name_);
        }
    }

    void place_copies(const deployment::Runtime& runtime, Gathered& gathered) {
        auto& layers = gathered.layers;
        layers.placements = deployment::place(layers.copies, layers.loose, runtime);
        for (std::size_t index = 0; index < layers.copies.size(); ++index) {
            auto& placed = layout_.distributions[gathered.copies[index]];
            const auto& placement = layers.placements[index];
            note_presence(placed);
            if (placement.is_effective()) {
                placed.effective_in.push_back(name_);
                effective_names_.emplace(placed.distribution->package.name,
                                         layers.copies[index].place.artifact);
                imported_.push_back(placed.distribution);
            } else if (placement.shadowed_by && placed.shadowed_by.empty()) {
                placed.shadowed_by = layers.copies[*placement.shadowed_by].place.artifact;
            } else if (placement.shadowed_by_module && placed.shadowed_by.empty()) {
                placed.shadowed_by = layers.loose[*placement.shadowed_by_module].place.artifact;
            }
        }
    }

    /// What is carried along is imported where its host is; where that is not known, where the
    /// folder is on the path.
    void place_carried(const LaidOut& laid_out, const std::vector<std::size_t>& carried) {
        for (const auto index : carried) {
            auto& placed = layout_.distributions[index];
            note_presence(placed);
            auto host = placed.host;
            while (host && layout_.distributions[*host].host) { // an SBOM of a vendored copy
                host = layout_.distributions[*host].host;
            }
            const bool is_effective = host ? is_effective_here(layout_.distributions[*host])
                                           : is_on_path(laid_out, placed);
            if (is_effective) {
                placed.effective_in.push_back(name_);
            }
        }
    }

    [[nodiscard]] bool is_effective_here(const PlacedDistribution& placed) const {
        return !placed.effective_in.empty() && placed.effective_in.back() == name_;
    }

    [[nodiscard]] bool is_on_path(const LaidOut& laid_out, const PlacedDistribution& placed) const {
        const auto artifact = std::ranges::find(laid_out.artifacts, *placed.artifact);
        const auto place = static_cast<std::size_t>(artifact - laid_out.artifacts.begin());
        return deployment::find_import_rank(
                   {.artifact = {},
                    .layer = place > 0 ? std::optional(place - 1) : std::nullopt,
                    .folder = placed.distribution->folder},
                   laid_out.deployment.runtime)
            .has_value();
    }

    /// What the runtime brings along is imported where nobody has packed it.
    void add_runtime(const deployment::Runtime& runtime) {
        for (const auto& facts : request_.runtimes) {
            if (facts.runtime.minor != runtime.minor) {
                continue;
            }
            const auto [known, is_new] =
                first_of_runtime_.try_emplace(runtime.minor, layout_.distributions.size());
            if (is_new) {
                add_distributions(facts);
            }
            for (std::size_t index = 0; index < facts.packages.size(); ++index) {
                auto& placed = layout_.distributions[known->second + index];
                note_presence(placed);
                const auto packed = effective_names_.find(placed.distribution->package.name);
                if (packed == effective_names_.end()) {
                    placed.effective_in.push_back(name_);
                } else if (placed.shadowed_by.empty()) {
                    placed.shadowed_by = packed->second;
                }
            }
        }
    }

    void add_distributions(const deployment::RuntimeFacts& facts) {
        for (const auto& package : facts.packages) {
            layout_.of_runtimes.push_back(
                {.package = inventory::make_package_name(package.name, package.version),
                 .origin = inventory::Origin::runtime,
                 .confidence = inventory::Confidence::medium});
            layout_.distributions.push_back({.distribution = &layout_.of_runtimes.back()});
        }
    }

    /// What only the artifacts of a deployment together tell.
    void judge_deployed(LaidOut& laid_out, const Gathered& gathered) const {
        std::vector<const inventory::Distribution*> all;
        for (const auto index : gathered.copies) {
            all.push_back(layout_.distributions[index].distribution);
        }
        bool imports_sdk = false;
        for (const auto index : laid_out.artifacts) {
            const auto& artifact = set_.artifacts[index];
            imports_sdk = imports_sdk || artifact.inventory.imports_sdk;
            for (const auto& declaration : artifact.inventory.declarations) {
                add_findings(
                    inventory::find_drift(declaration, artifact.inventory.distributions, all),
                    artifact.facts.id,
                    laid_out);
            }
        }
        add_findings(inventory::find_partial_sdk(imported_, imports_sdk), "", laid_out);
    }

    void add_findings(std::vector<Finding> findings,
                      const std::string& artifact,
                      LaidOut& laid_out) const {
        for (auto& finding : findings) {
            finding.artifact = artifact;
            finding.deployments = {name_};
            laid_out.findings.push_back(std::move(finding));
        }
    }

    const Request& request_;
    const ArtifactSet& set_;
    Layout layout_;
    std::map<int, std::size_t> first_of_runtime_; ///< By minor version.
    // Of the deployment that is worked out:
    std::string name_;
    std::unordered_map<std::string, std::string> effective_names_; ///< And where each lies.
    std::vector<const inventory::Distribution*> imported_;
};

/// The name of a deployment: that of its function's file or folder, without extension.
std::string make_name(const Artifact& function) {
    const std::filesystem::path id(function.facts.id);
    return function.facts.format == "directory" ? id.string() : id.stem().string();
}

/// Names that are given go first, so that those made from file names give way to them.
std::vector<std::string> make_names(const Request& request, const ArtifactSet& set) {
    std::vector<std::string> names(request.deployments.size());
    UniqueNames unique;
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (!request.deployments[index].name.empty()) {
            names[index] = unique.take(request.deployments[index].name);
        }
    }
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (names[index].empty()) {
            names[index] = unique.take(make_name(set.artifacts[set.deployments[index].function]));
        }
    }
    return names;
}

} // namespace

std::string id_of(const ArtifactSet& set, const PlacedDistribution& placed) {
    return placed.artifact ? set.artifacts[*placed.artifact].facts.id : std::string();
}

Layout lay_out(const Request& request, const ArtifactSet& set) {
    LayoutMaker maker(request, set);
    const auto names = make_names(request, set);
    for (std::size_t index = 0; index < set.deployments.size(); ++index) {
        LaidOut laid_out;
        laid_out.artifacts = collect_artifacts(set.deployments[index]);
        laid_out.deployment =
            make_deployment(request, request.deployments[index], set, laid_out.artifacts);
        laid_out.deployment.name = names[index];
        maker.add(std::move(laid_out));
    }
    return std::move(maker).finish();
}

} // namespace preflight::scan
