// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

using std::string_literals::operator""s;

namespace preflight {
namespace {

struct Encoded {
    const char* name;
    std::string text;
    char32_t value;
};

// The first and the last character of each length, and those around the surrogates: RFC 3629,
// sections 3 and 4.
class FindCodePoint : public testing::TestWithParam<Encoded> {};

TEST_P(FindCodePoint, ReadsOneCharacterAndIgnoresWhatFollows) {
    const auto character = find_code_point(GetParam().text + "\xff");

    ASSERT_TRUE(character);
    EXPECT_EQ(character->value, GetParam().value);
    EXPECT_EQ(character->length, GetParam().text.size());
}

TEST_P(FindCodePoint, RefusesEachShorterPart) {
    for (std::size_t length = 0; length < GetParam().text.size(); ++length) {
        EXPECT_FALSE(find_code_point(std::string_view(GetParam().text).substr(0, length)))
            << length << " bytes";
    }
}

INSTANTIATE_TEST_SUITE_P(,
                         FindCodePoint,
                         testing::Values(Encoded{"FirstOfOneByte", "\0"s, 0x0},
                                         Encoded{"LastOfOneByte", "\x7f", 0x7f},
                                         Encoded{"FirstOfTwoBytes", "\xc2\x80", 0x80},
                                         Encoded{"LastOfTwoBytes", "\xdf\xbf", 0x7ff},
                                         Encoded{"FirstOfThreeBytes", "\xe0\xa0\x80", 0x800},
                                         Encoded{"BeforeSurrogates", "\xed\x9f\xbf", 0xd7ff},
                                         Encoded{"AfterSurrogates", "\xee\x80\x80", 0xe000},
                                         Encoded{"LastOfThreeBytes", "\xef\xbf\xbf", 0xffff},
                                         Encoded{"FirstOfFourBytes", "\xf0\x90\x80\x80", 0x10000},
                                         Encoded{"LastOfAll", "\xf4\x8f\xbf\xbf", 0x10ffff}),
                         [](const auto& test) { return std::string(test.param.name); });

struct NotUtf8 {
    const char* name;
    std::string text;
};

class FindCodePointRefuses : public testing::TestWithParam<NotUtf8> {};

TEST_P(FindCodePointRefuses, WhatIsNoUtf8) {
    EXPECT_FALSE(find_code_point(GetParam().text));
    EXPECT_FALSE(is_utf8("fine until here: " + GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(,
                         FindCodePointRefuses,
                         testing::Values(NotUtf8{"StrayContinuation", "\x80"},
                                         NotUtf8{"OverlongNul", "\xc0\x80"},
                                         NotUtf8{"OverlongSlash", "\xe0\x80\xaf"},
                                         NotUtf8{"LastOverlongOfTwo", "\xc1\xbf"},
                                         NotUtf8{"LastOverlongOfThree", "\xe0\x9f\xbf"},
                                         NotUtf8{"LastOverlongOfFour", "\xf0\x8f\xbf\xbf"},
                                         NotUtf8{"FirstSurrogate", "\xed\xa0\x80"},
                                         NotUtf8{"LastSurrogate", "\xed\xbf\xbf"},
                                         NotUtf8{"AboveUnicode", "\xf4\x90\x80\x80"},
                                         NotUtf8{"FiveByteForm", "\xf8\x88\x80\x80\x80"},
                                         NotUtf8{"NoLeadByte", "\xff"},
                                         NotUtf8{"LetterForContinuation", "\xc3("}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(IsUtf8, HoldsForAnEmptyText) {
    EXPECT_TRUE(is_utf8(""));
}

TEST(IsUtf8, HoldsForAMixOfAllLengths) {
    EXPECT_TRUE(is_utf8("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x8d"));
}

struct Range {
    char32_t first;
    char32_t last;
};

TEST(IsInvisible, KnowsEachRangeToItsEnds) {
    for (const auto& range : {Range{0x0, 0x1f},
                              Range{0x7f, 0x9f},
                              Range{0xad, 0xad},
                              Range{0x61c, 0x61c},
                              Range{0x200b, 0x200f},
                              Range{0x2028, 0x202e},
                              Range{0x2060, 0x2069},
                              Range{0xfeff, 0xfeff}}) {
        EXPECT_TRUE(is_invisible(range.first)) << std::hex << std::size_t{range.first};
        EXPECT_TRUE(is_invisible(range.last)) << std::hex << std::size_t{range.last};
        EXPECT_FALSE(is_invisible(range.last + 1)) << std::hex << std::size_t{range.last} + 1;
        if (range.first > 0) {
            EXPECT_FALSE(is_invisible(range.first - 1)) << std::hex << std::size_t{range.first} - 1;
        }
    }
}

struct Printed {
    const char* name;
    std::string text;
    std::string printed;
};

class Printable : public testing::TestWithParam<Printed> {};

TEST_P(Printable, IsSafe) {
    EXPECT_EQ(printable(GetParam().text), GetParam().printed);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    Printable,
    testing::Values(
        Printed{"Nothing", "", ""},
        Printed{"Plain", "pkg/module.py", "pkg/module.py"},
        Printed{"Letters", "caf\xc3\xa9 \xf0\x9f\x90\x8d", "caf\xc3\xa9 \xf0\x9f\x90\x8d"},
        Printed{"Nul", "a\0b"s, "a\\x00b"},
        Printed{"NewLine", "a\nb", "a\\x0ab"},
        Printed{"TerminalSequence", "\x1b[2J", "\\x1b[2J"},
        Printed{"WritingDirection",
                "a\xe2\x80\xae"
                "b",
                "a\\xe2\\x80\\xae"
                "b"},
        Printed{"NoUtf8", "\xff\xc3", "\\xff\\xc3"},
        Printed{"CutCharacter", "\xe2\x82", "\\xe2\\x82"},
        Printed{"WorkflowCommand",
                "::error::x",
                "\\x3a\\x3a"
                "error::x"},
        Printed{"WorkflowCommandOnALaterLine", "a\n::error", "a\\x0a::error"},
        Printed{"WorkflowCommandBehindBlanks",
                " \xc2\xa0\xe3\x80\x80::error::x",
                " \xc2\xa0\xe3\x80\x80\\x3a\\x3a"
                "error::x"},
        Printed{"OldWorkflowCommand",
                "a ##[error]x",
                "a \\x23\\x23\\x5b"
                "error]x"},
        Printed{"OldWorkflowCommandBehindColons", "::##[x", "\\x3a\\x3a\\x23\\x23\\x5bx"},
        Printed{"ColonsFurtherOn", "a::b", "a::b"},
        Printed{"Number", "##1 #[a]", "##1 #[a]"},
        Printed{"OneColon", ":a", ":a"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(InQuotes, QuotesWhatIsPrintable) {
    EXPECT_EQ(in_quotes("a\tb"), "'a\\x09b'");
}

TEST(AppendUtf8, WritesWhatIsReadBack) {
    for (const char32_t character :
         {0x0U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
        std::string text;
        append_utf8(text, character);

        const auto read = find_code_point(text);
        ASSERT_TRUE(read) << static_cast<unsigned>(character);
        EXPECT_EQ(read->value, character);
        EXPECT_EQ(read->length, text.size());
    }
}

TEST(IsAscii, LooksAtEveryByte) {
    for (std::size_t length = 0; length < 70; ++length) {
        std::string text(length, '\x7f');
        EXPECT_TRUE(is_ascii(text)) << length;
        for (auto& byte : text) {
            byte = '\x80';
            EXPECT_FALSE(is_ascii(text)) << length;
            byte = '\0';
        }
    }
}

} // namespace
} // namespace preflight
