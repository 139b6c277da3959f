// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

/// The topics about zips. The second opinion of libarchive is no part of them.
namespace preflight::conformance {

/// Topic `zip`: a path gives `accept`, the id of the first broken rule in the order R1 to R13, or
/// `unreadable` for what is no readable file. A `.pyz` may begin with a `#!` line.
[[nodiscard]] std::string answer_zip(std::string_view path);

/// Topic `zip-list`: writes one line for each entry in the order of the central directory: name,
/// `file`, `dir` or `link`, size, and the SHA-256 of the contents, which of a link are its target.
/// Gives the exit code: 1 for an archive that is refused, with the rule id on `out`.
///
/// Throws Failure if the file cannot be read.
[[nodiscard]] int list_zip(const std::string& path, std::ostream& out);

} // namespace preflight::conformance
