// SPDX-License-Identifier: Apache-2.0
#include "support/tar_builder.hpp"

#include "preflight/unpack/tar.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace preflight::unpack {
namespace {

using test::gzip;
using test::make_tar;
using test::tar_entry;
using test::TarEntry;

TarEntry directory(std::string name) {
    return {.name = std::move(name), .type = '5', .mode = 0755};
}

TarEntry link(std::string name, std::string target) {
    return {.name = std::move(name), .type = '2', .mode = 0777, .link_name = std::move(target)};
}

/// An extended header (pax) with one record, which is about the entry behind it.
TarEntry pax(const std::string& key, const std::string& value) {
    const auto body = " " + key + "=" + value + "\n";
    auto length = body.size() + 1;
    while (std::to_string(length).size() + body.size() != length) {
        ++length;
    }
    return {.name = "pax", .content = std::to_string(length) + body, .type = 'x'};
}

struct Seen {
    std::string verdict;
    std::vector<std::pair<std::string, std::string>> files;
};

Seen read(const std::string& bytes, const Limits& limits = {}) {
    Seen seen;
    const auto tar =
        read_tar(as_bytes(bytes), {.limits = limits}, [&](const Entry& file, ByteView contents) {
            seen.files.emplace_back(file.path, as_text(contents));
        });
    seen.verdict = tar ? "accept" : tar.error().rule_id;
    return seen;
}

const std::vector<TarEntry> kHonest = {directory("pkg/"),
                                       {.name = "./pkg/a.py", .content = "x = 1\n"},
                                       {.name = "empty"},
                                       link("pkg/b.py", "a.py"),
                                       {.name = "large", .content = std::string(100'000, 'y')}};

TEST(ReadTar, ShowsEveryFileWithItsContents) {
    const auto tar = make_tar(kHonest);
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"pkg/a.py", "x = 1\n"}, {"empty", ""}, {"large", std::string(100'000, 'y')}};

    for (const auto& bytes : {tar, gzip(tar)}) {
        const auto seen = read(bytes);

        EXPECT_EQ(seen.verdict, "accept");
        EXPECT_EQ(seen.files, expected);
    }
}

TEST(ReadTar, ListsEntriesWithTypeModeAndTarget) {
    const auto bytes = make_tar(kHonest);

    const auto tar = read_tar(as_bytes(bytes), {}, [](const Entry&, ByteView) {});

    ASSERT_TRUE(tar);
    const auto& entries = tar->archive.entries;
    ASSERT_EQ(entries.size(), 5U);
    EXPECT_EQ(entries[0].path, "pkg");
    EXPECT_EQ(entries[0].type, EntryType::directory);
    EXPECT_EQ(entries[0].mode, 0755U);
    EXPECT_EQ(entries[1].offset, 512U);
    EXPECT_EQ(entries[1].size, 6U);
    EXPECT_EQ(entries[3].type, EntryType::link);
    EXPECT_EQ(tar->archive.target_of(entries[3]), "a.py");
    EXPECT_EQ(tar->archive.total_bytes, 100'006U);
}

struct Hostile {
    const char* rule_id;
    std::vector<TarEntry> entries;
};

TEST(ReadTar, RefusesWhatAZipMayNotHoldEither) {
    const TarEntry file = {.name = "a", .content = "1"};
    const std::vector<Hostile> rows = {
        {"unpack.name-absolute", {{.name = "/etc/passwd"}}},
        {"unpack.name-component", {{.name = "../a"}}},
        {"unpack.name-component", {{.name = "a//b"}}},
        {"unpack.name-backslash", {{.name = "a\\b"}}},
        {"unpack.name-control", {{.name = "a\x1b[2J"}}},
        {"unpack.name-not-nfc", {{.name = "cafe\xcc\x81"}}},
        {"unpack.name-not-utf8", {{.name = "caf\xe9"}}},
        {"unpack.duplicate", {file, file}},
        {"unpack.file-as-directory", {file, {.name = "a/b"}}},
        {"unpack.hard-link", {file, {.name = "b", .type = '1', .link_name = "a"}}},
        {"unpack.special-file", {{.name = "pipe", .type = '6'}}},
        {"unpack.special-file", {{.name = "device", .type = '3'}}},
        {"unpack.symlink-target", {link("l", "")}},
        {"unpack.symlink-escape", {link("l", "../../etc/passwd")}},
        {"unpack.symlink-escape", {link("l", "/etc/passwd")}},
        {"unpack.symlink-escape", {link("a/b/c", "../../.."), link("t", "a/b/c/outside")}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(read(make_tar(row.entries)).verdict, row.rule_id) << row.entries.back().name;
    }
}

TEST(ReadTar, ReadsLongNamesOfExtendedHeaders) {
    const auto path = std::string(200, 'd') + "/x.py";

    const auto seen = read(make_tar({pax("path", path), {.name = "short", .content = "1"}}));

    EXPECT_EQ(seen.verdict, "accept");
    ASSERT_EQ(seen.files.size(), 1U);
    EXPECT_EQ(seen.files[0].first, path);
}

TEST(ReadTar, KeepsWithinTheLimits) {
    const auto tar = make_tar({{.name = "a", .content = "123"}, {.name = "b", .content = "45"}});

    EXPECT_EQ(read(tar, {.max_total_bytes = 5}).verdict, "accept");
    EXPECT_EQ(read(tar, {.max_total_bytes = 4}).verdict, "unpack.too-large");
    EXPECT_EQ(read(tar, {.max_entries = 2}).verdict, "accept");
    EXPECT_EQ(read(tar, {.max_entries = 1}).verdict, "unpack.too-many-entries");
    EXPECT_EQ(read(make_tar({pax("path", "ab/cd"), {.name = "x"}}), {.max_path_bytes = 5}).verdict,
              "accept");
    EXPECT_EQ(read(make_tar({pax("path", "ab/cd"), {.name = "x"}}), {.max_path_bytes = 4}).verdict,
              "unpack.name-too-long");
}

TEST(ReadTar, RefusesASizeThatIsNotThereBeforeMemoryIsTakenForIt) {
    const TarEntry bomb = {.name = "a", .content = "1", .size = "77777777777 "};

    EXPECT_EQ(read(make_tar({bomb})).verdict, "unpack.too-large");
}

TEST(ReadTar, RefusesWhatIsCutOff) {
    const auto entry = tar_entry({.name = "a", .content = std::string(2'000, 'x')});

    EXPECT_EQ(read(entry.substr(0, 1'000)).verdict, "unpack.tar-malformed");
    const auto packed = gzip(make_tar(kHonest));
    EXPECT_NE(read(packed.substr(0, packed.size() / 2)).verdict, "accept");
}

TEST(ReadTar, SaysOfOtherBytesThatTheyAreNoTar) {
    for (const auto& bytes : {std::string(),
                              std::string("hello"),
                              std::string("PK\x03\x04"),
                              std::string(2'000, 'x'),
                              gzip("hello"),
                              std::string("LRZI\x00\x06", 6) + std::string(600, 'x')}) {
        EXPECT_EQ(read(bytes).verdict, "unpack.not-tar") << bytes.substr(0, 10);
    }
}

TEST(ReadTar, NotesModesAndCaseCollisions) {
    const auto bytes =
        make_tar({{.name = "a", .mode = 04755}, {.name = "b", .mode = 0600}, {.name = "A"}});

    const auto tar = read_tar(as_bytes(bytes), {}, [](const Entry&, ByteView) {});

    ASSERT_TRUE(tar);
    std::vector<std::string> ids;
    for (const auto& note : tar->archive.notes) {
        ids.push_back(note.rule_id);
    }
    EXPECT_EQ(ids,
              (std::vector<std::string>{
                  "unpack.case-collision", "unpack.mode-setuid", "unpack.mode-unreadable"}));
}

TEST(ReadTar, NotesWhatLibarchiveWarnsOf) {
    // A key that nobody knows is no reason to warn, a record whose length is wrong is.
    const TarEntry broken = {.name = "pax", .content = "99 path=x\n", .type = 'x'};
    const auto bytes = make_tar({broken, {.name = "a", .content = "1"}});

    const auto tar = read_tar(as_bytes(bytes), {}, [](const Entry&, ByteView) {});

    if (tar) {
        ASSERT_EQ(tar->archive.notes.size(), 1U);
        EXPECT_EQ(tar->archive.notes[0].rule_id, "unpack.tar-warning");
    } else {
        EXPECT_EQ(tar.error().rule_id, "unpack.tar-malformed");
    }
}

} // namespace
} // namespace preflight::unpack
