// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace preflight::python {

/// A line `name==version`.
struct PinnedRequirement {
    std::string name;     ///< In normal form.
    std::string version;  ///< In normal form, or as written where it has none.
    std::size_t line = 0; ///< From 1.
};

/// A line that says something this reader does not understand, so that nobody judged it. Lines that
/// a backslash at their end joins are one such line.
struct UnjudgedLine {
    std::size_t line = 0;       ///< Of the first physical line, from 1.
    std::size_t line_count = 1; ///< How many physical lines it is made of.
    std::string text; ///< Trimmed and printable, at most 200 bytes; credentials of URLs removed.
    std::string why;  ///< One clause in lower case.
};

/// What became of each physical line: line_count = pins + the line counts of `unjudged` +
/// silent_count.
struct RequirementsFile {
    std::vector<PinnedRequirement> pins;
    std::vector<UnjudgedLine> unjudged;
    std::size_t line_count = 0;
    std::size_t silent_count = 0; ///< Lines that are empty or a comment.
};

/// Reads a requirements file as far as it consists of `==` pins (with extras, blanks and comments).
/// Everything else that pip understands - options, markers, ranges, URLs, continued lines - is
/// handed back as unjudged. Takes any bytes.
///
/// Source: pip documentation, "Requirements File Format".
[[nodiscard]] RequirementsFile parse_requirements_file(ByteView bytes);

} // namespace preflight::python
