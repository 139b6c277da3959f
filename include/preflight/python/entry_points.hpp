// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace preflight::python {

/// So many entry points of a file are given, the first ones.
inline constexpr std::size_t kMaxEntryPoints = 10'000;
/// A longer line of `entry_points.txt`, in bytes, is none.
inline constexpr std::size_t kMaxEntryPointLine = 1024;
/// The longest file that can be a generated script, in bytes.
inline constexpr std::size_t kMaxConsoleScript = 4096;

/// Something that a distribution lets others call: `name = module:attribute`.
struct EntryPoint {
    std::string group; ///< `console_scripts` for instance.
    std::string name;
    std::string module;
    std::string attribute; ///< May have dots; empty where the module itself is meant.
};

/// Reads `entry_points.txt`; takes any bytes. Lines that are no entry point, or stand before the
/// first group, are skipped; so are the extras behind an entry point. Names keep their case.
///
/// Lines are those of str.splitlines(), blanks at both ends dropped: an indented line is an entry
/// point of its own, as importlib.metadata has it, and not the end of the one before.
/// Source: PyPA specifications, "Entry points specification"; Python 3.13,
/// Lib/importlib/metadata/__init__.py, Sectioned and EntryPoint.pattern.
[[nodiscard]] std::vector<EntryPoint> parse_entry_points(ByteView bytes);

/// What a generated script calls, if the file is one: each of its lines must be one of those that
/// pip, uv, distlib, installer, setuptools (not EASY-INSTALL) and poetry write, in their order, so
/// that nothing else can hide in it. The interpreter must be a Python with no option but harmless
/// ones, and the encoding UTF-8. The group is `console_scripts` and the name empty. Whose module it
/// calls is for the caller to judge.
///
/// Source: distlib 0.4, scripts.py, SCRIPT_TEMPLATE and _build_shebang(); pip 9 to 26.3,
/// _internal/operations/install/wheel.py; installer 1.1, scripts.py; poetry 1.1 and 2.5,
/// masonry/builders/editable.py; what uv 0.13 installs.
[[nodiscard]] std::optional<EntryPoint> parse_console_script(ByteView script);

} // namespace preflight::python
