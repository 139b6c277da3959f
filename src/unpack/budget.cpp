// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"

#include <limits>

namespace preflight::unpack {

namespace {

/// Whether `size` bytes can come out of `compressed` ones. An empty file is a byte of deflate,
/// hence the one more.
bool is_possible(std::uint64_t size, std::uint64_t compressed, std::uint64_t max_ratio) {
    const auto limit = std::numeric_limits<std::uint64_t>::max() / (max_ratio + 1);
    return compressed >= limit || size <= max_ratio * (compressed + 1);
}

std::string exceeding(std::uint64_t number, std::uint64_t limit) {
    return "; " + std::to_string(number) + " is more than the limit of " + std::to_string(limit);
}

} // namespace

std::optional<Finding>
find_excess(std::uint64_t entries, std::uint64_t total_bytes, const Limits& limits) {
    if (entries > limits.max_entries) {
        auto finding = make_finding(kTooManyEntries);
        finding.message += exceeding(entries, limits.max_entries);
        return finding;
    }
    if (total_bytes > limits.max_total_bytes) {
        auto finding = make_finding(kTooLarge);
        finding.message += exceeding(total_bytes, limits.max_total_bytes);
        return finding;
    }
    return std::nullopt;
}

Finding refuse_size(std::string_view message) {
    auto finding = make_finding(kTooLarge);
    finding.message = message;
    return finding;
}

Finding refuse_entries(std::uint64_t offset, const Limits& limits) {
    auto finding = refuse(kTooManyEntries, offset);
    finding.message += "; the limit is " + std::to_string(limits.max_entries);
    return finding;
}

Finding refuse_bytes(const Entry& entry, const Limits& limits) {
    auto finding = refuse(kTooLarge, entry.offset, entry.path);
    finding.message += "; the limit is " + std::to_string(limits.max_total_bytes) + " bytes";
    return finding;
}

std::optional<Finding> check_budget(std::span<const Entry> entries,
                                    std::span<const std::uint32_t> by_offset,
                                    const Limits& limits) {
    auto left = limits.max_total_bytes;
    for (const auto index : by_offset) {
        const auto& entry = entries[index];
        if (entry.size > left) {
            return refuse_bytes(entry, limits);
        }
        left -= entry.size;
        if (!is_possible(entry.size, entry.data.size(), limits.max_ratio)) {
            return refuse(kRatioImpossible, entry.offset, entry.path);
        }
    }
    return std::nullopt;
}

} // namespace preflight::unpack
