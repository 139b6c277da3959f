// SPDX-License-Identifier: Apache-2.0
#include "advisory/sample_advisories.hpp"
#include "support/temporary_directory.hpp"

#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>

namespace preflight::advisory {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& item : fs::directory_iterator(folder)) {
        names.insert(item.path().filename());
    }
    return names;
}

std::string failure_of_writing(const fs::path& path, const RowsByName& rows) {
    try {
        write_index(path, rows, {});
    } catch (const Failure& failure) {
        return failure.what();
    }
    return "no failure";
}

class WriteIndex : public testing::Test {
protected:
    test::TemporaryDirectory folder_;
    fs::path path_ = folder_.path() / "advisories.db";
};

TEST_F(WriteIndex, WritesTheSameBytesFromTheSameRecords) {
    const auto other = folder_.path() / "other.db";
    write_index(path_, sample::many_rows(50), {{.name = "all.zip"}});
    const auto old_mask = ::umask(0077);
    write_index(other, sample::many_rows(50), {{.name = "all.zip"}});
    ::umask(old_mask);

    EXPECT_EQ(test::content_of(path_), test::content_of(other));
}

TEST_F(WriteIndex, LeavesNothingButTheIndexAndItsLock) {
    write_index(path_, sample::many_rows(5), {});

    EXPECT_EQ(names_in(folder_.path()),
              (std::set<std::string>{"advisories.db", "advisories.db.lock"}));
}

TEST_F(WriteIndex, WritesAnIndexWithoutPackages) {
    write_index(path_, {}, {});

    const auto index = Index::open(path_);
    EXPECT_EQ(index.records(), 0);
    EXPECT_TRUE(index.find("package-1").empty());
}

TEST_F(WriteIndex, TakesThePlaceOfWhateverWasThere) {
    for (const auto* old : {"", "not an index", "SQLite format 3"}) {
        folder_.write("advisories.db", old);

        write_index(path_, sample::many_rows(5), {});

        EXPECT_EQ(Index::open(path_).find("package-2").size(), 3);
    }
}

TEST_F(WriteIndex, RemovesWhatAKilledRunHasLeft) {
    folder_.write("advisories.db.unfinished", "half an index");

    write_index(path_, sample::many_rows(5), {});

    EXPECT_EQ(names_in(folder_.path()),
              (std::set<std::string>{"advisories.db", "advisories.db.lock"}));
}

TEST_F(WriteIndex, DoesNotWriteThroughALinkInThePlaceOfItsFiles) {
    const auto victim = folder_.write("victim", "untouched");
    fs::create_symlink(victim, folder_.path() / "advisories.db.unfinished");
    write_index(path_, sample::many_rows(5), {});
    fs::remove(folder_.path() / "advisories.db.lock");
    fs::create_symlink(victim, folder_.path() / "advisories.db.lock");

    EXPECT_EQ(failure_of_writing(path_, {}),
              "cannot write the index '" + path_.string() + "': Too many levels of symbolic links");
    EXPECT_EQ(test::content_of(victim), "untouched");
}

TEST_F(WriteIndex, RefusesAPlaceWhereNoFileCanBe) {
    const auto missing = folder_.path() / "none" / "advisories.db";
    EXPECT_EQ(failure_of_writing(missing, {}),
              "cannot write the index '" + missing.string() + "': No such file or directory");

    EXPECT_EQ(failure_of_writing(folder_.path() / "", {}),
              "cannot write the index '" + folder_.path().string() + "/': it names no file");

    fs::create_directory(path_);
    EXPECT_EQ(failure_of_writing(path_, {}),
              "cannot write the index '" + path_.string() + "': Is a directory");
    EXPECT_EQ(names_in(folder_.path()),
              (std::set<std::string>{"advisories.db", "advisories.db.lock"}));
}

/// The size of a row with one advisory whose summary has so many bytes, and that summary.
RowsByName rows_of_size(std::size_t row_bytes) {
    Advisory advisory{.id = "A", .summary = std::string(1U << 20U, 's')};
    const auto beside = encode_advisories({advisory}).size() - advisory.summary.size();
    // The length of a summary of 2 MiB and more takes one byte more.
    advisory.summary.resize(row_bytes - beside - 1, 's');
    return {{"big", encode_advisories({advisory})}};
}

