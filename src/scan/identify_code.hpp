// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact_set.hpp"

#include "preflight/finding/incomplete.hpp"

#include <vector>

namespace preflight::scan {

/// Gives names to code that no metadata speak of, by the RECORDs of all artifacts and of the wheels
/// that the request names. Gives the wheels that could not be read.
[[nodiscard]] std::vector<Incomplete> identify_code(const Request& request, ArtifactSet& set);

} // namespace preflight::scan
