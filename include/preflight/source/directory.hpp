// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/source/read_file.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Files as they lie on a disk.
///
/// Entry points: list_directory() for a tree, read_file() for one file.
namespace preflight::source {

enum class NodeType { file, directory, link, other };

/// Something below a directory.
struct Node {
    std::string path; ///< '/'-separated, relative to the directory.
    NodeType type = NodeType::other;
    std::uint32_t mode = 0;  ///< Unix permission bits.
    std::uint64_t size = 0;  ///< Of a file, in bytes.
    std::string link_target; ///< Of a link, as it is written there.
};

/// Lists all that lies below `root`, in byte order of the paths. Links are listed, never followed.
///
/// Stops at `max_nodes` nodes, so that a list of that length may be a part only. Throws Failure for
/// a directory that cannot be read or lies more than 128 levels deep.
[[nodiscard]] std::vector<Node> list_directory(const std::filesystem::path& root,
                                               std::uint64_t max_nodes);

} // namespace preflight::source
