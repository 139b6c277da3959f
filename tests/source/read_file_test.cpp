// SPDX-License-Identifier: Apache-2.0
#include "support/temporary_directory.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/source/read_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace preflight::source {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kPlenty = 1U << 20U;

std::string reason_not_to_read(const fs::path& path, std::uint64_t max_bytes = kPlenty) {
    try {
        static_cast<void>(read_file(path, max_bytes));
    } catch (const Failure& failure) {
        return failure.what();
    }
    return "it was read";
}

class ReadFile : public testing::Test {
protected:
    [[nodiscard]] std::string refusal(const fs::path& path, const std::string& cause) const {
        return "cannot read '" + path.string() + "': " + cause;
    }

    test::TemporaryDirectory directory_;
};

TEST_F(ReadFile, GivesEveryByte) {
    const std::string content("a\0\xff\r\n", 5);
    const auto path = directory_.write("file", content);

    EXPECT_EQ(as_text(read_file(path, kPlenty).view()), content);
}

TEST_F(ReadFile, GivesNothingForAnEmptyFile) {
    EXPECT_TRUE(read_file(directory_.write("file", ""), kPlenty).view().empty());
    EXPECT_TRUE(read_file(directory_.write("file", ""), 0).view().empty());
}

TEST_F(ReadFile, ReadsMoreThanAPipeHolds) {
    const std::string content(300'000, 'x');

    EXPECT_EQ(as_text(read_file(directory_.write("file", content), kPlenty).view()), content);
}

TEST_F(ReadFile, ReadsALargeFileInPieces) {
    std::string content;
    while (content.size() < (20U << 20U)) {
        content += std::to_string(content.size()) + "\n";
    }
    CallingThread alone;

    const auto file = read_file(directory_.write("file", content), content.size(), alone);

    EXPECT_TRUE(as_text(file.view()) == content); // no EXPECT_EQ, which would print it
}

TEST_F(ReadFile, ReadsUpToTheLimit) {
    const auto path = directory_.write("file", "1234567");

    EXPECT_EQ(as_text(read_file(path, 8).view()), "1234567");
    EXPECT_EQ(as_text(read_file(path, 7).view()), "1234567");
}

TEST_F(ReadFile, RefusesOneByteOverTheLimit) {
    const auto path = directory_.write("file", "1234567");

    EXPECT_EQ(reason_not_to_read(path, 6),
              refusal(path, "it has 7 bytes, more than the limit of 6"));
}

TEST_F(ReadFile, RefusesAHugeFileBeforeItTakesMemory) {
    const auto path = directory_.write("file", "");
    fs::resize_file(path, 1ULL << 40U); // one tebibyte that takes no room

    EXPECT_EQ(reason_not_to_read(path),
              refusal(path, "it has 1099511627776 bytes, more than the limit of 1048576"));
}

TEST_F(ReadFile, RefusesWhatIsMissing) {
    const auto path = directory_.path() / "file";

    EXPECT_EQ(reason_not_to_read(path), refusal(path, "No such file or directory"));
}

TEST_F(ReadFile, RefusesADirectory) {
    EXPECT_EQ(reason_not_to_read(directory_.path()),
              refusal(directory_.path(), "it is a directory"));
}

TEST_F(ReadFile, RefusesAFifoWithoutWaitingForAWriter) {
    const auto path = directory_.path() / "fifo";
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);

    EXPECT_EQ(reason_not_to_read(path), refusal(path, "it is not a regular file"));
}

TEST_F(ReadFile, RefusesADevice) {
    EXPECT_EQ(reason_not_to_read("/dev/zero"), refusal("/dev/zero", "it is not a regular file"));
}

TEST_F(ReadFile, RefusesASymbolicLinkToAFile) {
    const auto path = directory_.path() / "link";
    fs::create_symlink(directory_.write("file", "x"), path);

    EXPECT_EQ(reason_not_to_read(path),
              refusal(path, "it is a symbolic link; name the file that it points to"));
}

TEST_F(ReadFile, FollowsALinkInTheMiddleOfThePath) {
    directory_.write("folder/file", "x");
    fs::create_directory_symlink("folder", directory_.path() / "link");

    EXPECT_EQ(as_text(read_file(directory_.path() / "link" / "file", kPlenty).view()), "x");
}

TEST_F(ReadFile, RefusesAFileThatHasMoreBytesThanItSays) {
    // Files below /proc say that they have no bytes, and then yield some: they stand for one that
    // grows.
    EXPECT_EQ(reason_not_to_read("/proc/self/status"),
              refusal("/proc/self/status", "it changed while it was read"));
}

TEST_F(ReadFile, EscapesTheNameInItsRefusal) {
    EXPECT_EQ(reason_not_to_read("a\x1b[0m"), "cannot read 'a\\x1b[0m': No such file or directory");
}

} // namespace
} // namespace preflight::source
