// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/feed.hpp"
#include "preflight/advisory/starter_image.hpp"

#include <gtest/gtest.h>

namespace preflight::advisory {
namespace {

TEST(StarterImage, IsAnIndexOfTheStarterFeed) {
    const auto feed = Feed::open_starter(starter_image());

    EXPECT_EQ(feed.facts().kind, "starter");
    EXPECT_GE(feed.facts().records, 200);
    EXPECT_TRUE(feed.facts().date.starts_with("2024-")) << feed.facts().date;
    EXPECT_TRUE(feed.find_row("urllib3"));
    EXPECT_FALSE(feed.find_row("no-such-package"));
}

} // namespace
} // namespace preflight::advisory
