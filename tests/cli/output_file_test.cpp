// SPDX-License-Identifier: Apache-2.0
#include "output_file.hpp"
#include "support/temporary_directory.hpp"

#include "preflight/base/failure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace preflight::cli {
namespace {

namespace fs = std::filesystem;

std::ptrdiff_t count_files(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

TEST(OutputFile, HasNoNameUntilItIsPublished) {
    const test::TemporaryDirectory folder;
    const auto path = folder.path() / "report.json";

    OutputFile file(path.string(), "new");
    EXPECT_EQ(count_files(folder.path()), 0);

    file.publish();
    EXPECT_EQ(test::content_of(path), "new");
    EXPECT_EQ(count_files(folder.path()), 1);
}

TEST(OutputFile, LeavesAnOldFileWhereItIsNotPublished) {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("report.json", "old");

    { const OutputFile file(path.string(), "new"); }

    EXPECT_EQ(test::content_of(path), "old");
    EXPECT_EQ(count_files(folder.path()), 1);
}

TEST(OutputFile, ReplacesAnOldFileAndWhatAKilledRunLeft) {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("report.json", "old");
    folder.write("report.json.unfinished", "left over");

    OutputFile(path.string(), "new").publish();

    EXPECT_EQ(test::content_of(path), "new");
    EXPECT_EQ(count_files(folder.path()), 1);
}

TEST(OutputFile, WritesThroughToWhatIsNoRegularFile) {
    EXPECT_NO_THROW(OutputFile("/dev/null", "text").publish());
    EXPECT_THROW(OutputFile("/dev/full", "text"), Failure);
}

TEST(OutputFile, SaysWhichFileCannotBeWrittenAndWhy) {
    const test::TemporaryDirectory folder;
    const auto path = folder.path() / "nowhere" / "report.json";

    try {
        const OutputFile file(path.string(), "text");
        FAIL() << "written";
    } catch (const Failure& failure) {
        EXPECT_EQ(std::string(failure.what()),
                  "cannot write the report to '" + path.string() + "': No such file or directory");
    }
}

TEST(OutputFile, DoesNotReplaceADirectory) {
    const test::TemporaryDirectory folder;
    fs::create_directory(folder.path() / "report.json");
    OutputFile file((folder.path() / "report.json").string(), "text");

    EXPECT_THROW(file.publish(), Failure);
}

} // namespace
} // namespace preflight::cli