TEST_F(WriteIndex, WritesNoRowThatAReaderWouldRefuse) {
    constexpr std::size_t kMost = (16U << 20U) - 4096;
    const auto largest = rows_of_size(kMost - 3);
    ASSERT_EQ(largest.at("big").size() + 3, kMost);

    write_index(path_, largest, {});
    EXPECT_EQ(Index::open(path_).find("big").size(), 1);

    EXPECT_EQ(failure_of_writing(path_, rows_of_size(kMost - 2)),
              "cannot write the index '" + path_.string() +
                  "': the row of 'big' would be larger than the limit of 16777216 bytes");
    EXPECT_EQ(Index::open(path_).find("big").size(), 1);
}

/// What a child process ends with.
enum class ChildExit { wrote = 10, failed = 11 };

/// Starts a process that writes an index of so many packages.
template <class Preparation>
pid_t start_writing(const fs::path& path, const RowsByName& rows, const Preparation& prepare) {
    const pid_t child = ::fork();
    if (child == 0) {
        prepare();
        const auto failure = failure_of_writing(path, rows);
        ::_exit(static_cast<int>(failure == "no failure" ? ChildExit::wrote : ChildExit::failed));
    }
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return status;
}

TEST_F(WriteIndex, KeepsTheOldIndexWhenTheDiskIsFull) {
    write_index(path_, sample::many_rows(3), {});
    const auto old = test::content_of(path_);
    const auto rows = sample::many_rows(2000);

    for (const rlim_t most : {0U, 1U, 4096U, 20'000U, 100'000U}) {
        // A limit on the size of files stands for a full disk: write() fails half-way.
        const auto child = start_writing(path_, rows, [most] {
            const rlimit limit{.rlim_cur = most, .rlim_max = most};
            if (::setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
                std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) {
                ::_exit(1);
            }
        });
        const int status = wait_for(child);

        ASSERT_TRUE(WIFEXITED(status));
        EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(ChildExit::failed)) << most;
        EXPECT_EQ(test::content_of(path_), old) << most;
        EXPECT_EQ(names_in(folder_.path()),
                  (std::set<std::string>{"advisories.db", "advisories.db.lock"}));
    }
}

TEST_F(WriteIndex, LeavesTheOldOrTheNewIndexWhenItIsKilled) {
    const auto old_rows = sample::many_rows(3);
    const auto new_rows = sample::many_rows(600);
    write_index(path_, old_rows, {});
    const auto old_sha256 = Index::open(path_).sha256();
    write_index(folder_.path() / "new.db", new_rows, {});
    const auto new_sha256 = Index::open(folder_.path() / "new.db").sha256();

    bool is_written = false;
    for (std::chrono::microseconds moment(0); !is_written; moment += std::chrono::milliseconds(1)) {
        const auto child = start_writing(path_, new_rows, [] {});
        std::this_thread::sleep_for(moment);
        ::kill(child, SIGKILL);
        is_written = WIFEXITED(wait_for(child));

        const auto index = Index::open(path_);
        ASSERT_TRUE(index.sha256() == old_sha256 || index.sha256() == new_sha256);
        for (const auto& [name, row] : index.sha256() == old_sha256 ? old_rows : new_rows) {
            ASSERT_EQ(encode_advisories(index.find(name)), row);
        }
        if (index.sha256() == new_sha256) { // killed after the rename: back to the start
            write_index(path_, old_rows, {});
        }
    }
}

TEST_F(WriteIndex, WaitsForAnotherWriter) {
    write_index(path_, sample::many_rows(3), {});
    const int lock = ::open((path_.string() + ".lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    const auto old = test::content_of(path_);

    const auto child = start_writing(path_, sample::many_rows(4), [] {});
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(::waitpid(child, nullptr, WNOHANG), 0);
    EXPECT_EQ(test::content_of(path_), old);

    // The child has a copy of the descriptor, and with it of the lock, so to close it is not
    // enough.
    ASSERT_EQ(::flock(lock, LOCK_UN), 0);
    EXPECT_EQ(WEXITSTATUS(wait_for(child)), static_cast<int>(ChildExit::wrote));
    EXPECT_EQ(Index::open(path_).find("package-3").size(), 1);
    ::close(lock);
}

} // namespace
} // namespace preflight::advisory
