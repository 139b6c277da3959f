// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout.hpp"

namespace preflight::scan {

/// What the artifacts of one deployment hold.
struct Gathered {
    deployment::Layers layers;        ///< Without placements.
    std::vector<std::size_t> copies;  ///< For each copy its index in Layout::distributions.
    std::vector<std::size_t> carried; ///< Indices of those that come with their hosts.
};

[[nodiscard]] Gathered
gather(const ArtifactSet& set, const LaidOut& laid_out, const Layout& layout);

} // namespace preflight::scan
