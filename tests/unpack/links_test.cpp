// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace preflight::unpack {
namespace {

using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;

struct Way {
    std::string_view path;
    std::string_view target;
    std::string_view verdict;
};

class LinkTarget : public testing::TestWithParam<Way> {};

TEST_P(LinkTarget, IsFollowed) {
    const auto zip = make_zip({link(std::string(GetParam().path), GetParam().target)});

    EXPECT_EQ(verdict_on(zip), GetParam().verdict)
        << GetParam().path << " -> " << GetParam().target;
}

INSTANTIATE_TEST_SUITE_P(,
                         LinkTarget,
                         testing::Values(Way{"l", "a", "accept"},
                                         Way{"l", "a/./b//c/", "accept"},
                                         Way{"l", ".", "accept"},
                                         Way{"a/l", "..", "accept"},
                                         Way{"l", "..", "unpack.symlink-escape"},
                                         Way{"a/b/l", "../..", "accept"},
                                         Way{"a/b/l", "../../..", "unpack.symlink-escape"},
                                         Way{"l", "a/../..", "unpack.symlink-escape"},
                                         Way{"l", "a/../../b", "unpack.symlink-escape"},
                                         Way{"l", "...", "accept"},
                                         Way{"l", "..a", "accept"},
                                         Way{"l", "l", "unpack.symlink-escape"},
                                         Way{"l", "/", "unpack.symlink-escape"},
                                         Way{"l", "/etc/passwd", "unpack.symlink-escape"},
                                         Way{"l", "/opt", "accept"},
                                         Way{"l", "/opt/python/x", "accept"},
                                         Way{"l", "//opt//x", "accept"},
                                         Way{"l", "/optional", "unpack.symlink-escape"},
                                         Way{"l", "/var/task", "accept"},
                                         Way{"l", "/var/task/a/../b", "accept"},
                                         Way{"l", "/var/tasks", "unpack.symlink-escape"},
                                         Way{"l", "/var", "unpack.symlink-escape"},
                                         Way{"l", "/opt/../etc", "unpack.symlink-escape"},
                                         Way{"l", "/opt/../opt/x", "accept"},
                                         Way{"l", "/../var/task/x", "accept"}));

TEST(Links, MayNotLeadOutTogether) {
    // Each target looks contained when its dots are counted: hostile-archives.md, section 4,
    // row 52.
    const auto zip = make_zip({link("a/b/c/s", "../../.."), link("t", "a/b/c/s/../outside")});

    EXPECT_EQ(verdict_on(zip), "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({link("a/b/c/s", "../../.."), link("t", "a/b/c/s/inside")})),
              "accept");
}

TEST(Links, AreFollowedThroughDirectoriesThatAreLinks) {
    EXPECT_EQ(
        verdict_on(make_zip({link("d", "a/b"), link("a/b/up", "../.."), link("t", "d/up/..")})),
        "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({link("d", "a/b"), link("a/b/up", ".."), link("t", "d/up/..")})),
              "accept");
}

TEST(Links, MayNotGoUpAgainBehindAnAbsoluteOne) {
    const auto absolute = link("d", "/opt");

    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "d/x")})), "accept");
    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "d/..")})), "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "d/../etc/passwd")})),
              "unpack.symlink-escape");
    // Where this archive is unpacked to /var/task, that is /opt/../etc/passwd.
    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "/var/task/d/../etc/passwd")})),
              "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "/opt/d/../etc/passwd")})),
              "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({absolute, link("t", "/var/task/d/etc/passwd")})), "accept");
}

TEST(Links, MayNotGoInCircles) {
    EXPECT_EQ(verdict_on(make_zip({link("a", "b"), link("b", "a")})), "unpack.symlink-escape");
    EXPECT_EQ(verdict_on(make_zip({link("a", "a/a")})), "unpack.symlink-escape");
}

TEST(Links, CostNoMoreThanTheyAreWorth) {
    // Forty links, each of which is found behind thousands of steps that lead nowhere.
    std::string nowhere;
    while (nowhere.size() < 4'000) {
        nowhere += "x/../";
    }
    std::vector<ZipEntry> entries;
    for (int number = 0; number < 2'000; ++number) {
        entries.push_back(
            test::deflated("l" + std::to_string(number), nowhere + "l" + std::to_string(number + 1))
                .mode(0120777));
    }

    EXPECT_EQ(verdict_on(make_zip(entries)), "unpack.symlink-escape");
}

TEST(Links, AreThereForTheUnixHostAlone) {
    for (const unsigned host : {0U, 2U, 5U, 16U, 19U, 30U}) {
        const auto made_by = static_cast<std::uint16_t>(host << 8U | 20U);
        EXPECT_EQ(verdict_on(make_zip({link("l", "a").central({.version_made_by = made_by})})),
                  "unpack.special-file")
            << host;
    }
}

TEST(Links, WithDamagedTextAreRefusedForThat) {
    auto damaged = test::deflated("l", "target").mode(0120777);

    EXPECT_EQ(verdict_on(make_zip({damaged})), "accept");
    EXPECT_EQ(verdict_on(make_zip({damaged.both({.crc32 = 1})})), "unpack.crc-bad");
    EXPECT_EQ(verdict_on(make_zip({damaged.both({.size = 7})})), "unpack.deflate-length");
    EXPECT_EQ(verdict_on(make_zip({damaged.both({.crc32 = 1}), stored("x", "y").mode(0140000)})),
              "unpack.special-file");
}

TEST(Links, AreReadOnlyAfterTheirSizeWasChecked) {
    const auto bomb = test::deflated("l", std::string(100'000, 'x')).mode(0120777);

    EXPECT_EQ(verdict_on(make_zip({bomb})), "unpack.symlink-target");
}

TEST(Links, HoldNoNul) {
    EXPECT_EQ(verdict_on(make_zip({link("l", std::string_view("a\0b", 3))})),
              "unpack.symlink-target");
}

TEST(LinkTargets, OfAnArchiveAreBoundedTogether) {
    constexpr std::size_t kLimit = 8U << 20U;
    const std::size_t longest = 4'095;
    const auto verdict_at = [&](std::size_t total) {
        std::vector<test::ZipEntry> links;
        for (auto left = total; left > 0;) {
            const auto length = std::min(left, longest);
            links.push_back(link("l" + std::to_string(links.size()), text_of(length)));
            left -= length;
        }
        return verdict_on(make_zip(links));
    };

    EXPECT_EQ(verdict_at(kLimit - 1), "accept");
    EXPECT_EQ(verdict_at(kLimit), "accept");
    EXPECT_EQ(verdict_at(kLimit + 1), "unpack.symlink-target");
}

} // namespace
} // namespace preflight::unpack
