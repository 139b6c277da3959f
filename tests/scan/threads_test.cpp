// SPDX-License-Identifier: Apache-2.0
#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/scan/threads.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace preflight::scan {
namespace {

class ThreadsTest : public testing::TestWithParam<std::size_t> {
protected:
    Threads workers_{GetParam()};
};

TEST_P(ThreadsTest, DoEachTaskOnce) {
    constexpr std::size_t kTasks = 1000;
    std::vector<int> done(kTasks, 0);

    workers_.run(kTasks, [&](std::size_t, std::size_t task) { ++done[task]; });

    EXPECT_EQ(std::ranges::count(done, 1), kTasks);
}

TEST_P(ThreadsTest, KeepWhatBelongsToOneWorkerApart) {
    // Plain numbers: under the thread sanitizer two calls at once with one worker are a fault.
    std::vector<std::size_t> tasks_of(workers_.count(), 0);

    workers_.run(1000, [&](std::size_t worker, std::size_t) { ++tasks_of.at(worker); });

    EXPECT_EQ(std::accumulate(tasks_of.begin(), tasks_of.end(), std::size_t{0}), 1000);
}

TEST_P(ThreadsTest, ThrowWhatTheLowestTaskThrew) {
    for (int round = 0; round < 50; ++round) {
        std::atomic<std::size_t> begun = 0;
        try {
            workers_.run(1000, [&](std::size_t, std::size_t task) {
                ++begun;
                if (task >= 10) {
                    throw std::runtime_error(std::to_string(task));
                }
            });
            FAIL() << "nothing was thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_STREQ(error.what(), "10");
        }
        EXPECT_LE(begun, 10 + workers_.count());
    }
}

TEST_P(ThreadsTest, WorkAgainAfterARun) {
    for (std::size_t tasks : {1U, 2U, 0U, 5U, 100U, 3U}) {
        std::atomic<std::size_t> done = 0;
        workers_.run(tasks, [&](std::size_t, std::size_t) { ++done; });
        EXPECT_EQ(done, tasks);
    }
}

TEST_P(ThreadsTest, DoNothingWithoutTasks) {
    workers_.run(0, [](std::size_t, std::size_t) { FAIL(); });
}

INSTANTIATE_TEST_SUITE_P(Counts, ThreadsTest, testing::Values(1, 2, 3, 16));

std::string make_record(int number) {
    std::string text = R"({"id":"A-)";
    text += std::to_string(number % 900);
    text += R"(","modified":"2024-01-02T03:04:0)";
    text += std::to_string(number % 7);
    text += R"(Z","affected":[{"package":{"ecosystem":"PyPI","name":"pkg-)";
    text += std::to_string(number % 30);
    text += R"("},"versions":["1.0"]}]})";
    return text;
}

/// An export with records that cannot be read, and ids that come twice.
std::string make_export() {
    constexpr int kRecords = 1000;
    std::vector<test::ZipEntry> entries;
    entries.reserve(kRecords);
    for (int number = 0; number < kRecords; ++number) {
        entries.push_back(test::deflated(std::to_string(number) + ".json",
                                         number % 50 == 7 ? "{" : make_record(number)));
    }
    return test::make_zip(entries);
}

TEST_P(ThreadsTest, LoadTheSameFeedAsOneThread) {
    const test::TemporaryDirectory folder;
    const auto path = folder.write("all.zip", make_export());
    CallingThread one;

    const auto expected = advisory::load_records({&path, 1}, one);
    const auto loaded = advisory::load_records({&path, 1}, workers_);

    EXPECT_EQ(loaded.rows.size(), 30);
    EXPECT_EQ(loaded.rows, expected.rows);
    EXPECT_EQ(loaded.sources.at(0).records, expected.sources.at(0).records);
    ASSERT_EQ(loaded.unreadable.size(), 20);
    EXPECT_TRUE(std::ranges::equal(loaded.unreadable,
                                   expected.unreadable,
                                   {},
                                   &advisory::UnreadableRecord::where,
                                   &advisory::UnreadableRecord::where));
}

TEST(ThreadsOfNoCount, AreOne) {
    EXPECT_EQ(Threads(0).count(), 1);
}

} // namespace
} // namespace preflight::scan
