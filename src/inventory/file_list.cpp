// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/file_list.hpp"

#include <algorithm>

namespace preflight::inventory {

void FileList::add(std::string_view path, std::uint64_t size, const crypto::Sha256Digest& sha256) {
    rows_.push_back(
        {.offset = paths_.size(), .length = path.size(), .size = size, .sha256 = sha256});
    paths_ += path;
}

void FileList::sort() {
    const auto path = [this](const Row& row) { return path_of(row); };
    if (!std::ranges::is_sorted(rows_, {}, path)) {
        std::ranges::stable_sort(rows_, {}, path);
    }
}

FileList::Item FileList::operator[](std::size_t index) const {
    const auto& row = rows_[index];
    return {.path = path_of(row), .size = row.size, .sha256 = row.sha256};
}

std::size_t FileList::first_from(std::string_view path) const {
    const auto found =
        std::ranges::lower_bound(rows_, path, {}, [this](const Row& row) { return path_of(row); });
    return static_cast<std::size_t>(found - rows_.begin());
}

std::optional<std::size_t> FileList::find(std::string_view path) const {
    const auto index = first_from(path);
    return index < rows_.size() && path_of(rows_[index]) == path ? std::optional(index)
                                                                 : std::nullopt;
}

std::pair<std::size_t, std::size_t> FileList::below(std::string_view folder) const {
    if (folder.empty()) {
        return {0, rows_.size()};
    }
    const auto start = std::string(folder) + '/';
    const auto behind = std::string(folder) + static_cast<char>('/' + 1);
    return {first_from(start), first_from(behind)};
}

bool FileList::has_folder(std::string_view folder) const {
    const auto [first, last] = below(folder);
    return first != last;
}

bool is_compiled_copy(std::string_view path, const FileList& files) {
    return path.ends_with(".pyc") && (path.find("__pycache__/") != std::string_view::npos ||
                                      files.find(path.substr(0, path.size() - 1)).has_value());
}

} // namespace preflight::inventory
