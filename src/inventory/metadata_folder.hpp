// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/inventory/distribution.hpp"

#include <optional>
#include <string_view>

namespace preflight::inventory {

/// Where the metadata of one distribution lie.
struct MetadataFolder {
    std::string_view path; ///< Of the folder, or of the file where an egg-info is one.
    Origin origin = Origin::dist_info;
};

/// The metadata folder that a file lies in, directly or in its `sboms`.
[[nodiscard]] std::optional<MetadataFolder> find_metadata_folder(std::string_view path);

/// The folder that is put on the import path for metadata to be found.
[[nodiscard]] std::string_view site_of(const MetadataFolder& folder);

/// Name and version as a metadata folder is called; each empty where it does not say.
struct FolderName {
    std::string_view name;
    std::string_view version;
};

/// Splits `name-version.dist-info` and `name-version-py3.9.egg-info`; `name.egg-info` has no
/// version.
[[nodiscard]] FolderName split_folder_name(const MetadataFolder& folder);

} // namespace preflight::inventory
