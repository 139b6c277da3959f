// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace preflight::python {

/// The normal form of a project name: lower case, runs of `-`, `_` and `.` become one `-`.
///
/// Source: PyPA specifications, "Names and normalization". Takes any text.
[[nodiscard]] std::string normalize_name(std::string_view name);

/// Whether a text can be the name of a project: ASCII letters and digits at both ends, `-`, `_` and
/// `.` also between.
[[nodiscard]] bool is_valid_name(std::string_view name);

/// The package URL of a distribution on the index. `name` is in normal form; an empty version is
/// left out.
///
/// Source: package-url/purl-spec, type pypi; what a version may not hold is percent-encoded (`+` is
/// `%2B`).
[[nodiscard]] std::string make_purl(std::string_view name, std::string_view version);

} // namespace preflight::python
