// SPDX-License-Identifier: Apache-2.0
#include "schedule.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace preflight::scan {
namespace {

using Indices = std::vector<std::size_t>;
using Sizes = std::vector<std::uint64_t>;

constexpr std::uint64_t kMiB = 1 << 20U;

TEST(MakeSchedule, PutsTheLargestFirstAndKeepsTheOrderOfEquals) {
    const auto schedule = make_schedule(Sizes{1, 5, 0, 5, 7}, 2);

    EXPECT_EQ(schedule.at_once, (Indices{4, 1, 3, 0, 2}));
    EXPECT_EQ(schedule.one_by_one, Indices{});
}

TEST(MakeSchedule, KeepsLargeFilesApart) {
    const auto large = 16 * kMiB;

    const auto schedule = make_schedule(Sizes{large - 1, large, large + 1, 1, large + 2}, 2);

    EXPECT_EQ(schedule.one_by_one, (Indices{4, 2}));
    EXPECT_EQ(schedule.at_once, (Indices{1, 0, 3}));
}

TEST(MakeSchedule, HasNothingToOrder) {
    const auto schedule = make_schedule({}, 1);

    EXPECT_TRUE(schedule.one_by_one.empty());
    EXPECT_TRUE(schedule.at_once.empty());
}

TEST(FindLargeSize, FallsWithTheNumberOfWorkers) {
    EXPECT_EQ(find_large_size(0), 16 * kMiB);
    EXPECT_EQ(find_large_size(3), 16 * kMiB);
    EXPECT_EQ(find_large_size(4), 12 * kMiB);
    EXPECT_EQ(find_large_size(48), kMiB);
}

} // namespace
} // namespace preflight::scan
