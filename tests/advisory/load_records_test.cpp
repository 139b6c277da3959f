// SPDX-License-Identifier: Apache-2.0
#include "advisory/sample_advisories.hpp"
#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

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

class LoadRecords : public testing::Test {
protected:
    std::string failure_of(const fs::path& path) const {
        try {
            static_cast<void>(load(path));
        } catch (const Failure& failure) {
            return failure.what();
        }
        return "no failure";
    }

    static LoadedRecords load_all(std::span<const fs::path> paths) {
        CallingThread worker;
        return load_records(paths, worker);
    }

    static LoadedRecords load(const fs::path& path) { return load_all({&path, 1}); }

    /// Ids of the records of a package, in their order.
    static std::vector<std::string> ids(const LoadedRecords& loaded, const std::string& name) {
        std::vector<std::string> found;
        if (const auto row = loaded.rows.find(name); row != loaded.rows.end()) {
            const auto advisories = decode_advisories(as_bytes(row->second)).value();
            for (const auto& advisory : advisories) {
                found.push_back(advisory.id);
            }
        }
        return found;
    }

    test::TemporaryDirectory folder_;
};

using Ids = std::vector<std::string>;

TEST_F(LoadRecords, ReadsOneFile) {
    const auto path = folder_.write("A-1.json", record_text("A-1", "Jinja_2"));

    const auto loaded = load(path);

    EXPECT_EQ(ids(loaded, "jinja-2"), Ids{"A-1"});
    ASSERT_EQ(loaded.sources.size(), 1);
    EXPECT_EQ(loaded.sources[0].name, "A-1.json");
    EXPECT_EQ(loaded.sources[0].date, "2024-01-02T03:04:05Z");
    EXPECT_EQ(loaded.sources[0].records, 1);
    EXPECT_EQ(loaded.sources[0].sha256.size(), 64);
}

TEST_F(LoadRecords, ReadsAnExport) {
    const auto zip = test::make_zip({test::deflated("B-1.json", record_text("B-1", "pkg")),
                                     test::stored("A-1.json", record_text("A-1", "pkg")),
                                     test::stored("README.md", "not a record")});

    const auto loaded = load(folder_.write("all.zip", zip));

    EXPECT_EQ(ids(loaded, "pkg"), (Ids{"A-1", "B-1"}));
    EXPECT_TRUE(loaded.unreadable.empty());
    EXPECT_EQ(loaded.sources[0].records, 2);
}

TEST_F(LoadRecords, KnowsAnExportByItsFirstBytes) {
    const auto zip = test::make_zip({test::stored("A-1.json", record_text("A-1", "pkg"))});

    EXPECT_EQ(ids(load(folder_.write("export", zip)), "pkg"), Ids{"A-1"});
}

TEST_F(LoadRecords, ReadsADirectoryOfFilesAndExportsAtAnyDepth) {
    folder_.write("own/2024/A-1.json", record_text("A-1", "pkg"));
    folder_.write("own/osv/all.zip",
                  test::make_zip({test::stored("B-1.json", record_text("B-1", "pkg"))}));
    folder_.write("own/notes.txt", "{");
    folder_.write("own/A-2.json.bak", "{");

    const auto loaded = load(folder_.path() / "own");

    EXPECT_EQ(ids(loaded, "pkg"), (Ids{"A-1", "B-1"}));
    EXPECT_TRUE(loaded.unreadable.empty());
    EXPECT_EQ(loaded.sources[0].name, "own");
}

TEST_F(LoadRecords, NamesADirectoryWithASlashAtItsEnd) {
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));

    EXPECT_EQ(load(folder_.path() / "own" / "").sources[0].name, "own");
}

TEST_F(LoadRecords, DoesNotDependOnTheOrderInWhichFilesWereMade) {
    folder_.write("one/A-1.json", record_text("A-1", "pkg"));
    folder_.write("one/x/B-1.json", record_text("B-1", "pkg"));
    folder_.write("two/x/B-1.json", record_text("B-1", "pkg"));
    folder_.write("two/A-1.json", record_text("A-1", "pkg"));

    const auto one = load(folder_.path() / "one");
    const auto two = load(folder_.path() / "two");

    EXPECT_EQ(one.sources[0].sha256, two.sources[0].sha256);
    EXPECT_EQ(one.rows, two.rows);
}

TEST_F(LoadRecords, DigestsPathsAndContentsOfADirectory) {
    const std::string record = record_text("A-1", "pkg");
    folder_.write("one/A-1.json", record);
    folder_.write("moved/x/A-1.json", record);
    folder_.write("longer/A-1.json", record + "\n");
    folder_.write("same/A-1.json", record);
    folder_.write("same/notes.txt", "no part of the feed");
    const auto sha256 = [this](const char* name) {
        return load(folder_.path() / name).sources[0].sha256;
    };

    EXPECT_NE(sha256("moved"), sha256("one"));
    EXPECT_NE(sha256("longer"), sha256("one"));
    EXPECT_EQ(sha256("same"), sha256("one"));
}

