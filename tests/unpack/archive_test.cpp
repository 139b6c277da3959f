// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace preflight::unpack {
namespace {

using test::deflated;
using test::directory;
using test::extra_field;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipLayout;

std::string message_on(const std::string& zip) {
    const auto archive = parse_archive(as_bytes(zip));
    return archive ? "accepted" : archive.error().message;
}

TEST(ParseArchive, ListsEntriesInTheOrderOfTheDirectory) {
    const auto zip = make_zip(ZipLayout{.entries = {stored("b.py", "two"),
                                                    directory("pkg/"),
                                                    deflated("a.py", "one"),
                                                    link("l", "b.py")},
                                        .directory_order = {2, 1, 0, 3}});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_TRUE(archive) << archive.error().message;
    const auto& entries = archive->entries;
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].path, "a.py");
    EXPECT_EQ(entries[0].method, Method::deflated);
    EXPECT_EQ(entries[1].path, "pkg");
    EXPECT_EQ(entries[1].type, EntryType::directory);
    EXPECT_EQ(entries[1].mode, 0755U);
    EXPECT_EQ(entries[2].path, "b.py");
    EXPECT_EQ(entries[2].type, EntryType::file);
    EXPECT_EQ(entries[2].method, Method::stored);
    EXPECT_EQ(entries[2].mode, 0644U);
    EXPECT_EQ(entries[2].size, 3U);
    EXPECT_EQ(entries[2].offset, 0U);
    EXPECT_EQ(entries[2].crc32, test::crc32("two"));
    EXPECT_EQ(as_text(entries[2].data), "two");
    EXPECT_EQ(entries[3].type, EntryType::link);
    EXPECT_EQ(archive->target_of(entries[3]), "b.py");
    EXPECT_EQ(archive->total_bytes, 3U + 3U + 4U);
}

TEST(ParseArchive, DropsTheDotPrefixAndTheSlashOfDirectories) {
    const auto zip = make_zip({directory("./"), directory("./pkg/"), stored("./pkg/a.py", "1")});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_EQ(archive->entries[0].path, "");
    EXPECT_EQ(archive->entries[0].type, EntryType::directory);
    EXPECT_EQ(archive->entries[1].path, "pkg");
    EXPECT_EQ(archive->entries[2].path, "pkg/a.py");
}

TEST(ParseArchive, GivesNoModeWhereTheHostIsNotUnix) {
    const auto zip =
        make_zip({sample().central({.version_made_by = 20, .external_attributes = 0x20})});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_EQ(archive->entries[0].mode, 0U);
}

struct Accepted {
    const char* what;
    std::string zip;
};

