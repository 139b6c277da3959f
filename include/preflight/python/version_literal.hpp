// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace preflight::python {

/// So much of a source is looked at, in bytes, cut behind a line.
inline constexpr std::size_t kMaxVersionSource = std::size_t{64} * 1024;
/// The longest file that can be nothing but a version, in bytes.
inline constexpr std::size_t kMaxVersionText = 256;

/// The version that a Python source assigns at the start of a line, in the normal form of
/// parse_version(). That is, in this order, the first usable text of `__version__`; the first of
/// `VERSION`, `version` or `__VERSION__`; the first usable tuple of `VERSION`, `version_info` or
/// `__version_info__`: `(1, 26, 4)`, or Django's `(3, 2, 0, "rc", 1)`, which is 3.2rc1.
///
/// A text is one string literal, not joined to others, and stands alone but for a comment; names
/// may be annotated and chained. Lines inside triple-quoted strings do not count. What is no PEP
/// 440 version is not usable, and neither are 0, 0.0.0 and the like, local part or not, which stand
/// where a build was to put the version.
///
/// Source: python-packaging.md, section 6.1; PEP 440; Django 3.2, utils/version.py, get_version().
[[nodiscard]] std::optional<std::string> find_version_literal(ByteView source);

/// The version that is the whole content of a file, blanks at both ends dropped; in normal form.
/// The same placeholders are refused.
///
/// Source: python-packaging.md, section 6.1, file `VERSION`.
[[nodiscard]] std::optional<std::string> find_version_text(ByteView bytes);

} // namespace preflight::python
