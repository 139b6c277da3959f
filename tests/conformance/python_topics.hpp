// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// The topics of the conformance program: each function turns one row of a truth table into the
/// answer.
namespace preflight::conformance {

/// Row: a version. Answer: its normal form, or INVALID.
[[nodiscard]] std::string answer_version_normalize(std::string_view row);

/// Row: two versions parted by a tab. Answer: -1, 0 or 1.
[[nodiscard]] std::string answer_version_compare(std::string_view row);

/// Row: a specifier and a version parted by a tab. Answer: 1, 0 or INVALID.
[[nodiscard]] std::string answer_specifier(std::string_view row);

/// Row: a file name. Answer: name, version and tags (or SDIST) parted by tabs, or INVALID.
[[nodiscard]] std::string answer_filename(std::string_view row);

} // namespace preflight::conformance
