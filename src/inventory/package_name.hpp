// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"

#include <optional>
#include <string_view>

namespace preflight::inventory {

/// Name and version in normal form, a version that is none of PEP 440 as it is written. `name` is a
/// valid one.
[[nodiscard]] PackageName make_package_name(std::string_view name, std::string_view version);

/// The same of texts that may be anything; nothing where the name is none or there is no version.
[[nodiscard]] std::optional<PackageName> find_package_name(std::string_view name,
                                                           std::string_view version);

} // namespace preflight::inventory
