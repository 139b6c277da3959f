// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/name_lists.hpp"

#include "blanks.hpp"
#include "lines.hpp"

#include "preflight/python/identifiers.hpp"

#include <algorithm>

namespace preflight::python {

namespace {

/// Calls `use` with each line that is not too long.
template <class Use>
void for_each_line(ByteView bytes, const Use& use) {
    auto rest = as_text(bytes);
    drop_byte_order_mark(rest);
    for (std::size_t count = 0; count < kMaxNameListLines && !rest.empty(); ++count) {
        const auto line = take_line(rest);
        if (line.size() <= kMaxNameListLine) {
            use(line);
        }
    }
}

/// The pieces of a path without those that change nothing; `..` is left at the front alone.
std::vector<std::string_view> resolve(std::string_view folder, std::string_view path) {
    std::vector<std::string_view> pieces = {folder};
    while (!path.empty()) {
        const auto piece = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(piece.size() + 1, path.size()));
        if (piece.empty() || piece == ".") {
            continue;
        }
        if (piece == ".." && !pieces.empty() && pieces.back() != "..") {
            pieces.pop_back();
        } else {
            pieces.push_back(piece);
        }
    }
    return pieces;
}

/// Empty for a path that leads to one of the two folders, or into a folder without a name.
std::string resolve_path(std::string_view folder, std::string_view path) {
    if (path.starts_with('/')) {
        return std::string(path);
    }
    std::string resolved;
    for (const auto piece : resolve(folder, path)) {
        if (piece.empty()) {
            return {};
        }
        resolved += resolved.empty() ? "" : "/";
        resolved += piece;
    }
    return resolved == folder ? std::string() : resolved;
}

} // namespace

std::vector<std::string> parse_top_level(ByteView bytes) {
    std::vector<std::string> names;
    for_each_line(bytes, [&](std::string_view line) {
        const auto name = strip_blanks(line);
        if (is_import_name(name)) {
            names.emplace_back(name);
        }
    });
    return names;
}

std::vector<std::string> parse_installed_files(ByteView bytes, std::string_view folder) {
    std::vector<std::string> paths;
    for_each_line(bytes, [&](std::string_view line) {
        auto path = line.find('\0') == std::string_view::npos ? resolve_path(folder, line) : "";
        if (!path.empty()) {
            paths.push_back(std::move(path));
        }
    });
    return paths;
}

} // namespace preflight::python
