// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "code_page_437.hpp"
#include "path_index.hpp"
#include "rules.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace preflight::unpack {

namespace {

/// The paths of all entries as one kind of reader sees them.
class SeenPaths {
public:
    SeenPaths(std::span<const Entry> entries, std::span<const std::uint32_t> decoded)
        : entries_(entries), decoded_(decoded) {}

    [[nodiscard]] const Entry& entry(std::uint32_t index) const { return entries_[index]; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }

    /// Stands in `room` where it is not the path as it stands in the archive.
    [[nodiscard]] std::string_view path(std::uint32_t index, std::string& room) const {
        if (!std::ranges::binary_search(decoded_, index)) {
            return entries_[index].path;
        }
        room = from_code_page_437(entries_[index].path);
        return room;
    }

private:
    std::span<const Entry> entries_;
    std::span<const std::uint32_t> decoded_; ///< Indices of those read in code page 437.
};

using Item = PathIndex::Item;

std::optional<Breach> breach_at(const Rule& rule, const Entry& entry) {
    return Breach{.rule = &rule, .offset = entry.offset, .name = entry.path};
}

/// Sorts entries whose paths have one hash, and so, but for an accident, one path: files in front
/// of directories, and of those the first in the archive in front.
void sort_equal(const SeenPaths& seen, std::span<Item> items) {
    std::string room;
    std::string other_room;
    const auto first = seen.path(items.front().entry, room);
    const bool is_one_path = std::ranges::all_of(
        items, [&](const Item& item) { return seen.path(item.entry, other_room) == first; });
    const auto place = [&](const Item& item) {
        const auto& entry = seen.entry(item.entry);
        return std::tuple(entry.type == EntryType::directory, entry.offset);
    };
    if (is_one_path) {
        std::ranges::sort(items, {}, place);
        return;
    }
    std::ranges::sort(items, [&](const Item& left, const Item& right) {
        const auto order = seen.path(left.entry, room).compare(seen.path(right.entry, other_room));
        return order != 0 ? order < 0 : place(left) < place(right);
    });
}

/// Looks for a second entry of one path, in entries that have one hash.
std::optional<Breach> find_duplicate(const SeenPaths& seen, std::span<Item> items) {
    sort_equal(seen, items);
    std::optional<Breach> breach;
    const Entry* file = nullptr; // the one whose path may not come again
    std::string file_path;
    std::string room;
    for (const auto& item : items) {
        const auto& entry = seen.entry(item.entry);
        const auto path = seen.path(item.entry, room);
        const bool is_directory = entry.type == EntryType::directory;
        if (file != nullptr && path == file_path) {
            breach =
                first_of(breach, breach_at(is_directory ? kFileAsDirectory : kDuplicate, entry));
        } else if (!is_directory) {
            file = &entry;
            file_path = path;
        }
    }
    return breach;
}

std::optional<Breach> find_duplicates(const SeenPaths& seen, std::vector<Item>& items) {
    std::optional<Breach> breach;
    for (auto begin = items.begin(); begin != items.end();) {
        const auto end = std::find_if(
            begin, items.end(), [&](const Item& item) { return item.hash != begin->hash; });
        if (end - begin > 1) {
            breach = first_of(breach, find_duplicate(seen, {begin, end}));
        }
        begin = end;
    }
    return breach;
}

/// Whether one of the folders that a path names is one of `files`.
bool lies_below_file(const SeenPaths& seen,
                     const PathIndex& files,
                     std::uint64_t seed,
                     std::string_view path) {
    PathHash hash(seed);
    std::string room;
    std::size_t begin = 0;
    for (auto slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', begin)) {
        hash.add(path.substr(begin, slash - begin));
        begin = slash + 1;
        const auto is_folder = [&](std::uint32_t file) {
            return seen.path(file, room) == path.substr(0, slash);
        };
        if (files.find(hash.value(), is_folder)) {
            return true;
        }
    }
    return false;
}

std::optional<Breach> find_clash(const SeenPaths& seen, std::uint64_t seed) {
    std::vector<Item> files;
    std::vector<Item> all;
    all.reserve(seen.size());
    std::string room;
    for (std::uint32_t index = 0; index < seen.size(); ++index) {
        all.push_back({.hash = hash_path(seed, seen.path(index, room)), .entry = index});
        if (seen.entry(index).type != EntryType::directory) {
            files.push_back(all.back());
        }
    }
    const PathIndex files_by_path(std::move(files));
    std::optional<Breach> breach;
    for (std::uint32_t index = 0; index < seen.size(); ++index) {
        if (lies_below_file(seen, files_by_path, seed, seen.path(index, room))) {
            breach = first_of(breach, breach_at(kFileAsDirectory, seen.entry(index)));
        }
    }
    std::ranges::sort(all, {}, &Item::hash);
    return first_of(breach, find_duplicates(seen, all));
}

} // namespace

std::optional<Breach> find_name_clash(std::span<const Entry> entries,
                                      std::span<const std::uint32_t> unmarked,
                                      std::uint64_t hash_seed) {
    const auto breach = find_clash({entries, {}}, hash_seed);
    return unmarked.empty() ? breach : first_of(breach, find_clash({entries, unmarked}, hash_seed));
}

} // namespace preflight::unpack
