// SPDX-License-Identifier: Apache-2.0
#include "preflight/source/directory.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <system_error>

namespace preflight::source {

namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 128; // as in archives: hostile-archives.md, section 11

[[noreturn]] void fail(const fs::path& path, const std::string& cause) {
    throw Failure("cannot list " + in_quotes(path.string()) + ": " + cause);
}

Node make_node(const fs::path& root, const fs::path& path) {
    Node node{.path = path.lexically_relative(root).generic_string()};
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        fail(path, std::generic_category().message(errno));
    }
    node.mode = status.st_mode & 07777U;
    if (S_ISREG(status.st_mode)) {
        node.type = NodeType::file;
        node.size = static_cast<std::uint64_t>(status.st_size);
    } else if (S_ISDIR(status.st_mode)) {
        node.type = NodeType::directory;
    } else if (S_ISLNK(status.st_mode)) {
        node.type = NodeType::link;
        node.link_target = fs::read_symlink(path).string();
    }
    return node;
}

} // namespace

std::vector<Node> list_directory(const fs::path& root, std::uint64_t max_nodes) {
    std::vector<Node> nodes;
    try {
        for (fs::recursive_directory_iterator item(root), end; item != end; ++item) {
            if (item.depth() >= kMaxDepth) {
                fail(item->path(),
                     "it lies more than " + std::to_string(kMaxDepth) + " levels deep");
            }
            if (nodes.size() == max_nodes) {
                break;
            }
            nodes.push_back(make_node(root, item->path()));
        }
    } catch (const fs::filesystem_error& error) {
        fail(error.path1().empty() ? root : error.path1(), error.code().message());
    }
    std::ranges::sort(nodes, {}, &Node::path);
    return nodes;
}

} // namespace preflight::source
