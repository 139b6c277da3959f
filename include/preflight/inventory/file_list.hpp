// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/crypto/sha256.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace preflight::inventory {

/// The regular files of one artifact by path, with what is left of each: its size and its digest.
/// A hundred thousand of them take about 10 MB and their paths.
class FileList {
public:
    struct Item {
        std::string_view path; ///< Borrowed from the list.
        std::uint64_t size = 0;
        crypto::Sha256Digest sha256{};
    };

    void add(std::string_view path, std::uint64_t size, const crypto::Sha256Digest& sha256);

    /// Puts the files in order of path. All that follows wants this after the last add().
    void sort();

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] std::string_view path(std::size_t index) const { return path_of(rows_[index]); }
    [[nodiscard]] Item operator[](std::size_t index) const;

    [[nodiscard]] std::optional<std::size_t> find(std::string_view path) const;
    /// The first and the one behind the last of the files below `folder`; all for the empty folder.
    [[nodiscard]] std::pair<std::size_t, std::size_t> below(std::string_view folder) const;
    /// The first file whose path is not before `path`.
    [[nodiscard]] std::size_t first_from(std::string_view path) const;
    [[nodiscard]] bool has_folder(std::string_view folder) const;

private:
    struct Row {
        std::size_t offset = 0; ///< Of the path in `paths_`.
        std::size_t length = 0;
        std::uint64_t size = 0;
        crypto::Sha256Digest sha256{};
    };

    [[nodiscard]] std::string_view path_of(const Row& row) const {
        return std::string_view(paths_).substr(row.offset, row.length);
    }

    std::string paths_;
    std::vector<Row> rows_;
};

/// Whether a file is made from a source by Python itself: it lies in `__pycache__`, or beside the
/// source. Without one, a `.pyc` is code of its own.
[[nodiscard]] bool is_compiled_copy(std::string_view path, const FileList& files);

} // namespace preflight::inventory
