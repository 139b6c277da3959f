// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace preflight::inventory {

/// The distribution of the index that a top-level module belongs to, `pyyaml` of `yaml`; empty
/// where that is not known. Of a namespace package the second part counts too: `google.auth`.
[[nodiscard]] std::string_view find_known_distribution(std::string_view module);

} // namespace preflight::inventory
