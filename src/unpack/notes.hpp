// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headers.hpp"

#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace preflight::unpack {

/// Collects oddities that are no reason to refuse: of each rule one finding, at the first entry
/// that was added, with the number of entries concerned.
class Notes {
public:
    void add(const Rule& rule, std::uint64_t offset, std::string_view name = {});

    /// In order of rule id.
    [[nodiscard]] std::vector<Finding> findings() const;

private:
    struct Note {
        const Rule* rule = nullptr;
        std::uint64_t offset = 0;
        std::string_view name;
        std::size_t count = 0;
    };

    std::vector<Note> notes_;
};

/// What the headers of one entry of a zip show.
void note_entry(const Headers& entry, Notes& notes);

/// What is odd about the mode of a file, where one is recorded.
void note_mode(const Entry& file, Notes& notes);

/// What the entries of an archive of whatever format show: names that differ in case alone, links
/// to absolute paths, what macOS left behind.
void note_whole(const Archive& archive, std::uint64_t hash_seed, Notes& notes);

} // namespace preflight::unpack
