// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/inventory/distribution.hpp"

#include <optional>
#include <string_view>

namespace preflight::inventory {

/// What make_package_name() makes of texts that may be anything; nothing where the name is none or
/// there is no version.
[[nodiscard]] std::optional<PackageName> find_package_name(std::string_view name,
                                                           std::string_view version);

} // namespace preflight::inventory
