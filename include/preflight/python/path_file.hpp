// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

/// So many lines of each kind are kept: paths, known code, other code.
inline constexpr std::size_t kMaxPathFileLines = 1000;

/// What a `.pth` file makes Python do at each start.
struct PathFile {
    /// A line that Python executes.
    struct CodeLine {
        std::size_t line = 0;  ///< From 1.
        std::string text;      ///< As written, trailing blanks dropped; at most 200 bytes.
        bool is_known = false; ///< What is_known_path_code() says of the whole line.
    };

    /// Lines that add to the import path, as written, trailing blanks dropped. They are relative to
    /// the folder of the file.
    std::vector<std::string> paths;
    std::vector<CodeLine> code;
    bool is_cut = false; ///< Whether lines were left out because there are too many of their kind.
};

/// Reads a `.pth` file; takes any bytes. A line that begins with "import" and a blank or a tab is
/// code, one that begins with `#` is a comment. Where Python 3.13 and later end a line and earlier
/// ones do not - at a form feed, for instance - the lines of both are given, those of the earlier
/// ones first.
///
/// Source: Python 3.13 and 3.11, Lib/site.py, addpackage(); Library Reference, site.
[[nodiscard]] PathFile parse_path_file(ByteView bytes);

/// Whether a line of code is, byte for byte but for trailing blanks, one that setuptools writes:
/// that of `distutils-precedence.pth`, which imports `_distutils_hack`, or that of a
/// `*-nspkg.pth`, which declares a namespace package of whatever name. Everything else is not
/// known, harmless or not.
///
/// Source: setuptools 0.9 to 80.9, namespaces.py and command/install_egg_info.py, `_nspkg_tmpl`;
/// `distutils-precedence.pth` of the wheels of setuptools 49.3 to 80.9.
[[nodiscard]] bool is_known_path_code(std::string_view text);

} // namespace preflight::python
