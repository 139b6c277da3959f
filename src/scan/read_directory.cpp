// SPDX-License-Identifier: Apache-2.0
#include "read_directory.hpp"

#include "read_archive.hpp"

#include "preflight/base/text.hpp"
#include "preflight/source/directory.hpp"
#include "preflight/unpack/archive.hpp"

#include <numeric>
#include <utility>

namespace preflight::scan {

namespace {

namespace fs = std::filesystem;
using source::Node;
using source::NodeType;

/// The files of a directory, read one after another.
class DirectoryReader {
public:
    DirectoryReader(const fs::path& root,
                    const std::vector<const Node*>& files,
                    std::uint64_t max_bytes)
        : root_(root), files_(files), max_bytes_(max_bytes) {}

    [[nodiscard]] Result<source::File, Finding> read(std::size_t index) {
        const auto& node = *files_[index];
        file_ = source::read_file(root_ / node.path, max_bytes_);
        return source::File{.path = node.path, .mode = node.mode, .bytes = file_.view()};
    }

    [[nodiscard]] static std::uint64_t inflated_bytes() { return 0; }

private:
    const fs::path& root_;
    const std::vector<const Node*>& files_;
    std::uint64_t max_bytes_;
    source::FileBytes file_;
};

/// Whether what a link points to, through whatever other links, lies below `root`. A dangling one
/// points to nothing that could be packed.
bool stays_inside(const fs::path& root, const Node& link) {
    std::error_code error;
    const auto target = fs::canonical(root / link.path, error);
    if (error) {
        return error == std::errc::no_such_file_or_directory;
    }
    const auto relative = target.lexically_relative(fs::canonical(root));
    return !relative.empty() && *relative.begin() != "..";
}

void add_unread(const Node& node, std::string why, Artifact& artifact) {
    artifact.incomplete.push_back({.kind = IncompleteKind::entry,
                                   .what = printable(node.path),
                                   .why = std::move(why),
                                   .path = node.path});
}

std::uint64_t total_size(const std::vector<Node>& nodes) {
    return std::accumulate(nodes.begin(),
                           nodes.end(),
                           std::uint64_t{0},
                           [](std::uint64_t sum, const Node& node) { return sum + node.size; });
}

} // namespace

void read_directory(Reading& reading) {
    const auto& limits = reading.request.limits;
    auto& artifact = reading.artifact;
    artifact.facts.format = "directory";
    const auto nodes = source::list_directory(artifact.path, limits.max_entries + 1);
    artifact.facts.entries = nodes.size();
    artifact.facts.unpacked_bytes = total_size(nodes);
    if (auto refusal = unpack::find_excess(nodes.size(), artifact.facts.unpacked_bytes, limits)) {
        artifact.incomplete.push_back(
            {.why = "it was refused as " + refusal->rule_id + ", so nothing in it was examined"});
        artifact.findings.push_back(*std::move(refusal));
        return;
    }
    std::vector<const Node*> files;
    std::vector<std::uint64_t> sizes;
    for (const auto& node : nodes) {
        if (node.type == NodeType::file) {
            files.push_back(&node);
            sizes.push_back(node.size);
        } else if (node.type == NodeType::directory ||
                   (node.type == NodeType::link && stays_inside(artifact.path, node))) {
            ++artifact.entries_examined;
        } else if (node.type == NodeType::link) {
            add_unread(node,
                       "it is a symbolic link that leads outside the directory; put a copy of the "
                       "file in its place",
                       artifact);
        } else {
            add_unread(node, "it is neither a file nor a directory; remove it", artifact);
        }
    }
    if (files.empty()) {
        artifact.incomplete.push_back(
            {.why = "the directory holds no file, so there was nothing to judge"});
    }
    reading.left.max_entries -= nodes.size();
    reading.left.max_total_bytes -= artifact.facts.unpacked_bytes;
    reading.team.progress.begin(artifact.path.string(), artifact.facts.unpacked_bytes);
    const auto make_reader = [&] {
        return DirectoryReader(artifact.path, files, limits.max_total_bytes);
    };
    auto outcomes = examine_all(sizes, reading.team, reading.nesting_at(0), make_reader, [] {});
    add_outcomes(
        std::move(outcomes), [&](std::size_t index) { return files[index]->path; }, reading);
    open_nested(reading);
    conclude(reading);
}

} // namespace preflight::scan
