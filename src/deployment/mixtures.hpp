// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/deployment/deployment.hpp"

namespace preflight::deployment {

/// Adds what is to be said of distributions whose parts come from different artifacts: metadata of
/// one and code of another, or files of two layers in one folder.
void conclude_mixtures(const Layers& layers,
                       const Runtime& runtime,
                       std::vector<Finding>& findings);

} // namespace preflight::deployment
