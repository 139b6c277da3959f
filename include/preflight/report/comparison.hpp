// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/incomplete.hpp"

#include <string>
#include <vector>

namespace preflight::report {

/// A distribution that differs between two artifacts.
struct DistributionChange {
    std::string name;
    std::string host;         ///< Of a copy that is carried along; else empty.
    std::string old_versions; ///< Parted by commas; empty: it was added.
    std::string new_versions; ///< Empty: it was removed.
};

enum class FileChangeKind { added, removed, changed };

/// A file that differs, and that no RECORD vouches for on one side at least.
struct FileChange {
    FileChangeKind kind = FileChangeKind::changed;
    std::string path;
};

/// What differs between two artifacts.
struct Comparison {
    std::string old_path; ///< As reports name it.
    std::string new_path;
    bool is_known = false; ///< Whether both could be read, so that there is something to compare.
    std::vector<DistributionChange> distributions; ///< In order of name and host.
    std::vector<FileChange> files;                 ///< In order of path.
    std::vector<Incomplete> incomplete;            ///< What of either could not be looked at.
};

/// The comparison for a person to read, and as one JSON document (docs/comparison.schema.json).
[[nodiscard]] std::string write_comparison_text(const Comparison& comparison);
[[nodiscard]] std::string write_comparison_json(const Comparison& comparison);

} // namespace preflight::report
