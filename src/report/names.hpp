// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"

#include <string_view>

/// The words of the JSON contract.
namespace preflight::report {

[[nodiscard]] std::string_view name_of(SeveritySource source);
[[nodiscard]] std::string_view name_of(Status status);
[[nodiscard]] std::string_view name_of(IncompleteKind kind);

} // namespace preflight::report
