// SPDX-License-Identifier: Apache-2.0
#include "support/temporary_directory.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/source/directory.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace preflight::source {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPlenty = 1000;

std::string reason_not_to_list(const fs::path& root) {
    try {
        static_cast<void>(list_directory(root, kPlenty));
    } catch (const Failure& failure) {
        return failure.what();
    }
    return "it was listed";
}

class ListDirectory : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        for (const auto& node : list_directory(directory_.path(), kPlenty)) {
            paths.push_back(node.path);
        }
        return paths;
    }

    /// A path of `count` components, the last of which is a file.
    [[nodiscard]] static fs::path nested(int count) {
        fs::path path;
        for (int component = 1; component < count; ++component) {
            path /= "d";
        }
        return path / "file";
    }

    test::TemporaryDirectory directory_;
};

TEST_F(ListDirectory, FindsNothingInAnEmptyDirectory) {
    EXPECT_TRUE(paths().empty());
}

TEST_F(ListDirectory, ListsFilesInByteOrderOfTheirPaths) {
    for (const auto* name : {"b", "a/z", "a.py", "a/b/c", "B", "\xc3\xa9"}) {
        directory_.write(name, "");
    }

    EXPECT_EQ(paths(),
              (std::vector<std::string>{"B", "a", "a.py", "a/b", "a/b/c", "a/z", "b", "\xc3\xa9"}));
}

TEST_F(ListDirectory, ListsDirectoriesAsWell) {
    fs::create_directories(directory_.path() / "empty" / "inner");

    const auto nodes = list_directory(directory_.path(), kPlenty);

    ASSERT_EQ(nodes.size(), 2U);
    EXPECT_EQ(nodes[1].path, "empty/inner");
    EXPECT_EQ(nodes[1].type, NodeType::directory);
    EXPECT_EQ(nodes[1].size, 0U);
}

TEST_F(ListDirectory, KnowsSizeAndModeOfAFile) {
    const auto path = directory_.write("file", "12345");
    fs::permissions(path, fs::perms{0641});

    const auto nodes = list_directory(directory_.path(), kPlenty);

    ASSERT_EQ(nodes.size(), 1U);
    EXPECT_EQ(nodes[0].type, NodeType::file);
    EXPECT_EQ(nodes[0].size, 5U);
    EXPECT_EQ(nodes[0].mode, 0641U);
}

TEST_F(ListDirectory, NamesTheTargetOfALinkAsItIsWritten) {
    fs::create_symlink("../some where", directory_.path() / "link");

    const auto nodes = list_directory(directory_.path(), kPlenty);

    ASSERT_EQ(nodes.size(), 1U);
    EXPECT_EQ(nodes[0].type, NodeType::link);
    EXPECT_EQ(nodes[0].link_target, "../some where");
}

TEST_F(ListDirectory, DoesNotFollowALinkToADirectory) {
    directory_.write("folder/file", "");
    fs::create_directory_symlink(".", directory_.path() / "folder" / "loop");

    EXPECT_EQ(paths(), (std::vector<std::string>{"folder", "folder/file", "folder/loop"}));
}

TEST_F(ListDirectory, CallsAFifoNeitherFileNorLink) {
    ASSERT_EQ(::mkfifo((directory_.path() / "fifo").c_str(), 0600), 0);

    const auto nodes = list_directory(directory_.path(), kPlenty);

    ASSERT_EQ(nodes.size(), 1U);
    EXPECT_EQ(nodes[0].type, NodeType::other);
}

TEST_F(ListDirectory, StopsAtTheLimit) {
    directory_.write("a", "");
    directory_.write("b", "");

    EXPECT_EQ(list_directory(directory_.path(), 3).size(), 2U);
    EXPECT_EQ(list_directory(directory_.path(), 2).size(), 2U);
    EXPECT_EQ(list_directory(directory_.path(), 1).size(), 1U);
}

TEST_F(ListDirectory, GoesDownToTheDeepestLevelAllowed) {
    directory_.write(nested(127), "");
    directory_.write(nested(128), "");

    const auto found = paths();
    EXPECT_TRUE(std::ranges::count(found, nested(127).generic_string()) == 1);
    EXPECT_TRUE(std::ranges::count(found, nested(128).generic_string()) == 1);
}

TEST_F(ListDirectory, StopsOneLevelDeeper) {
    directory_.write(nested(129), "");

    EXPECT_TRUE(
        reason_not_to_list(directory_.path()).ends_with("it lies more than 128 levels deep"));
}

TEST_F(ListDirectory, RefusesWhatIsMissing) {
    const auto path = directory_.path() / "none";

    EXPECT_EQ(reason_not_to_list(path),
              "cannot list '" + path.string() + "': No such file or directory");
}

TEST_F(ListDirectory, RefusesAFile) {
    const auto path = directory_.write("file", "");

    EXPECT_EQ(reason_not_to_list(path), "cannot list '" + path.string() + "': Not a directory");
}

} // namespace
} // namespace preflight::source
