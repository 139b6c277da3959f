// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/requirements_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::python {
namespace {

RequirementsFile read(std::string_view text) {
    return parse_requirements_file(as_bytes(text));
}

/// `line name==version`, a pin each.
std::vector<std::string> pins(const RequirementsFile& file) {
    std::vector<std::string> texts;
    for (const auto& pin : file.pins) {
        texts.push_back(std::to_string(pin.line) + " " + pin.name + "==" + pin.version);
    }
    return texts;
}

TEST(ParseRequirementsFile, ReadsPins) {
    const auto file = read("\xEF\xBB\xBF# made by hand\n"
                           "Django==4.2.0\n"
                           "\n"
                           "  Foo.Bar [a, B_c] ==  v01.0+L_1   # why\n"
                           "a[]==1");

    EXPECT_EQ(pins(file),
              (std::vector<std::string>{"2 django==4.2.0", "4 foo-bar==1.0+l.1", "5 a==1"}));
    EXPECT_TRUE(file.unjudged.empty());
    EXPECT_EQ(file.line_count, 5U);
    EXPECT_EQ(file.silent_count, 2U);
}

TEST(ParseRequirementsFile, KeepsAVersionThatIsNoneAsWritten) {
    EXPECT_EQ(pins(read("a==2.0-Final_x\n")), std::vector<std::string>{"1 a==2.0-Final_x"});
}

TEST(ParseRequirementsFile, SplitsLinesWherePythonDoes) {
    const auto file = read("a==1\nb==1\rc==1\r\nd==1\x0B"
                           "e==1\x0C"
                           "f==1\x1C"
                           "g==1\x1D"
                           "h==1\x1E"
                           "i==1\xC2\x85j==1\xE2\x80\xA8k==1\xE2\x80\xA9l==1");

    ASSERT_EQ(file.pins.size(), 12U);
    EXPECT_EQ(file.pins.back().name, "l");
    EXPECT_EQ(file.pins.back().line, 12U);
    EXPECT_EQ(file.line_count, 12U);
}

TEST(ParseRequirementsFile, CountsNoLineBehindTheLastEnd) {
    EXPECT_EQ(read("").line_count, 0U);
    EXPECT_EQ(read("a==1").line_count, 1U);
    EXPECT_EQ(read("a==1\n").line_count, 1U);
    EXPECT_EQ(read("a==1\n\n").line_count, 2U);
}

struct Unjudged {
    std::string_view name;
    std::string text;
    std::string_view why;
};

class UnjudgedLines : public testing::TestWithParam<Unjudged> {};

TEST_P(UnjudgedLines, SayWhy) {
    const auto file = read("a==1\n" + GetParam().text + "\nb==2\n");

    ASSERT_EQ(file.unjudged.size(), 1U);
    EXPECT_EQ(file.unjudged[0].why, GetParam().why);
    EXPECT_EQ(file.unjudged[0].line, 2U);
    EXPECT_EQ(file.unjudged[0].line_count, 1U);
    EXPECT_EQ(pins(file), (std::vector<std::string>{"1 a==1", "3 b==2"}));
}

INSTANTIATE_TEST_SUITE_P(
    Lines,
    UnjudgedLines,
    testing::Values(Unjudged{"Include", "-r other.txt", "an option"},
                    Unjudged{"Index", "--index-url=https://example.org/simple", "an option"},
                    Unjudged{"Hash", "c==1 --hash=sha256:00", "an option behind the requirement"},
                    Unjudged{"Marker", "c==1; python_version < '3'", "a marker"},
                    Unjudged{"Variable", "c==${VERSION}", "an environment variable"},
                    Unjudged{"Url", "https://example.org/c-1.zip", "a URL"},
                    Unjudged{"DirectUrl", "c @ file:c", "a URL"},
                    Unjudged{"Path", "./c", "a path"},
                    Unjudged{"WindowsPath", "c\\d.whl", "a path"},
                    Unjudged{"NameAlone", "c", "no version is pinned"},
                    Unjudged{"ExtrasAlone", "c[x] # y", "no version is pinned"},
                    Unjudged{"Range", "c>=1", "a range of versions"},
                    Unjudged{"TwoClauses", "c==1,<2", "a range of versions"},
                    Unjudged{"Prefix", "c==1.*", "a range of versions"},
                    Unjudged{"Parentheses", "c (==1)", "a range of versions"},
                    Unjudged{"Identity", "c===1", "arbitrary equality"},
                    Unjudged{"SingleEquals", "c=1", "not a requirement"},
                    Unjudged{"TwoWords", "c d", "not a requirement"},
                    Unjudged{"BadName", "-c-==1", "an option"},
                    Unjudged{"NameEndsInDash", "c-==1", "not a requirement"},
                    Unjudged{"OpenExtras", "c[x==1", "not a requirement"},
                    Unjudged{"CommaAtEndOfExtras", "c[x,]==1", "not a requirement"},
                    Unjudged{"EmptyExtra", "c[x,,y]==1", "not a requirement"},
                    Unjudged{"NoVersion", "c==", "not a version"},
                    Unjudged{"TwoPins", "c==1 d==2", "not a version"},
                    Unjudged{"HashSignInside", "c==1#d", "not a version"},
                    Unjudged{"TabBeforeHash", "c==1\t--hash=x", "not a version"},
                    Unjudged{"NotUtf8", "c==1 # \xFF", "not UTF-8"},
                    Unjudged{"Nul", std::string("c==1\0", 5), "not a version"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseRequirementsFile, HandsBackJoinedLinesAsOne) {
    const auto file = read("a==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\nb==2\n");

    ASSERT_EQ(file.unjudged.size(), 1U);
    EXPECT_EQ(file.unjudged[0].line, 1U);
    EXPECT_EQ(file.unjudged[0].line_count, 3U);
    EXPECT_EQ(file.unjudged[0].text, "a==1     --hash=sha256:00     --hash=sha256:11");
    EXPECT_EQ(file.unjudged[0].why, "a continued line");
    EXPECT_EQ(pins(file), std::vector<std::string>{"4 b==2"});
    EXPECT_EQ(file.line_count, 4U);
}

TEST(ParseRequirementsFile, EndsAJoinedLineWhereTheFileEnds) {
    const auto file = read("a==1\\\n\\\\");

    ASSERT_EQ(file.unjudged.size(), 1U);
    EXPECT_EQ(file.unjudged[0].line_count, 2U);
    EXPECT_EQ(file.unjudged[0].text, "a==1");
}

TEST(ParseRequirementsFile, LetsACommentEndAJoinedLine) {
    const auto file = read("# not continued \\\na==1\nb \\\n# comment \\\nc==1\n");

    ASSERT_EQ(file.unjudged.size(), 1U);
    EXPECT_EQ(file.unjudged[0].line, 3U);
    EXPECT_EQ(file.unjudged[0].line_count, 2U);
    EXPECT_EQ(pins(file), (std::vector<std::string>{"2 a==1", "5 c==1"}));
}

TEST(ParseRequirementsFile, DoesNotJudgeAFileOfAnotherEncoding) {
    const auto latin1 = read("#!python\n# -*- coding: latin-1 -*-\na==1\n");
    const auto utf8 = read("# coding=UTF_8\na==1\n");
    const auto third_line = read("\n\n# coding: latin-1\n");
    const auto marked = read("\xEF\xBB\xBF# coding: latin-1\n");

    ASSERT_EQ(latin1.unjudged.size(), 1U);
    EXPECT_EQ(latin1.unjudged[0].line, 2U);
    EXPECT_EQ(latin1.unjudged[0].why, "declares an encoding other than UTF-8");
    EXPECT_TRUE(utf8.unjudged.empty());
    EXPECT_TRUE(third_line.unjudged.empty());
    EXPECT_TRUE(marked.unjudged.empty());
}

struct Secret {
    std::string_view name;
    std::string_view line;
    std::string_view text;
};

class Secrets : public testing::TestWithParam<Secret> {};

TEST_P(Secrets, AreNotInTheText) {
    const auto file = read(GetParam().line);

    ASSERT_EQ(file.unjudged.size(), 1U);
    EXPECT_EQ(file.unjudged[0].text, GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Urls,
    Secrets,
    testing::Values(
        Secret{"None", "git+https://host/a@v1#egg=a", "git+https://host/a@v1#egg=a"},
        Secret{"Pair", "https://me:secret@host/a.zip", "https://host/a.zip"},
        Secret{"Token", "git+https://secret@host/a@v1", "git+https://host/a@v1"},
        Secret{"InAnOption", "--index-url=https://me:secret@host/x", "--index-url=https://host/x"},
        Secret{"InASecondWord", "-i  https://me:secret@host:8080", "-i  https://host:8080"},
        Secret{"AtInPassword", "https://me:sec@ret@host/", "https://host/"},
        Secret{"SlashInPassword", "https://me:sec/ret@host/", "https://host/"},
        Secret{"DigitsAndSlashInPassword", "https://me:1/2@host/", "https://host/"},
        Secret{"SchemeEndInPassword", "https://me:se://ret@host/", "https://host/"},
        Secret{"OneSlash", "https:/me:secret@host/", "host/"},
        Secret{"NoScheme", "-i me:secret@host/", "-i host/"},
        Secret{"AcrossLines", "-i https://me:sec\\\nret@host/", "-i https://host/"},
        Secret{"InAComment", "-i x # https://me:secret@host/", "-i x # https://host/"},
        Secret{"NotUtf8", "https://me:s\xFF@host/", "https://host/"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseRequirementsFile, CutsTheTextBetweenCharacters) {
    const auto at_limit = read("-" + std::string(199, 'x'));
    const auto above = read("-" + std::string(198, 'x') + "\xC3\xA9");

    ASSERT_EQ(at_limit.unjudged.size(), 1U);
    EXPECT_EQ(at_limit.unjudged[0].text.size(), 200U);
    EXPECT_EQ(above.unjudged[0].text.size(), 199U);
}

TEST(ParseRequirementsFile, EscapesTheText) {
    EXPECT_EQ(read("-x\x1B[2J").unjudged[0].text, "-x\\x1b[2J");
}

TEST(ParseRequirementsFile, ReadsAFileOfUtf16AsUnjudgedLines) {
    const auto file = read(std::string_view("\xFF\xFE"
                                            "a\0=\0=\0001\0\n\0b\0=\0=\0001\0",
                                            20));

    EXPECT_TRUE(file.pins.empty());
    EXPECT_EQ(file.unjudged.size(), file.line_count);
}

} // namespace
} // namespace preflight::python
