// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/match.hpp"

#include <span>
#include <vector>

namespace preflight::advisory {

/// The members of one group, in order of id.
using GroupMembers = std::vector<const Advisory*>;

/// The groups of group_by_alias(), without what make_group() finds out about one of them.
[[nodiscard]] std::vector<GroupMembers> close_over_aliases(std::span<const Advisory> advisories);

[[nodiscard]] VulnerabilityGroup make_group(GroupMembers members);

} // namespace preflight::advisory
