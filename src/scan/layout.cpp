// SPDX-License-Identifier: Apache-2.0
#include "layout.hpp"

#include "unique_names.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

namespace preflight::scan {

namespace {

/// The artifacts of a deployment: the function, then its layers. A layer that is named twice is
/// merged once, in its last place, where it wins anyway.
std::vector<std::size_t> collect_artifacts(std::size_t function, const ArtifactSet& set) {
    std::vector<std::size_t> artifacts = {function};
    for (auto layer = set.layers.begin(); layer != set.layers.end(); ++layer) {
        if (std::find(layer + 1, set.layers.end(), *layer) == set.layers.end()) {
            artifacts.push_back(*layer);
        }
    }
    return artifacts;
}

deployment::Deployment make_deployment(const Request& request,
                                       const ArtifactSet& set,
                                       const std::vector<std::size_t>& artifacts,
                                       std::string name) {
    deployment::Deployment deployment{.name = std::move(name)};
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
    deployment::decide_platform(request.platform, hints, deployment);
    return deployment;
}

/// The copies of one deployment, and for each its index in Layout::distributions.
struct Copies {
    std::vector<deployment::Copy> copies;
    std::vector<std::size_t> indices;
};

Copies collect_copies(const ArtifactSet& set, const LaidOut& laid_out, const Layout& layout) {
    Copies collected;
    for (std::size_t place = 0; place < laid_out.artifacts.size(); ++place) {
        const auto artifact = laid_out.artifacts[place];
        for (auto placed = std::ranges::lower_bound(
                 layout.distributions, artifact, {}, &PlacedDistribution::artifact);
             placed != layout.distributions.end() && placed->artifact == artifact;
             ++placed) {
            deployment::Copy copy{.package = placed->distribution->package,
                                  .artifact = set.artifacts[placed->artifact].facts.id,
                                  .folder = placed->distribution->folder,
                                  .path = placed->distribution->path};
            if (place > 0) {
                copy.layer = place - 1;
            }
            collected.copies.push_back(std::move(copy));
            collected.indices.push_back(
                static_cast<std::size_t>(placed - layout.distributions.begin()));
        }
    }
    return collected;
}

void place_distributions(const ArtifactSet& set, LaidOut& laid_out, Layout& layout) {
    const auto& name = laid_out.deployment.name;
    const auto [copies, indices] = collect_copies(set, laid_out, layout);
    const auto placements = deployment::place(copies, laid_out.deployment.runtime);
    for (std::size_t index = 0; index < copies.size(); ++index) {
        auto& placed = layout.distributions[indices[index]];
        const auto& placement = placements[index];
        if (placed.present_in.empty() || placed.present_in.back() != name) {
            placed.present_in.push_back(name);
        }
        if (placement.is_effective()) {
            placed.effective_in.push_back(name);
        } else if (placement.shadowed_by && placed.shadowed_by.empty()) {
            placed.shadowed_by = copies[*placement.shadowed_by].artifact;
        }
    }
    laid_out.findings = deployment::conclude(laid_out.deployment, copies, placements);
}

/// The name of a deployment: that of its function's file or folder, without extension.
std::string make_name(const Artifact& function) {
    const std::filesystem::path id(function.facts.id);
    return function.facts.format == "directory" ? id.string() : id.stem().string();
}

} // namespace

Layout lay_out(const Request& request, const ArtifactSet& set) {
    Layout layout;
    for (std::size_t artifact = 0; artifact < set.artifacts.size(); ++artifact) {
        for (const auto& distribution : set.artifacts[artifact].inventory.distributions) {
            layout.distributions.push_back({.artifact = artifact, .distribution = &distribution});
        }
    }
    UniqueNames names;
    for (const auto function : set.functions) {
        LaidOut laid_out;
        laid_out.artifacts = collect_artifacts(function, set);
        laid_out.deployment = make_deployment(
            request, set, laid_out.artifacts, names.take(make_name(set.artifacts[function])));
        place_distributions(set, laid_out, layout);
        layout.deployments.push_back(std::move(laid_out));
    }
    return layout;
}

} // namespace preflight::scan
