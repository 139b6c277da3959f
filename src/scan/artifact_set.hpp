// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace preflight::scan {

/// All artifacts of a request, each of them once, however often it is named.
struct ArtifactSet {
    std::vector<Artifact> artifacts;
    /// Of which artifacts each deployment of the request consists: their indices.
    struct Members {
        std::size_t function = 0;
        std::vector<std::size_t> layers;
    };
    std::vector<Members> deployments;
};

/// Reads every artifact and gives it its id (the file name, made unique by `-2`, `-3`), its role
/// and the path that reports name. Throws UnrecognisedInput.
[[nodiscard]] ArtifactSet read_artifacts(const Request& request, const Team& team);

/// A path as reports name it: relative to the folder that this program happens to run in, so that
/// equal scans give equal reports. What lies elsewhere is named by its file name alone.
[[nodiscard]] std::string make_report_path(const std::filesystem::path& path,
                                           const std::filesystem::path& working_directory);

/// Replaces a path, where it stands in a message behind a quote, by itself or with what lies below
/// it, by the one that reports name.
void rename_path(std::string& text,
                 const std::filesystem::path& path,
                 const std::string& report_path);

} // namespace preflight::scan
