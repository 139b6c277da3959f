// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::unpack {
namespace {

using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

struct Name {
    std::string name;
    std::string_view verdict;
};

std::vector<Name> names() {
    return {
        {"a\0b"s, "unpack.name-control"},
        {"a\nb", "unpack.name-control"},
        {"a\x7f", "unpack.name-control"},
        {"a\xc2\x80", "unpack.name-control"},
        {"a\xc2\x85", "unpack.name-control"},
        {"a\xc2\x9f", "unpack.name-control"},
        {"a\xc2\xa0", "accept"},
        {"a\xe2\x80\x8a", "accept"},
        {"a\xe2\x80\x8b", "unpack.name-control"},
        {"a\xe2\x80\x8d", "unpack.name-control"},
        {"a\xe2\x80\x8e", "unpack.name-bidi"},
        {"a\xe2\x80\x8f", "unpack.name-bidi"},
        {"a\xe2\x80\x90", "accept"},
        {"a\xe2\x80\xa7", "accept"},
        {"a\xe2\x80\xa8", "unpack.name-control"},
        {"a\xe2\x80\xa9", "unpack.name-control"},
        {"a\xe2\x80\xaa", "unpack.name-bidi"},
        {"a\xe2\x80\xae", "unpack.name-bidi"},
        {"a\xe2\x80\xaf", "accept"},
        {"a\xe2\x81\x9f", "accept"},
        {"a\xe2\x81\xa0", "unpack.name-control"},
        {"a\xe2\x81\xa6", "unpack.name-bidi"},
        {"a\xe2\x81\xa9", "unpack.name-bidi"},
        {"a\xe2\x81\xaa", "accept"},
        {"a\xef\xbb\xbf", "unpack.name-control"},
        {"a\xc0\x80", "unpack.name-not-utf8"},
        {"a\xed\xa0\x80", "unpack.name-not-utf8"},
        {"a\xf4\x90\x80\x80", "unpack.name-not-utf8"},
        {"\xff", "unpack.name-not-utf8"},
        {"\xff\\", "unpack.name-backslash"},
        {"\xff\x01", "unpack.name-control"},
        {"\xff\xe2\x80\xae", "unpack.name-bidi"},
        {"\xe2\x84\xab", "unpack.name-not-nfc"}, // ANGSTROM SIGN
        {"\xea\xb0\x80", "accept"},              // a Hangul syllable
        {"\xe1\x84\x80\xe1\x85\xa1", "unpack.name-not-nfc"},
        {"\xe0\xb8\x81\xe0\xb8\xb8", "accept"}, // Thai, with a combining mark
        {"C:a", "unpack.name-absolute"},
        {"./C:a", "unpack.name-absolute"},
        {"\xc3\xa9:a", "unpack.name-absolute"}, // the second character, not byte
        {"ab:c", "accept"},
        {"//a", "unpack.name-absolute"},
        {"\\\\server\\a", "unpack.name-backslash"},
        {".", "unpack.name-component"},
        {"..", "unpack.name-component"},
        {"../a", "unpack.name-component"},
        {"a/..", "unpack.name-component"},
        {"a//b", "unpack.name-component"},
        {"a/./b", "unpack.name-component"},
        {".//a", "unpack.name-component"},
        {"././a", "unpack.name-component"},
        {"./..", "unpack.name-component"},
        {"./a", "accept"},
        {".../a.", "accept"},
        {";1", "unpack.name-version-suffix"},
        {"a;007", "unpack.name-version-suffix"},
        {"a;", "unpack.name-version-suffix"}, // Info-ZIP 6.0 extracts it as "a"
        {"a;x", "accept"},
        {"a;1x", "accept"},
        {"1", "accept"},
        {"a;1/b", "accept"},
        {"a1", "accept"},
    };
}

TEST(EntryNames, HoldNoControlCharacterWhereverItStands) {
    for (std::size_t position = 0; position < 20; ++position) {
        for (const char character : {'\x01', '\x1f', '\x7f'}) {
            auto name = text_of(20);
            name[position] = character;
            EXPECT_EQ(verdict_on(make_zip({stored(name, "")})), "unpack.name-control") << position;
        }
        auto name = text_of(20);
        name[position] = ' ';
        EXPECT_EQ(verdict_on(make_zip({stored(name, "")})), "accept") << position;
    }
}

TEST(EntryNames, AreNotComposedWhereTheyAreTooLong) {
    std::string marks = "q";
    for (const auto* mark : {"\xcc\x81", "\xcc\xa3"}) { // U+0301 after U+0323 would be right
        for (int count = 0; count < 63; ++count) {
            marks += mark;
        }
    }

    EXPECT_EQ(verdict_on(make_zip({stored(marks, "")})), "unpack.name-not-nfc");
    EXPECT_EQ(verdict_on(make_zip({stored(marks + "123", "")})), "unpack.name-too-long");
}

TEST(EntryNames, AreJudgedAlikeWithAndWithoutTheFlagForUtf8) {
    for (const auto& [name, verdict] : names()) {
        EXPECT_EQ(verdict_on(make_zip({stored(name, "x").both({.flags = 0x800})})), verdict)
            << name;
        EXPECT_EQ(verdict_on(make_zip({stored(name, "x").both({.flags = 0})})), verdict) << name;
    }
}

TEST(EntryNames, OfDirectoriesKeepTheSameRules) {
    EXPECT_EQ(verdict_on(make_zip({directory("./")})), "accept");
    EXPECT_EQ(verdict_on(make_zip({directory("/")})), "unpack.name-absolute");
    EXPECT_EQ(verdict_on(make_zip({directory("a//")})), "unpack.name-component");
    EXPECT_EQ(verdict_on(make_zip({directory("../")})), "unpack.name-component");
    EXPECT_EQ(verdict_on(make_zip({directory(".//")})), "unpack.name-component");
    EXPECT_EQ(verdict_on(make_zip({directory("a;1/")})), "unpack.name-version-suffix");
}

struct Clash {
    const char* what;
    std::vector<ZipEntry> entries;
    std::string_view verdict;
};

TEST(EntryNames, MayNotClash) {
    const std::vector<Clash> clashes = {
        {"same file", {stored("a", ""), stored("b", ""), stored("a", "")}, "unpack.duplicate"},
        {"same file with a prefix", {stored("a", ""), stored("./a", "")}, "unpack.duplicate"},
        {"file and link", {stored("a", ""), link("a", "b")}, "unpack.duplicate"},
        {"directory twice", {directory("a/"), directory("a/")}, "accept"},
        {"file and directory", {stored("a", ""), directory("a/")}, "unpack.file-as-directory"},
        {"directory and file", {directory("a/"), stored("a", "")}, "unpack.file-as-directory"},
        {"file below a file", {stored("a/b", ""), stored("a", "")}, "unpack.file-as-directory"},
        {"file far below a file",
         {stored("a", ""), stored("a/b/c/d", "")},
         "unpack.file-as-directory"},
        {"file below a link", {link("l", "d"), stored("l/x", "")}, "unpack.file-as-directory"},
        {"neighbours",
         {stored("a", ""), stored("a!", ""), stored("a-b/c", ""), stored("a.b", "")},
         "accept"},
        {"file below a file, neighbours between",
         {stored("a", ""), stored("a!", ""), stored("a-b", ""), stored("a/b", "")},
         "unpack.file-as-directory"},
        // hostile-archives.md, section 4, row 53: Python reads the first as the second.
        {"alike in the code page of MS-DOS",
         {stored("caf\xc3\xa9.py", "1").both({.flags = 0}),
          stored("caf\xe2\x94\x9c\xe2\x8c\x90.py", "2")},
         "unpack.duplicate"},
        {"not alike, since flagged",
         {stored("caf\xc3\xa9.py", "1"), stored("caf\xe2\x94\x9c\xe2\x8c\x90.py", "2")},
         "accept"},
    };
    for (const auto& clash : clashes) {
        EXPECT_EQ(verdict_on(make_zip(clash.entries)), clash.verdict) << clash.what;
    }
}

TEST(EntryNames, ClashAtTheSecondOfTwo) {
    const auto zip = make_zip({stored("x", ""), stored("a", ""), stored("a", ""), stored("a", "")});

    const auto archive = parse_archive(as_bytes(zip));

    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().location.offset, 2 * stored("x", "").local_record().size());
}

} // namespace
} // namespace preflight::unpack
