// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"

#include <array>

namespace preflight::deployment {

inline constexpr Rule kMixedPackage{
    .id = "deployment.mixed-package",
    .severity = Severity::medium,
    .summary = "The modules of a distribution and its metadata, or some of its modules, come from "
               "different artifacts.",
    .remedy = "Pack the distribution as a whole, once, in the function or in one layer."};

inline constexpr Rule kNotOnPath{
    .id = "deployment.not-on-path",
    .severity = Severity::medium,
    .summary = "Distributions lie in a folder that the runtime does not import from.",
    .remedy = "Move them to where the runtime looks, or leave them out."};

inline constexpr Rule kRuntimeGuessed{
    .id = "deployment.runtime-guessed",
    .severity = Severity::info,
    .summary = "Runtime or architecture were not given and had to be assumed.",
    .remedy = "Say which ones they are with --runtime and --arch."};

inline constexpr Rule kShadowed{.id = "deployment.shadowed",
                                .severity = Severity::info,
                                .summary = "A distribution is not imported, because another copy "
                                           "of it comes first on the import path.",
                                .remedy =
                                    "Pack the distribution once, in the function or in one layer."};

inline constexpr std::array kRules = {kMixedPackage, kNotOnPath, kRuntimeGuessed, kShadowed};

} // namespace preflight::deployment
