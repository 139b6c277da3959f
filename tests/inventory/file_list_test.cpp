// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/file_list.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace preflight::inventory {
namespace {

FileList make_list() {
    FileList files;
    for (const auto* path : {"b/y.py", "a", "b.py", "b/x/z.py", "b0"}) {
        files.add(path, std::string_view(path).size(), {});
    }
    files.sort();
    return files;
}

TEST(FileList, IsInOrderOfPath) {
    const auto files = make_list();

    ASSERT_EQ(files.size(), 5U);
    EXPECT_EQ(files.path(0), "a");
    EXPECT_EQ(files.path(1), "b.py");
    EXPECT_EQ(files.path(2), "b/x/z.py");
    EXPECT_EQ(files.path(4), "b0");
    EXPECT_EQ(files[2].size, 8U);
}

TEST(FileList, FindsAFile) {
    const auto files = make_list();

    EXPECT_EQ(files.find("b/y.py"), 3U);
    EXPECT_FALSE(files.find("b"));
    EXPECT_FALSE(files.find("c"));
    EXPECT_FALSE(FileList().find("a"));
}

TEST(FileList, KnowsWhatLiesBelowAFolder) {
    const auto files = make_list();

    EXPECT_EQ(files.below("b"), std::pair(std::size_t{2}, std::size_t{4}));
    EXPECT_EQ(files.below(""), std::pair(std::size_t{0}, std::size_t{5}));
    EXPECT_TRUE(files.has_folder("b/x"));
    EXPECT_FALSE(files.has_folder("a"));
    EXPECT_FALSE(files.has_folder("b/y.py"));
}

} // namespace
} // namespace preflight::inventory