// hostile-archives.md, section 7, and what sections 4 and 5 allow.
std::vector<Accepted> peculiarities() {
    const auto described = sample().data_descriptor();
    const auto dos = [](const test::ZipEntry& entry) {
        return entry.central({.version_made_by = 20, .external_attributes = 0});
    };
    return {
        {"no entry at all", make_zip(ZipLayout{})},
        {"descriptor with signature, narrow", make_zip({described, sample().both({.name = "b"})})},
        {"descriptor with signature, wide",
         make_zip({sample().data_descriptor({.is_wide = true})})},
        {"descriptor without signature, narrow",
         make_zip({sample().data_descriptor({.has_signature = false})})},
        {"descriptor without signature, wide",
         make_zip({deflated("a", "1").data_descriptor({.has_signature = false, .is_wide = true}),
                   stored("b", "")})},
        {"descriptor behind true local values",
         make_zip(
             {described.local({.crc32 = test::crc32("12345"), .compressed_size = 5, .size = 5})})},
        {"descriptor behind masked local sizes",
         make_zip({described.local({.compressed_size = 0xFFFFFFFF,
                                    .size = 0xFFFFFFFF,
                                    .extra = test::zip64_extra({0, 0})})})},
        {"descriptor behind a zip64 field of zeros",
         make_zip({described.local({.extra = test::zip64_extra({0, 0})})})},
        {"zip64 forced",
         make_zip(ZipLayout{.entries = {sample().zip64()}, .zip64 = test::Zip64End{}})},
        {"zip64 end record only",
         make_zip(ZipLayout{.entries = {sample()}, .zip64 = test::Zip64End{}})},
        {"zip64 end record that nothing refers to",
         make_zip(
             ZipLayout{.entries = {sample()}, .zip64 = test::Zip64End{.masks_end_record = false}})},
        {"zip64 field that is empty", make_zip({sample().both({.extra = test::zip64_extra({})})})},
        {"zip64 field that repeats sizes, offset and disk",
         make_zip({sample().central(
             {.extra = extra_field(1,
                                   test::little64(5) + test::little64(5) + test::little64(0) +
                                       test::little32(0))})})},
        {"extra field of jar", make_zip({sample().local({.extra = extra_field(0xCAFE, "")})})},
        {"Unicode path that repeats the name",
         make_zip({sample().both({.extra = test::unicode_path_extra("a.py", "a.py")})})},
        {"dot prefix", make_zip({directory("./"), stored("./a.py", "1")})},
        {"UTF-8 without the flag", make_zip({stored("caf\xc3\xa9.py", "1").both({.flags = 0})})},
        {"UTF-8 from host 0", make_zip({dos(stored("caf\xc3\xa9.py", "1"))})},
        {"comment", make_zip(ZipLayout{.entries = {sample()}, .end = {.comment = "of a commit"}})},
        {"comment of an entry", make_zip({sample().central({.comment = "PK"})})},
        {"directory in another order",
         make_zip(ZipLayout{.entries = {sample(), stored("b", "2")}, .directory_order = {1, 0}})},
        {"host in the high byte of version needed",
         make_zip({sample().both({.version_needed = 0x0314})})},
        {"Maven's type bits on a directory",
         make_zip({directory("a/").central({.external_attributes = 0xFFFF0010})})},
        {"deflated directory", make_zip({deflated("a/", "").mode(040755)})},
        {"directory twice", make_zip({directory("a/"), directory("a/")})},
        {"file below no directory entry", make_zip({stored("a/b/c", "1"), stored("a-b", "")})},
        {"level bits in one header", make_zip({sample().local({.flags = 2})})},
        {"no mode", make_zip({sample().mode(0)})},
        {"odd but whole names",
         make_zip({stored("..a/b../.c", "1"), stored(" ", ""), stored("a;1/b;x", "")})},
    };
}

TEST(ParseArchive, AcceptsWhatHonestProducersWrite) {
    for (const auto& [what, zip] : peculiarities()) {
        EXPECT_EQ(verdict_on(zip), "accept") << what << ": " << message_on(zip);
    }
}

TEST(ParseArchive, AcceptsOneShebangLineOnlyWhereItMayBe) {
    const auto with = [](std::string prefix) {
        return make_zip(ZipLayout{.entries = {sample()}, .before = std::move(prefix)});
    };

    EXPECT_EQ(verdict_on(with("#!/usr/bin/env python3\n"), {.may_have_shebang = true}), "accept");
    EXPECT_EQ(verdict_on(with(""), {.may_have_shebang = true}), "accept");
    EXPECT_EQ(verdict_on(with("#!/usr/bin/env python3\n")), "unpack.gap");
    EXPECT_EQ(verdict_on(with("#!a\n#!b\n"), {.may_have_shebang = true}), "unpack.gap");
    EXPECT_EQ(verdict_on(with("#!a"), {.may_have_shebang = true}), "unpack.gap");
    EXPECT_EQ(verdict_on(with("a\n"), {.may_have_shebang = true}), "unpack.gap");
    const auto shifted = make_zip(
        ZipLayout{.entries = {sample()}, .before = "#!a\n", .offsets_count_before = false});
    EXPECT_EQ(verdict_on(shifted, {.may_have_shebang = true}), "unpack.cd-not-adjacent");
}

