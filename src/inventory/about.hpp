// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/inventory/distribution.hpp"

#include <string>

namespace preflight::inventory {

/// `rule` fired at `path`, which belongs to a distribution.
[[nodiscard]] Finding make_about(const Rule& rule,
                                 const Distribution& distribution,
                                 std::string path,
                                 std::string message);

/// The same at its metadata.
[[nodiscard]] Finding
make_about(const Rule& rule, const Distribution& distribution, std::string message);

/// A file of the artifact was not looked at, or not all of it.
[[nodiscard]] Incomplete make_unread(std::string path, std::string why);

} // namespace preflight::inventory
