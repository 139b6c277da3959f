// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

/// So many lines of a file are read, the first ones, empty lines included.
inline constexpr std::size_t kMaxNameListLines = 100'000;
/// A longer line, in bytes, is dropped.
inline constexpr std::size_t kMaxNameListLine = 4096;

/// The import names of `top_level.txt`, one a line, blanks at both ends dropped. Lines that are no
/// identifiers parted by dots are dropped. Takes any bytes.
///
/// Source: setuptools documentation, "The Internal Structure of Python Eggs", top_level.txt.
[[nodiscard]] std::vector<std::string> parse_top_level(ByteView bytes);

/// The paths of `installed-files.txt`, which are relative to the egg-info folder that it lies in,
/// as paths relative to the folder around that one: `../pkg/x.py` is `pkg/x.py`. What leaves that
/// folder too keeps its `../`, and absolute paths stay as they are. `folder` is the name of the
/// egg-info folder; without it, the files inside are left out. Takes any bytes: paths may be no
/// UTF-8, but hold no NUL.
///
/// Source: setuptools documentation, as above, installed-files.txt; python-packaging.md, section
/// 5.2.
[[nodiscard]] std::vector<std::string> parse_installed_files(ByteView bytes,
                                                             std::string_view folder = {});

} // namespace preflight::python
