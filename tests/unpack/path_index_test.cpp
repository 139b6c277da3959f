// SPDX-License-Identifier: Apache-2.0
#include "path_index.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace preflight::unpack {
namespace {

TEST(PathHash, OfAPathIsThatOfItsComponents) {
    PathHash hash(1);
    hash.add("pkg");
    hash.add("module.py");

    EXPECT_EQ(hash.value(), hash_path(1, "pkg/module.py"));
}

TEST(PathHash, TellsPathsApart) {
    const std::vector<std::string> paths = {"",
                                            "a",
                                            "b",
                                            "a/b",
                                            "ab",
                                            "a/bc",
                                            "ab/c",
                                            "abc",
                                            "a/b/c",
                                            std::string("a\0", 2),
                                            "12345678",
                                            "123456789",
                                            "12345678/9",
                                            "12345679"};
    std::set<std::uint64_t> hashes;
    for (const auto& path : paths) {
        hashes.insert(hash_path(1, path));
    }

    EXPECT_EQ(hashes.size(), paths.size());
}

TEST(PathHash, DependsOnTheSeed) {
    EXPECT_NE(hash_path(1, "pkg"), hash_path(2, "pkg"));
}

TEST(PathIndex, FindsTheFirstItemThatMatches) {
    const PathIndex index(
        {{.hash = 7, .entry = 3}, {.hash = 7, .entry = 1}, {.hash = 9, .entry = 2}});

    EXPECT_EQ(index.find(7, [](std::uint32_t) { return true; }), 1U);
    EXPECT_EQ(index.find(7, [](std::uint32_t entry) { return entry == 3; }), 3U);
    EXPECT_EQ(index.find(7, [](std::uint32_t) { return false; }), std::nullopt);
    EXPECT_EQ(index.find(9, [](std::uint32_t) { return true; }), 2U);
    EXPECT_EQ(index.find(8, [](std::uint32_t) { return true; }), std::nullopt);
    EXPECT_EQ(index.find(7 + 64, [](std::uint32_t) { return true; }), std::nullopt);
}

TEST(PathIndex, MayBeEmpty) {
    EXPECT_EQ(PathIndex({}).find(0, [](std::uint32_t) { return true; }), std::nullopt);
}

} // namespace
} // namespace preflight::unpack
