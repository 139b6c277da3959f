// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace preflight {

/// What kind of thing was not looked at.
enum class IncompleteKind { artifact, entry, requirement, feed, signature, network, output };

/// Something that should have been looked at and was not. A single one keeps a scan from passing.
struct Incomplete {
    IncompleteKind kind = IncompleteKind::artifact;
    std::string what;     ///< The object: a file, an entry, a line, a feed. Safe to print.
    std::string why;      ///< One clause, with what to do where that is known. Safe to print.
    std::string artifact; ///< Id; empty where none is concerned.
    std::string path;     ///< Inside the artifact; empty for the artifact as a whole.
    std::size_t line = 0; ///< From 1; 0 where no line is meant.
};

} // namespace preflight
