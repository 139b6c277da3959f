// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact_set.hpp"

#include "preflight/deployment/deployment.hpp"

#include <cstddef>
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
    std::size_t artifact = 0;                              ///< Index.
    const inventory::Distribution* distribution = nullptr; ///< Borrowed from that artifact.
    std::vector<std::string> present_in;   ///< Names of deployments, in their order.
    std::vector<std::string> effective_in; ///< Those that import this copy.
    std::string shadowed_by; ///< Id of the artifact whose copy is imported instead, in the first
                             ///< deployment where that is so.
};

struct Layout {
    std::vector<LaidOut> deployments;
    std::vector<PlacedDistribution> distributions; ///< In order of artifact and path.
};

/// Lays every function over the layers, and decides which copy of each distribution is imported.
/// Borrows from `set`.
[[nodiscard]] Layout lay_out(const Request& request, const ArtifactSet& set);

} // namespace preflight::scan