TEST_F(LoadRecords, LeavesWithdrawnRecordsOut) {
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    folder_.write(
        "own/A-2.json",
        record_text(
            "A-2", "pkg", "2024-02-01T00:00:00Z", R"("withdrawn":"2024-01-05T00:00:00Z",)"));

    const auto loaded = load(folder_.path() / "own");

    EXPECT_EQ(ids(loaded, "pkg"), Ids{"A-1"});
    EXPECT_EQ(loaded.sources[0].records, 1);
    EXPECT_EQ(loaded.sources[0].withdrawn, 1);
    EXPECT_EQ(loaded.sources[0].date, "2024-02-01T00:00:00Z");
}

TEST_F(LoadRecords, LeavesFilesWithoutAnAssignedIdOut) {
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    folder_.write("own/PYSEC-0000-CVE-1.json", "{");
    folder_.write("own/all.zip", test::make_zip({test::stored("x/PYSEC-0000-2.json", "{")}));

    const auto loaded = load(folder_.path() / "own");

    EXPECT_EQ(ids(loaded, "pkg"), Ids{"A-1"});
    EXPECT_TRUE(loaded.unreadable.empty());
}

TEST_F(LoadRecords, IgnoresWhatAffectsNoPackageOfPyPI) {
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    folder_.write("own/A-2.json", R"({"id":"A-2","modified":"2024-01-01T00:00:00Z"})");

    EXPECT_EQ(load(folder_.path() / "own").sources[0].records, 1);
}

/// Two records with one id: the package of the one that counts.
struct Rivals {
    const char* name;
    const char* first_modified;
    const char* second_modified;
    const char* winner;
};

class SameIdTwice : public LoadRecords, public testing::WithParamInterface<Rivals> {};

