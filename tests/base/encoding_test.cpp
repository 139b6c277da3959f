// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/encoding.hpp"
#include "preflight/base/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight {
namespace {

using namespace std::string_view_literals;

struct Row {
    std::string name;
    std::string_view bytes;
    std::string_view encoding;
    std::string_view text;
};

class DecodeWide : public testing::TestWithParam<Row> {};

TEST_P(DecodeWide, GivesUtf8) {
    const auto wide = decode_wide(GetParam().bytes);

    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->encoding, GetParam().encoding);
    EXPECT_EQ(wide->text, GetParam().text);
    EXPECT_TRUE(is_utf8(wide->text));
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    DecodeWide,
    testing::Values(
        Row{"Utf16Le", "\xFF\xFEN\0:\0"sv, "UTF-16LE", "N:"},
        Row{"Utf16Be", "\xFE\xFF\0N\0:"sv, "UTF-16BE", "N:"},
        Row{"Utf32Le", "\xFF\xFE\0\0N\0\0\0"sv, "UTF-32LE", "N"},
        Row{"Utf32Be", "\0\0\xFE\xFF\0\0\0N"sv, "UTF-32BE", "N"},
        Row{"Utf16LeWithoutMark", "N\0\xE9\0"sv, "UTF-16LE", "N\xC3\xA9"},
        Row{"Utf16BeWithoutMark", "\0N\x20\xAC"sv, "UTF-16BE", "N\xE2\x82\xAC"},
        Row{"Utf32LeWithoutMark", "N\0\0\0"sv, "UTF-32LE", "N"},
        Row{"Utf32BeWithoutMark", "\0\0\0N"sv, "UTF-32BE", "N"},
        Row{"Pair", "\xFF\xFE\x3D\xD8\x00\xDE"sv, "UTF-16LE", "\xF0\x9F\x98\x80"},
        Row{"LastCharacter", "\xFE\xFF\xDB\xFF\xDF\xFF"sv, "UTF-16BE", "\xF4\x8F\xBF\xBF"},
        Row{"HighAlone", "\xFE\xFF\xD8\x3D\0N"sv, "UTF-16BE", "\xEF\xBF\xBDN"},
        Row{"LowAlone", "\xFE\xFF\xDE\0\0N"sv, "UTF-16BE", "\xEF\xBF\xBDN"},
        Row{"HighAtTheEnd", "\xFE\xFF\xD8\x3D"sv, "UTF-16BE", "\xEF\xBF\xBD"},
        Row{"CutUnit", "\xFE\xFF\0NN"sv, "UTF-16BE", "N\xEF\xBF\xBD"},
        Row{"CutPair", "\xFE\xFF\xD8\x3D\xDE"sv, "UTF-16BE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        Row{"Utf32Surrogate", "\0\0\xFE\xFF\0\0\xD8\0"sv, "UTF-32BE", "\xEF\xBF\xBD"},
        Row{"Utf32TooLarge", "\0\0\xFE\xFF\0\x11\0\0"sv, "UTF-32BE", "\xEF\xBF\xBD"},
        Row{"SecondMark", "\xFE\xFF\xFE\xFF"sv, "UTF-16BE", "\xEF\xBB\xBF"},
        Row{"MarkAlone", "\xFF\xFE"sv, "UTF-16LE", ""}),
    [](const auto& row) { return row.param.name; });

TEST(DecodeWideOfOtherText, GivesNothing) {
    for (const auto text : {""sv,
                            "N"sv,
                            "Name: a"sv,
                            "\xEF\xBB\xBFName"sv,
                            "\0\0\0\0"sv,
                            "\xFF"sv,
                            "\0"sv,
                            "\xE9\0"sv}) {
        EXPECT_FALSE(decode_wide(text)) << printable(text);
    }
}

} // namespace
} // namespace preflight
