// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

/// The fields of METADATA or PKG-INFO that somebody here needs.
struct Metadata {
    std::string metadata_version;
    std::string name;    ///< As written, blanks trimmed; empty where the field is missing.
    std::string version; ///< Likewise.
    std::string requires_python;
    std::vector<std::string> requires_dist;
    /// What is wrong with the file, one printable clause each with its line: `line 4: not UTF-8`.
    /// At most ten.
    std::vector<std::string> problems;
};

/// Reads the headers of core metadata up to the first empty line. Never fails: what cannot be read
/// is a problem, and the fields that can be read are there all the same. The first of a repeated
/// single-use field counts.
///
/// UTF-16 and UTF-32 are read as such, other bytes that are not UTF-8 as Latin-1, with a problem
/// noted: Python reads UTF-8 and nothing else.
/// Source: PyPA specifications, "Core metadata specifications"; python-packaging.md, section 5.1.
[[nodiscard]] Metadata parse_metadata(ByteView bytes);

/// The values of one header of a file of that form, `Tag` of WHEEL for instance, in order. Keys
/// match without regard to case. Reads at most the first MiB.
[[nodiscard]] std::vector<std::string> header_values(ByteView bytes, std::string_view key);

} // namespace preflight::python
