// SPDX-License-Identifier: Apache-2.0
#include "schedule.hpp"

#include <algorithm>
#include <numeric>

namespace preflight::scan {

std::uint64_t find_large_size(std::size_t workers) {
    constexpr std::uint64_t kMiB = 1 << 20U;
    return std::min(16 * kMiB, 48 * kMiB / std::max<std::size_t>(workers, 1));
}

Schedule make_schedule(std::span<const std::uint64_t> sizes, std::size_t workers) {
    Schedule schedule;
    auto& order = schedule.at_once;
    order.resize(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(
        order, std::ranges::greater(), [&](std::size_t index) { return sizes[index]; });
    const auto large = find_large_size(workers);
    const auto end =
        std::ranges::find_if(order, [&](std::size_t index) { return sizes[index] <= large; });
    schedule.one_by_one.assign(order.begin(), end);
    order.erase(order.begin(), end);
    return schedule;
}

} // namespace preflight::scan
