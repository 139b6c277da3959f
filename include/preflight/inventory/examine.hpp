// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/inventory/distribution.hpp"
#include "preflight/python/metadata.hpp"
#include "preflight/python/requirements_file.hpp"
#include "preflight/source/file.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// Finds out which Python distributions an artifact holds.
///
/// Entry points: examine() for each file, conclude() when all were seen. To read another file of a
/// metadata folder, add a row to kMembers in examine.cpp and its use to conclude.cpp.
namespace preflight::inventory {

/// Which piece of metadata a file is.
enum class MetadataPiece { core_metadata, installer, direct_url, other };

/// What is kept of a file that belongs to the metadata of a distribution.
struct MetadataFacts {
    std::string folder; ///< The metadata folder, or the file itself where an egg-info is a file.
    Origin origin = Origin::dist_info;
    MetadataPiece piece = MetadataPiece::other;
    python::Metadata core; ///< Of a METADATA or PKG-INFO.
    std::string value;     ///< Of an INSTALLER or a direct_url.json: what Distribution keeps of it.
    std::vector<std::string>
        problems; ///< With a direct_url.json; those of core metadata stand in `core`.
};

/// Looks at one file: `*.dist-info/*`, `*.egg-info`, `*.egg-info/PKG-INFO`, `EGG-INFO/PKG-INFO`.
/// Nothing for any other.
///
/// Source: PyPA specifications, "Recording installed projects"; python-packaging.md, section 5.
[[nodiscard]] std::optional<MetadataFacts> examine(const source::File& file);

struct Inventory {
    std::vector<Distribution> distributions; ///< In order of path.
    std::vector<Finding> findings;
    std::vector<Incomplete> incomplete;
};

/// Puts the pieces of each metadata folder of one artifact together. Where the metadata give no
/// name or version, those in the folder's name count; where that has none either, the distribution
/// could not be judged.
[[nodiscard]] Inventory conclude(std::span<const MetadataFacts> facts);

/// The distributions that a requirements file pins; every line that is no pin was not judged.
[[nodiscard]] Inventory conclude(const python::RequirementsFile& file);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::inventory