TEST_P(SameIdTwice, CountsTheOneModifiedLast) {
    const auto& [name, first, second, winner] = GetParam();
    const std::vector<fs::path> paths = {
        folder_.write("1/A-1.json", record_text("A-1", "first", first)),
        folder_.write("2/A-1.json", record_text("A-1", "second", second))};

    const auto loaded = load_all(paths);

    EXPECT_EQ(loaded.rows.size(), 1);
    EXPECT_EQ(ids(loaded, winner), Ids{"A-1"});
    EXPECT_EQ(loaded.sources[0].records + loaded.sources[1].records, 1);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    SameIdTwice,
    testing::Values(
        Rivals{"Later", "2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z", "second"},
        Rivals{"Earlier", "2024-01-01T00:00:01Z", "2024-01-01T00:00:00Z", "first"},
        Rivals{"Equal", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "first"},
        Rivals{"EqualWithZeros", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z", "first"},
        Rivals{"Fraction", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000000001Z", "second"},
        Rivals{"LongerFraction", "2024-01-01T00:00:00.9Z", "2024-01-01T00:00:00.89Z", "first"},
        Rivals{"YearOne", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "second"},
        Rivals{"OtherZone", "2024-01-01T00:30:00Z", "2024-01-01T01:00:00+01:00", "first"},
        Rivals{"ZoneBehind", "2024-01-01T00:30:00Z", "2024-01-01T00:00:00-01:00", "second"},
        Rivals{"LowerCase", "2024-01-01T00:00:00Z", "2024-01-01t00:00:01z", "second"},
        Rivals{"NoDate", "2024-01-01T00:00:00Z", "9999", "first"},
        Rivals{"NoDateFirst", "2024-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "second"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(LoadRecords, LetsALaterWithdrawalEndARecord) {
    folder_.write("1/A-1.json", record_text("A-1", "pkg"));
    folder_.write(
        "2/A-1.json",
        record_text(
            "A-1", "pkg", "2024-02-01T00:00:00Z", R"("withdrawn":"2024-02-01T00:00:00Z",)"));
    const std::vector<fs::path> paths = {folder_.path() / "1", folder_.path() / "2"};

    const auto loaded = load_all(paths);

    EXPECT_TRUE(loaded.rows.empty());
    EXPECT_EQ(loaded.sources[0].records, 0);
    EXPECT_EQ(loaded.sources[1].withdrawn, 1);
}

TEST_F(LoadRecords, ReportsAMalformedRecordAndLoadsTheOthers) {
    auto broken_crc = test::stored("C-1.json", record_text("C-1", "pkg")).both({.crc32 = 7});
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    folder_.write("own/A-2.json", "{\"id\":");
    folder_.write("own/A\x1b-3.json", "[]");
    folder_.write("own/all.zip",
                  test::make_zip({broken_crc,
                                  test::stored("B-1.json", record_text("B-1", "pkg")),
                                  test::stored("B-2.json", "nonsense")}));
    folder_.write("own/broken.zip", "PK, but no zip");

    const auto loaded = load(folder_.path() / "own");

    EXPECT_EQ(ids(loaded, "pkg"), (Ids{"A-1", "B-1"}));
    EXPECT_EQ(loaded.sources[0].unreadable, 5);
    const auto own = (folder_.path() / "own").string();
    std::vector<std::string> where;
    for (const auto& record : loaded.unreadable) {
        where.push_back(record.where);
        EXPECT_FALSE(record.why.empty()) << record.where;
    }
    EXPECT_EQ(where,
              (std::vector<std::string>{own + "/A\\x1b-3.json",
                                        own + "/A-2.json",
                                        own + "/all.zip: C-1.json",
                                        own + "/all.zip: B-2.json",
                                        own + "/broken.zip"}));
}

TEST_F(LoadRecords, ReportsALinkThatItDoesNotFollow) {
    const auto target = folder_.write("A-2.json", record_text("A-2", "pkg"));
    folder_.write("own/A-1.json", record_text("A-1", "pkg"));
    fs::create_symlink(target, folder_.path() / "own" / "A-2.json");

    const auto loaded = load(folder_.path() / "own");

    EXPECT_EQ(ids(loaded, "pkg"), Ids{"A-1"});
    ASSERT_EQ(loaded.unreadable.size(), 1);
    EXPECT_EQ(loaded.unreadable[0].why, "it is not a regular file");
}

TEST_F(LoadRecords, ReadsARecordOfTheLargestSizeAndNoLarger) {
    auto text = record_text("A-1", "pkg");
    text.resize(kMaxRecordBytes, ' ');
    folder_.write("own/A-1.json", text);
    EXPECT_EQ(ids(load(folder_.path() / "own"), "pkg"), Ids{"A-1"});

    folder_.write("own/A-2.json", record_text("A-2", "pkg"));
    folder_.write("own/A-1.json", text + " ");
    folder_.write("own/all.zip", test::make_zip({test::deflated("A-3.json", text + " ")}));
    const auto loaded = load(folder_.path() / "own");
    EXPECT_EQ(ids(loaded, "pkg"), Ids{"A-2"});
    ASSERT_EQ(loaded.unreadable.size(), 2);
    EXPECT_EQ(loaded.unreadable[0].why, "it has 16777217 bytes, more than the limit of 16777216");
    EXPECT_EQ(loaded.unreadable[1].why, loaded.unreadable[0].why);
}

TEST_F(LoadRecords, RefusesAPathWithoutAnyRecord) {
    const auto nothing = [](const fs::path& path) {
        return "'" + path.string() + "' holds no OSV record";
    };
    fs::create_directory(folder_.path() / "empty");
    const auto empty_zip = folder_.write("empty.zip", test::make_zip(test::ZipLayout{}));
    const auto other_zip =
        folder_.write("other.zip", test::make_zip({test::stored("a.py", "x = 1")}));
    const auto broken = folder_.write("broken.json", "{}");

    EXPECT_EQ(failure_of(folder_.path() / "empty"), nothing(folder_.path() / "empty"));
    EXPECT_EQ(failure_of(other_zip), nothing(other_zip));
    EXPECT_EQ(failure_of(broken),
              nothing(broken) + "; in '" + broken.string() + "': 'id' is missing");
    EXPECT_NE(failure_of(empty_zip), "no failure");
}

TEST_F(LoadRecords, RefusesASecondPathWithoutAnyRecord) {
    const auto good = folder_.write("A-1.json", record_text("A-1", "pkg"));
    fs::create_directory(folder_.path() / "empty");
    const std::vector<fs::path> paths = {good, folder_.path() / "empty"};

    EXPECT_THROW(static_cast<void>(load_all(paths)), Failure);
}

TEST_F(LoadRecords, RefusesAnExportThatIsNoZip) {
    const auto path = folder_.write("all.zip", "PK, but no zip");

    EXPECT_TRUE(failure_of(path).starts_with("cannot read '" + path.string() + "': "));
}

TEST_F(LoadRecords, RefusesAPathThatIsNotThere) {
    const auto path = folder_.path() / "none";

    EXPECT_EQ(failure_of(path), "cannot read '" + path.string() + "': No such file or directory");
}

TEST_F(LoadRecords, GivesNothingForNoPaths) {
    EXPECT_TRUE(load_all({}).sources.empty());
}

} // namespace
} // namespace preflight::advisory
