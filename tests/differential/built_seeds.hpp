// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace preflight::differential {

/// Honest zips with features that few packers write: data descriptors in all four layouts, zip64
/// fields in and out of need, a Unicode path, directory bits that nobody needs, another order.
[[nodiscard]] std::vector<std::string> make_built_seeds();

} // namespace preflight::differential
