// SPDX-License-Identifier: Apache-2.0
#include "advisory/sample_advisories.hpp"
#include "support/temporary_directory.hpp"

#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace preflight::advisory {
namespace {

namespace fs = std::filesystem;

const std::string kBuild = "'lambda-preflight db build'";

/// The Failure that opening the index, or looking up a package in it, ends in.
template <class Call>
std::string failure_of(const Call& call) {
    try {
        call();
    } catch (const Failure& failure) {
        return failure.what();
    }
    return "no failure";
}

class IndexTest : public testing::Test {
protected:
    void SetUp() override { write_index(path_, rows_, sources_); }

    void run_sql(const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
        char* error = nullptr;
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
            << error;
        sqlite3_free(error);
        EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
    }

    std::string open_failure() const {
        return failure_of([this] { static_cast<void>(Index::open(path_)); });
    }

    std::string find_failure(std::string_view name) const {
        const auto index = Index::open(path_);
        return failure_of([&] { static_cast<void>(index.find(name)); });
    }

    test::TemporaryDirectory folder_;
    fs::path path_ = folder_.path() / "advisories.db";
    RowsByName rows_ = sample::many_rows(20);
    std::vector<SourceFacts> sources_ = {{.name = "all.zip",
                                          .date = "2024-10-10T00:00:00Z",
                                          .records = 39,
                                          .withdrawn = 2,
                                          .unreadable = 1,
                                          .sha256 = "ab12"}};
};

TEST_F(IndexTest, FindsEachRecordOfEachPackage) {
    const auto index = Index::open(path_);

    for (const auto& [name, row] : rows_) {
        EXPECT_EQ(encode_advisories(index.find(name)), row) << name;
    }
}

TEST_F(IndexTest, FindsNothingOfAnotherPackage) {
    const auto index = Index::open(path_);

    for (const auto* name : {"", "package", "package-", "package-00", "package-99", "zzz"}) {
        EXPECT_TRUE(index.find(name).empty()) << name;
    }
}

TEST_F(IndexTest, TellsWhereItsRecordsCameFrom) {
    const auto index = Index::open(path_);

    ASSERT_EQ(index.sources().size(), 1);
    EXPECT_EQ(index.sources()[0].name, "all.zip");
    EXPECT_EQ(index.sources()[0].date, "2024-10-10T00:00:00Z");
    EXPECT_EQ(index.sources()[0].records, 39);
    EXPECT_EQ(index.sources()[0].withdrawn, 2);
    EXPECT_EQ(index.sources()[0].unreadable, 1);
    EXPECT_EQ(index.sources()[0].sha256, "ab12");
    EXPECT_EQ(index.records(), 39);
    EXPECT_EQ(index.sha256().size(), 64);
}

TEST_F(IndexTest, CanBeReadFromMemory) {
    const auto image = test::content_of(path_);
    const auto index = Index::open(as_bytes(image), "image");

    EXPECT_EQ(index.find("package-7").size(), 2);
    EXPECT_EQ(index.sha256(), Index::open(path_).sha256());
}

TEST_F(IndexTest, KeepsTheFileThatItOpenedWhenAnotherTakesItsPlace) {
    const auto index = Index::open(path_);
    write_index(path_, sample::many_rows(1), {});

    EXPECT_EQ(index.find("package-7").size(), 2);
    EXPECT_TRUE(Index::open(path_).find("package-7").empty());
}

TEST_F(IndexTest, OpensAFileWithAnyCharacterInItsPath) {
    const auto odd = folder_.path() / "a b?c#d%41&mode=rw;\xc3\xa9" / "x y?immutable=0#.db";
    fs::create_directories(odd.parent_path());
    write_index(odd, rows_, sources_);

    EXPECT_EQ(Index::open(odd).find("package-7").size(), 2);
}

TEST_F(IndexTest, OpensAFileBelowALinkedFolder) {
    fs::create_directory_symlink(folder_.path(), folder_.path() / "link");

    EXPECT_EQ(Index::open(folder_.path() / "link" / "advisories.db").find("package-7").size(), 2);
}

TEST_F(IndexTest, RefusesWhatIsNoRegularFile) {
    const auto link = folder_.path() / "link.db";
    fs::create_symlink(path_, link);
    const auto fifo = folder_.path() / "fifo.db";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    const auto missing = folder_.path() / "missing.db";
    const auto lost = folder_.path() / "none" / "missing.db";

    const auto refusal = [](const fs::path& path) {
        return failure_of([&] { static_cast<void>(Index::open(path)); });
    };
    const auto begins = [](const fs::path& path) {
        return "cannot open the index '" + path.string() + "': ";
    };
    EXPECT_EQ(refusal(link),
              begins(link) + "it is a symbolic link; name the file that it points to");
    EXPECT_EQ(refusal(fifo), begins(fifo) + "it is not a regular file");
    EXPECT_EQ(refusal(folder_.path()), begins(folder_.path()) + "it is not a regular file");
    EXPECT_EQ(refusal(missing), begins(missing) + "No such file or directory");
    EXPECT_EQ(refusal(lost), begins(lost) + "No such file or directory");
}

TEST_F(IndexTest, RefusesAFileThatIsNoIndex) {
    const auto begin = "'" + path_.string() + "' is no advisory index: ";
    const auto end = "; build one with " + kBuild;

    folder_.write("advisories.db", "");
    EXPECT_EQ(open_failure(), begin + "it does not bear our mark" + end);
    folder_.write("advisories.db", "hello");
    EXPECT_EQ(open_failure(), begin + "file is not a database" + end);
    folder_.write("advisories.db", std::string(100'000, 'x'));
    EXPECT_EQ(open_failure(), begin + "file is not a database" + end);
}

TEST_F(IndexTest, RefusesTheDatabaseOfAnotherProgram) {
    run_sql("PRAGMA application_id=1");

    EXPECT_EQ(open_failure(),
              "'" + path_.string() +
                  "' is no advisory index: it does not bear our mark; build one with " + kBuild);
}

TEST_F(IndexTest, RefusesAnotherFormat) {
    run_sql("PRAGMA user_version=2");

    EXPECT_EQ(
        open_failure(),
        "'" + path_.string() +
            "' is no advisory index: it has format 2, and this program reads 1; build one with " +
            kBuild);
}

TEST_F(IndexTest, RefusesEveryLengthButItsOwn) {
    const auto image = test::content_of(path_) + std::string(4096, '\0');
    const auto own = image.size() - 4096;

    for (std::size_t size = 0; size < image.size(); size = size < own - 2 ? size + 97 : size + 1) {
        const auto failure = failure_of([&] {
            static_cast<void>(
                Index::open(as_bytes(std::string_view(image).substr(0, size)), "image"));
        });
        EXPECT_EQ(failure == "no failure", size == own) << size << " bytes: " << failure;
    }
}

/// What somebody did to a good index, and what is said of it.
struct Damage {
    const char* name;
    const char* sql;
    const char* what;
};

class DamagedSchema : public IndexTest, public testing::WithParamInterface<Damage> {};

TEST_P(DamagedSchema, IsRefusedAtOnce) {
    run_sql(GetParam().sql);

    EXPECT_EQ(open_failure(),
              "the index '" + path_.string() + "' is damaged: " + GetParam().what +
                  "; build it again with " + kBuild);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    DamagedSchema,
    testing::Values(
        Damage{"NoPackages", "DROP TABLE package", "its schema is not the one of an index"},
        Damage{"OneTableMore", "CREATE TABLE more(x)", "its schema is not the one of an index"},
        Damage{"Trigger",
               "CREATE TRIGGER t AFTER INSERT ON header BEGIN DELETE FROM package; END",
               "its schema is not the one of an index"},
        Damage{"ViewInsteadOfATable",
               "ALTER TABLE package RENAME TO other; CREATE VIEW package AS SELECT * FROM other",
               "its schema is not the one of an index"},
        Damage{"AnotherCollation",
               "DROP TABLE package; CREATE TABLE package(name TEXT NOT NULL UNIQUE COLLATE NOCASE, "
               "data BLOB NOT NULL, digest BLOB NOT NULL)",
               "its schema is not the one of an index"},
        Damage{"NoHeader", "DELETE FROM header", "its header is missing"},
        Damage{"TwoHeaders", "INSERT INTO header SELECT * FROM header", "it has two headers"},
        Damage{"HeaderIsText",
               "UPDATE header SET content = 'x'",
               "its header does not have the digest that was recorded"},
        Damage{"HeaderHasAnotherDigest",
               "UPDATE header SET digest = zeroblob(32)",
               "its header does not have the digest that was recorded"},
        Damage{"HeaderIsEmpty",
               "UPDATE header SET content = x'', "
               "digest = x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
               "in its header the bytes end where a number should be"}),
    [](const auto& test) { return std::string(test.param.name); });

class DamagedRow : public IndexTest, public testing::WithParamInterface<Damage> {};

TEST_P(DamagedRow, IsRefusedWhenItIsAskedFor) {
    run_sql(GetParam().sql);

    EXPECT_EQ(find_failure("package-7"),
              "the index '" + path_.string() + "' is damaged: the row of 'package-7' " +
                  GetParam().what + "; build it again with " + kBuild);
    EXPECT_EQ(find_failure("package-8"), "no failure");
    EXPECT_EQ(find_failure("unknown"), "no failure");
}

INSTANTIATE_TEST_SUITE_P(
    ,
    DamagedRow,
    testing::Values(
        Damage{"Missing", "DELETE FROM package WHERE name = 'package-7'", "is missing"},
        Damage{"Renamed",
               "UPDATE package SET name = 'package-X' WHERE name = 'package-7'",
               "is missing"},
        Damage{"DataOfAnother",
               "UPDATE package SET (data, digest) = (SELECT data, digest FROM package WHERE name = "
               "'package-4') WHERE name = 'package-7'",
               "does not have the digest that was recorded"},
        Damage{"DataIsText",
               "UPDATE package SET data = 'x' WHERE name = 'package-7'",
               "does not have the digest that was recorded"},
        Damage{"DigestIsShorter",
               "UPDATE package SET digest = substr(digest, 1, 31) WHERE name = 'package-7'",
               "does not have the digest that was recorded"}),
    [](const auto& test) { return std::string(test.param.name); });

/// Whether a byte lies in the free middle of a page, of which every sixteenth is looked at.
bool is_unused(const std::string& image, std::size_t byte) {
    constexpr std::size_t kSample = 16;
    return byte % kSample != 0 && byte >= kSample && byte + kSample < image.size() &&
           image.find_first_not_of('\0', byte - kSample) > byte + kSample;
}

/// How often a damaged index is refused, if all its answers are those of the good one.
std::size_t count_refusals(const std::string& image, const RowsByName& rows) {
    std::size_t refused = 0;
    try {
        const auto index = Index::open(as_bytes(image), "image");
        for (const auto& [name, row] : rows) {
            try {
                EXPECT_EQ(encode_advisories(index.find(name)), row) << name;
            } catch (const Failure&) {
                ++refused;
            }
        }
    } catch (const Failure&) {
        ++refused;
    }
    return refused;
}

TEST(DamagedIndex, GivesTheRightAnswerOrNone) {
    const test::TemporaryDirectory folder;
    const auto rows = sample::many_rows(9);
    write_index(folder.path() / "small.db", rows, {{.name = "all.zip"}});
    const auto image = test::content_of(folder.path() / "small.db");
    std::size_t refused = 0;

    for (std::size_t byte = 0; byte < image.size(); ++byte) {
        if (is_unused(image, byte)) {
            continue;
        }
        auto damaged = image;
        const auto mask = byte % 2 == 0 ? 0xFFU : 1U << (byte / 2 % 8); // all bits, or one of them
        damaged[byte] = static_cast<char>(static_cast<unsigned char>(damaged[byte]) ^ mask);
        refused += count_refusals(damaged, rows);
    }

    EXPECT_GT(refused, 0);
}

} // namespace
} // namespace preflight::advisory
