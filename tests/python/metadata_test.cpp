// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/metadata.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::python {
namespace {

using Problems = std::vector<std::string>;

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

Metadata read(std::string_view text) {
    return parse_metadata(as_bytes(text));
}

TEST(ParseMetadata, ReadsTheFieldsUpToTheFirstEmptyLine) {
    const auto metadata = read("Metadata-Version: 2.1\n"
                               "Name:  Some.Project \n"
                               "version: 1.0\n"
                               "Summary: not kept\n"
                               "Requires-Dist: a (>=1)\n"
                               "REQUIRES-PYTHON: >=3.8\n"
                               "Requires-Dist: b; extra == 'x'\n"
                               "\n"
                               "Name: description\n"
                               "\xFF\n");

    EXPECT_EQ(metadata.metadata_version, "2.1");
    EXPECT_EQ(metadata.name, "Some.Project");
    EXPECT_EQ(metadata.version, "1.0");
    EXPECT_EQ(metadata.requires_python, ">=3.8");
    EXPECT_EQ(metadata.requires_dist, (std::vector<std::string>{"a (>=1)", "b; extra == 'x'"}));
    EXPECT_EQ(metadata.problems, Problems{});
}

TEST(ParseMetadata, TakesEveryKindOfLineEnd) {
    const auto metadata =
        read("\xEF\xBB\xBFName: a\r\nVersion: 1\rRequires-Python: >3\r\n\r\nName: b");

    EXPECT_EQ(metadata.name, "a");
    EXPECT_EQ(metadata.version, "1");
    EXPECT_EQ(metadata.requires_python, ">3");
    EXPECT_EQ(metadata.problems, Problems{});
}

TEST(ParseMetadata, JoinsContinuationLines) {
    const auto metadata = read("Name: a\nRequires-Dist: b\n   (>=1)\n\t ; x\n\nVersion: 1\n");

    EXPECT_EQ(metadata.requires_dist, std::vector<std::string>{"b (>=1) ; x"});
    EXPECT_EQ(metadata.version, "");
}

TEST(ParseMetadata, LetsTheFirstOfARepeatedFieldCount) {
    const auto metadata = read("Name:\nVersion: 1\nversion: 2\nName: b\n");

    EXPECT_EQ(metadata.name, "");
    EXPECT_EQ(metadata.version, "1");
    EXPECT_EQ(metadata.problems,
              (Problems{"line 3: field 'Version' repeated", "line 4: field 'Name' repeated"}));
}

TEST(ParseMetadata, TakesOtherBytesForLatin1AndSaysSo) {
    const auto metadata = read("Name: a\nAuthor: Andr\xE9\nRequires-Python: \xE9\xFF\n");

    EXPECT_EQ(metadata.requires_python, "\xC3\xA9\xC3\xBF");
    EXPECT_EQ(metadata.problems, (Problems{"line 2: not UTF-8", "line 3: not UTF-8"}));
}

/// ASCII in UTF-16, low byte first.
std::string widen(std::string_view text) {
    std::string wide = "\xFF\xFE";
    for (const char byte : text) {
        wide += byte;
        wide += '\0';
    }
    return wide;
}

TEST(ParseMetadata, ReadsWideCharactersAndSaysSo) {
    const auto metadata = read(widen("Name: a\r\nVersion: 1\r\n\r\nName: b"));

    EXPECT_EQ(metadata.name, "a");
    EXPECT_EQ(metadata.version, "1");
    EXPECT_EQ(metadata.problems, Problems{"line 1: UTF-16LE, not UTF-8"});
}

TEST(ParseMetadata, ReadsTheFirstMebibyteOfWideHeaders) {
    const auto fill = [](std::size_t characters) {
        return widen("Name: a\nX: " + std::string(characters - 11, 'x'));
    };

    EXPECT_EQ(read(fill(kMebibyte)).problems.size(), 1);
    EXPECT_EQ(read(fill(kMebibyte + 1)).problems.size(), 2);
    EXPECT_EQ(read(fill(kMebibyte + 1)).name, "a");
}

TEST(HeaderValues, ReadWideCharacters) {
    EXPECT_EQ(header_values(as_bytes(widen("Tag: a\nTag: b\n")), "tag"),
              (std::vector<std::string>{"a", "b"}));
}

TEST(ParseMetadata, GoesOnBehindLinesThatAreNoField) {
    const auto metadata = read(" stray\nno colon\n  goes on\n: no name\nName : blank\nName: a\n");

    EXPECT_EQ(metadata.name, "a");
    EXPECT_EQ(metadata.problems,
              (Problems{"line 1: continues no field",
                        "line 2: not a field",
                        "line 4: not a field",
                        "line 5: not a field"}));
}

TEST(ParseMetadata, NotesAMajorVersionThatIsUnknown) {
    EXPECT_EQ(read("Metadata-Version: 3.0\n").problems,
              Problems{"line 1: unknown metadata version '3.0'"});
    EXPECT_EQ(read("Metadata-Version: 1.0\n").problems, Problems{});
    EXPECT_EQ(read("Metadata-Version: 2.6\n").problems, Problems{});
}

TEST(ParseMetadata, NotesTenProblemsAtMost) {
    std::string text;
    for (int line = 0; line < 9; ++line) {
        text += "x\n";
    }

    EXPECT_EQ(read(text).problems.size(), 9U);
    EXPECT_EQ(read(text + "x\n").problems.size(), 10U);
    EXPECT_EQ(read(text + "x\nx\n").problems.size(), 10U);
}

TEST(ParseMetadata, ReadsTheFirstMebibyteOfHeaders) {
    const std::string_view end = "\nName: a";
    const auto filled = [&](std::size_t size) {
        return "X: " + std::string(size - 3 - end.size(), 'x');
    };

    const auto at_limit = read(filled(kMebibyte) + std::string(end));
    const auto above = read(filled(kMebibyte + 1) + std::string(end) + "b");
    const auto description =
        read(std::string(end.substr(1)) + "\n\n" + std::string(kMebibyte, 'x'));

    EXPECT_EQ(at_limit.name, "a");
    EXPECT_EQ(at_limit.problems, Problems{});
    EXPECT_EQ(above.problems, Problems{"headers go on behind the first MiB"});
    EXPECT_EQ(description.name, "a");
    EXPECT_EQ(description.problems, Problems{});
}

TEST(ParseMetadata, KeepsTheProblemOfACutFileAmongTen) {
    const auto metadata = read("x\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\n" + std::string(kMebibyte, 'x'));

    ASSERT_EQ(metadata.problems.size(), 10U);
    EXPECT_EQ(metadata.problems.back(), "headers go on behind the first MiB");
}

TEST(ParseMetadata, FindsNothingInNothing) {
    EXPECT_EQ(read("").name, "");
    EXPECT_EQ(read("\nName: a\n").name, "");
}

TEST(HeaderValues, GivesAllValuesOfOneKeyInOrder) {
    const std::string_view wheel =
        "Wheel-Version: 1.0\nTag: py2-none-any\ntag: py3-none-any\n\nTag: x";

    EXPECT_EQ(header_values(as_bytes(wheel), "TAG"),
              (std::vector<std::string>{"py2-none-any", "py3-none-any"}));
    EXPECT_EQ(header_values(as_bytes(wheel), "Build"), std::vector<std::string>{});
}

} // namespace
} // namespace preflight::python
