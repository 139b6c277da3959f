// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact_set.hpp"

#include "preflight/finding/incomplete.hpp"
#include "preflight/report/comparison.hpp"

#include <vector>

namespace preflight::scan {

/// What differs between the functions of the first two deployments. `incomplete` is what could not
/// be looked at beside them.
[[nodiscard]] report::Comparison compare_artifacts(const ArtifactSet& set,
                                                   std::vector<Incomplete> incomplete);

} // namespace preflight::scan
