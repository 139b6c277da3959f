// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layout.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/report/report.hpp"

#include <string>
#include <vector>

namespace preflight::scan {

/// The feeds that could be opened, and what is to be said of the others.
struct OpenedFeeds {
    std::vector<advisory::Feed> feeds;
    std::vector<std::string> names; ///< Of each feed, as reports name its source.
    std::vector<Incomplete> incomplete;
};

/// Opens what the user named; where he named nothing, the starter feed, which is then not enough to
/// let anything pass.
[[nodiscard]] OpenedFeeds open_feeds(const Request& request, Workers& workers);

/// What the feeds say about the distributions of a layout.
struct Matches {
    std::vector<Finding> findings;
    std::vector<std::string>
        upgrades; ///< One for each distribution of the layout; empty where there is none.
    std::vector<Incomplete> incomplete;
};

[[nodiscard]] Matches match_distributions(const Request& request,
                                          const ArtifactSet& set,
                                          const Layout& layout,
                                          std::span<const advisory::Feed> feeds);

} // namespace preflight::scan
