// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact_set.hpp"

#include "preflight/deployment/deployment.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace preflight::scan {

/// A function over its layers over its runtime.
struct LaidOut {
    deployment::Deployment deployment;
    std::vector<std::size_t> artifacts; ///< Indices: the function, then its layers in order.
    std::vector<Finding> findings;
};

/// A distribution and what each deployment makes of it.
struct PlacedDistribution {
    std::optional<std::size_t> artifact; ///< Index; nothing for what the runtime brings along.
    const inventory::Distribution* distribution = nullptr; ///< Borrowed from that artifact.
    std::optional<std::size_t> host;     ///< Index in the layout of the one that carries it along.
    std::vector<std::string> present_in; ///< Names of deployments, in their order.
    std::vector<std::string> effective_in; ///< Those that import this copy.
    std::string shadowed_by; ///< Id of the artifact whose copy is imported instead, in the first
                             ///< deployment where that is so.
};

struct Layout {
    std::vector<LaidOut> deployments;
    std::vector<PlacedDistribution> distributions;   ///< In order of artifact and path.
    std::deque<inventory::Distribution> of_runtimes; ///< That `distributions` borrow.
};

/// Id of the artifact that a distribution lies in; empty for what the runtime brings along.
[[nodiscard]] std::string id_of(const ArtifactSet& set, const PlacedDistribution& placed);

/// Lays every function over its layers, and decides which copy of each distribution is imported.
/// Borrows from `set`.
[[nodiscard]] Layout lay_out(const Request& request, const ArtifactSet& set);

} // namespace preflight::scan