TEST(ParseArchive, NamesTheFirstBrokenRuleInTheOrderOfTheRules) {
    const auto bad_name = stored("a\\b", "1");
    const auto bad_type = stored("s", "1").mode(0140644);
    const auto bad_flags = stored("f", "1").both({.flags = 1});
    const auto bad_crc = stored("c", "1").both({.crc32 = 0});
    const auto liar = stored("l", "1").local({.name = "m"});

    EXPECT_EQ(verdict_on(make_zip({bad_crc, bad_type})), "unpack.special-file");
    EXPECT_EQ(verdict_on(make_zip({bad_crc, bad_type, bad_name})), "unpack.name-backslash");
    EXPECT_EQ(verdict_on(make_zip({bad_type, bad_name, bad_flags})), "unpack.flags-unsupported");
    EXPECT_EQ(verdict_on(make_zip({bad_type, bad_name, bad_flags, liar})), "unpack.name-mismatch");
    EXPECT_EQ(verdict_on(make_zip({bad_type, liar.junk_before("x")})), "unpack.gap");
    EXPECT_EQ(
        verdict_on(make_zip(ZipLayout{.entries = {liar.junk_before("x")}, .end = {.entries = 2}})),
        "unpack.eocd-count-mismatch");
    EXPECT_EQ(verdict_on(make_zip(
                  ZipLayout{.entries = {liar}, .after = "x", .end = {.disk = 1, .entries = 2}})),
              "unpack.eocd-not-at-end");
}

TEST(ParseArchive, NamesTheBreachAtTheSmallestOffsetWhateverTheDirectorySays) {
    const auto zip = make_zip(ZipLayout{
        .entries = {stored("first\\", "1"), stored("second\n", "2")}, .directory_order = {1, 0}});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().rule_id, "unpack.name-backslash");
    EXPECT_EQ(archive.error().location.offset, 0U);
}

TEST(ParseArchive, SaysWhichEntryWhereAndWhoWritesSuchArchives) {
    const auto second = stored("pkg\\b.py", "67890");
    const auto zip = make_zip({sample(), second});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().location.path, "pkg\\b.py");
    EXPECT_EQ(archive.error().location.offset, sample().local_record().size());
    EXPECT_NE(archive.error().message.find("'pkg\\b.py'"), std::string::npos)
        << archive.error().message;
    EXPECT_NE(archive.error().message.find("byte 39"), std::string::npos)
        << archive.error().message;
    EXPECT_NE(archive.error().message.find("PowerShell"), std::string::npos)
        << archive.error().message;
}

TEST(ParseArchive, NamesTheProducerOfPaddedAndPipedArchives) {
    const auto padded = make_zip({sample()}) + std::string(512, '\0');
    const auto piped = make_zip({stored("-", "1").mode(0010600)});

    EXPECT_EQ(verdict_on(padded), "unpack.eocd-not-at-end");
    EXPECT_NE(message_on(padded).find("bsdtar"), std::string::npos) << message_on(padded);
    EXPECT_EQ(verdict_on(piped), "unpack.special-file");
    EXPECT_NE(message_on(piped).find("'zip -'"), std::string::npos) << message_on(piped);
}

TEST(ParseArchive, EscapesNamesInMessages) {
    const auto message = message_on(make_zip({stored("a\x1b[31m\n::error::x", "1")}));

    EXPECT_EQ(message.find('\x1b'), std::string::npos);
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_NE(message.find("\\x1b"), std::string::npos) << message;
}

TEST(ParseArchive, RefusesEveryTruncation) {
    const auto zip = make_zip({sample(), deflated("b.py", "print('hello')\n").data_descriptor()});
    for (std::size_t length = 0; length < zip.size(); ++length) {
        EXPECT_NE(verdict_on(zip.substr(0, length)), "accept") << length << " of " << zip.size();
    }
}

/// Path and contents of every entry, or "refused".
std::string listing(const std::string& zip) {
    const auto archive = parse_archive(as_bytes(zip));
    if (!archive) {
        return "refused";
    }
    Inflater inflater;
    std::string text;
    for (const auto& entry : archive->entries) {
        const auto contents = inflater.inflate(entry);
        if (!contents) {
            return "refused";
        }
        text += std::string(entry.path) + '=' + std::string(as_text(*contents)) + '\n';
    }
    return text;
}

TEST(ParseArchive, NeverYieldsOtherFilesAfterOneFlippedBit) {
    const auto zip = make_zip({sample(), deflated("b.py", "print('hello')\n").data_descriptor()});
    const auto expected = listing(zip);
    ASSERT_NE(expected, "refused");

    for (std::size_t bit = 0; bit < zip.size() * 8; ++bit) {
        auto damaged = zip;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
        // Dates, versions, permissions and bits of no meaning may change without notice.
        if (const auto seen = listing(damaged); seen != "refused") {
            EXPECT_EQ(seen, expected) << "bit " << bit;
        }
    }
}

} // namespace
} // namespace preflight::unpack
