// SPDX-License-Identifier: Apache-2.0
#include "advisory/sample_advisories.hpp"
#include "support/temporary_directory.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/base/failure.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace preflight::advisory {
namespace {

namespace fs = std::filesystem;
using sample::record_text;

class FeedTest : public testing::Test {
protected:
    /// Writes an index of one source with each record in a file of its own.
    fs::path write_index_of(const std::string& name,
                            const std::vector<std::string>& records) const {
        for (std::size_t record = 0; record < records.size(); ++record) {
            folder_.write(name + "/" + std::to_string(record) + ".json", records[record]);
        }
        const auto records_path = folder_.path() / name;
        CallingThread worker;
        const auto loaded = load_records({&records_path, 1}, worker);
        auto path = folder_.path() / (name + ".db");
        write_index(path, loaded.rows, loaded.sources);
        return path;
    }

    test::TemporaryDirectory folder_;
    CallingThread worker_;
};

TEST_F(FeedTest, DescribesAnIndex) {
    const auto path = write_index_of("own",
                                     {record_text("A-1", "pkg", "2024-05-01T00:00:00Z"),
                                      record_text("A-2", "pkg", "2024-04-01T00:00:00Z")});

    const auto feed = Feed::open_index(path);

    EXPECT_EQ(feed.facts().name, "own.db");
    EXPECT_EQ(feed.facts().kind, "index");
    EXPECT_EQ(feed.facts().source, path.string());
    EXPECT_EQ(feed.facts().date, "2024-05-01T00:00:00Z");
    EXPECT_EQ(feed.facts().records, 2);
    EXPECT_EQ(feed.facts().sha256, Index::open(path).sha256());
    EXPECT_EQ(feed.facts().commit, "");
    EXPECT_EQ(find_advisories({&feed, 1}, "pkg", "1.0").size(), 2);
    EXPECT_TRUE(find_advisories({&feed, 1}, "other", "1.0").empty());
}

TEST_F(FeedTest, TakesTheNewestDateOfAllSources) {
    const auto path = folder_.path() / "x.db";
    write_index(path,
                {},
                {{.date = "2024-01-01T00:00:00Z"},
                 {.date = "2024-03-01T00:00:00Z"},
                 {.date = "2024-02-01T00:00:00Z"}});

    EXPECT_EQ(Feed::open_index(path).facts().date, "2024-03-01T00:00:00Z");
}

TEST_F(FeedTest, DescribesTheStarter) {
    const auto image = test::content_of(write_index_of("own", {record_text("A-1", "pkg")}));

    const auto feed = Feed::open_starter(as_bytes(image));

    EXPECT_EQ(feed.facts().name, "starter");
    EXPECT_EQ(feed.facts().kind, "starter");
    EXPECT_EQ(feed.facts().source, "built in");
    EXPECT_EQ(feed.facts().date, "2024-01-02T03:04:05Z");
    EXPECT_EQ(feed.facts().records, 1);
    EXPECT_EQ(find_advisories({&feed, 1}, "pkg", "1.0").size(), 1);
}

TEST_F(FeedTest, RefusesADamagedStarter) {
    EXPECT_THROW(static_cast<void>(Feed::open_starter({})), Failure);
    EXPECT_THROW(static_cast<void>(Feed::open_starter(as_bytes("no index"))), Failure);
}

TEST_F(FeedTest, DescribesADirectory) {
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    folder_.write("own/A-2.json", "{");
    const auto path = folder_.path() / "own";

    const auto feed = Feed::read_directory(path, worker_);

    EXPECT_EQ(feed.facts().name, "own");
    EXPECT_EQ(feed.facts().kind, "directory");
    EXPECT_EQ(feed.facts().source, path.string());
    EXPECT_EQ(feed.facts().date, "2024-01-02T03:04:05Z");
    EXPECT_EQ(feed.facts().records, 1);
    EXPECT_EQ(feed.facts().sha256.size(), 64);
    EXPECT_EQ(feed.unreadable().size(), 1);
    EXPECT_EQ(find_advisories({&feed, 1}, "pkg", "1.0").size(), 1);
    EXPECT_TRUE(find_advisories({&feed, 1}, "other", "1.0").empty());
}

TEST_F(FeedTest, DescribesAFileOfRecords) {
    const auto path = folder_.write("A-1.json", record_text("A-1", "pkg"));

    EXPECT_EQ(Feed::read_directory(path, worker_).facts().kind, "osv");
}

TEST_F(FeedTest, AnswersAlikeFromDirectoryAndIndex) {
    const auto index = Feed::open_index(
        write_index_of("own", {record_text("B-1", "pkg"), record_text("A-1", "pkg")}));
    const auto directory = Feed::read_directory(folder_.path() / "own", worker_);

    EXPECT_EQ(index.find_row("pkg"), directory.find_row("pkg"));
}

TEST_F(FeedTest, MergesTheRecordsOfAllFeeds) {
    std::vector<Feed> feeds;
    feeds.push_back(
        Feed::open_index(write_index_of("one",
                                        {record_text("B-1", "pkg", "2024-01-01T00:00:00Z"),
                                         record_text("A-1", "pkg", "2024-01-01T00:00:00Z")})));
    feeds.push_back(
        Feed::open_index(write_index_of("two",
                                        {record_text("B-1", "pkg", "2024-01-01T00:00:00.5Z"),
                                         record_text("A-1", "pkg", "2023-01-01T00:00:00Z"),
                                         record_text("C-1", "pkg", "2023-01-01T00:00:00Z")})));

    const auto advisories = find_advisories(feeds, "pkg", "1.0");

    ASSERT_EQ(advisories.size(), 3);
    EXPECT_EQ(advisories[0].id, "A-1");
    EXPECT_EQ(advisories[0].modified, "2024-01-01T00:00:00Z");
    EXPECT_EQ(advisories[1].id, "B-1");
    EXPECT_EQ(advisories[1].modified, "2024-01-01T00:00:00.5Z");
    EXPECT_EQ(advisories[2].id, "C-1");
    EXPECT_TRUE(find_advisories({}, "pkg", "1.0").empty());
}

} // namespace
} // namespace preflight::advisory
