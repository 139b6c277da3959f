// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/deployment/import_folder.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/inventory/distribution.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/inventory/file_list.hpp"
#include "preflight/python/requirements_file.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace preflight::inventory {

/// How many rows of all RECORDs of an artifact are read: five for each entry that it may have.
inline constexpr std::size_t kMaxRecordRows = 1'000'000;

/// How many copies and components packages of one artifact may carry along. pip and setuptools have
/// about 20 each, pydantic-core names a hundred crates.
inline constexpr std::size_t kMaxCarried = 20'000;

/// Pins of a requirements file that lies in the package or beside it: what was meant to be there.
struct Declaration {
    std::string path; ///< In the artifact; empty for the one beside it.
    std::vector<python::PinnedRequirement> pins;
};

struct Inventory {
    std::vector<Distribution> distributions; ///< In order of path.
    std::vector<Component> components;
    std::vector<UnattributedModule> unattributed; ///< In order of path.
    std::vector<Declaration> declarations;
    std::vector<std::string> added_folders; ///< That `.pth` files put on the import path;
                                            ///< in order, each once.
    /// For each file the distribution whose RECORD has its digest: its index.
    std::vector<std::optional<std::size_t>> vouched_by;
    bool imports_sdk =
        false; ///< Whether some code in it, of boto3 and its like apart, imports them.
    std::vector<Finding> findings;
    std::vector<Incomplete> incomplete;
};

/// Puts together what the files of one artifact say: which distributions there are, which files
/// belong to which, and what does not agree. `files` are sorted, and all of the artifact.
///
/// Source: PyPA specifications, "Recording installed projects"; python-packaging.md, sections 5 and
/// 6; lambda-platform.md, sections 2 and 3.
[[nodiscard]] Inventory
conclude(std::span<const Fact> facts, const FileList& files, deployment::Role role);

/// The distributions that a requirements file pins; every line that is no pin was not judged.
[[nodiscard]] Inventory conclude(const python::RequirementsFile& file);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::inventory
