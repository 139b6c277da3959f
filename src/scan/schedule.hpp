// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace preflight::scan {

/// In which order the files of an artifact are looked at.
struct Schedule {
    /// Indices of the files of which only one may be in memory at a time, the largest first.
    std::vector<std::size_t> one_by_one;
    /// Indices of all others, the largest first: what begins last should take the shortest.
    std::vector<std::size_t> at_once;
};

/// The size above which of all files only one is held at a time, so that memory does not grow with
/// the number of workers: 16 MiB, less where many workers share 48 MiB.
///
/// Source: performance.md, sections 4 and 5.
[[nodiscard]] std::uint64_t find_large_size(std::size_t workers);

/// Orders files of these sizes, in bytes.
[[nodiscard]] Schedule make_schedule(std::span<const std::uint64_t> sizes, std::size_t workers);

} // namespace preflight::scan
