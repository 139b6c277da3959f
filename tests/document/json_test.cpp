// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace preflight::document {
namespace {

using std::string_literals::operator""s;

Result<Value> parse(std::string_view text) {
    return parse_json(as_bytes(text));
}

std::string number_in(std::string_view text) {
    const auto value = parse(text);
    const auto* number = value ? std::get_if<Value::Number>(&value->content()) : nullptr;
    return number == nullptr ? "no number" : number->text;
}

TEST(ParseJson, ReadsEveryKindOfValue) {
    EXPECT_TRUE(std::holds_alternative<std::monostate>(parse("null")->content()));
    EXPECT_TRUE(std::get<bool>(parse("true")->content()));
    EXPECT_FALSE(std::get<bool>(parse("false")->content()));
    EXPECT_EQ(*parse("\"a\"")->as_string(), "a");
    EXPECT_TRUE(parse("[]")->as_array()->empty());
    EXPECT_TRUE(parse("{}")->as_object()->empty());
}

TEST(ParseJson, IgnoresBlanksAroundTokens) {
    const auto value = parse(" \t\r\n[ 1 , \"a\" ]\n");

    ASSERT_TRUE(value);
    EXPECT_EQ(value->as_array()->size(), 2U);
}

TEST(ParseJson, KeepsNumbersAsWritten) {
    EXPECT_EQ(number_in("0"), "0");
    EXPECT_EQ(number_in("-17"), "-17");
    EXPECT_EQ(number_in("9.80"), "9.80");
    EXPECT_EQ(number_in("1e3"), "1e3");
    EXPECT_EQ(number_in("18446744073709551615"), "18446744073709551615");
    EXPECT_EQ(number_in("123456789012345678901234567890"), "123456789012345678901234567890");
}

TEST(ParseJson, UndoesEscapes) {
    EXPECT_EQ(*parse(R"("\" \\ \/ \b \f \n \r \t")")->as_string(), "\" \\ / \b \f \n \r \t");
    EXPECT_EQ(*parse(R"("\u0041\u00e9\u20AC")")->as_string(), "A\xC3\xA9\xE2\x82\xAC");
    EXPECT_EQ(*parse(R"("\ud83d\ude00")")->as_string(), "\xF0\x9F\x98\x80");
    EXPECT_EQ(*parse(R"("a\u0000b")")->as_string(), "a\0b"s);
}

TEST(ParseJson, KeepsMembersInTheOrderOfTheDocument) {
    const auto value = parse(R"({"z": 1, "a": {"b": [true]}, "": 2})");

    ASSERT_TRUE(value);
    const auto& object = *value->as_object();
    ASSERT_EQ(object.size(), 3U);
    EXPECT_EQ(object[0].first, "z");
    EXPECT_EQ(object[1].first, "a");
    EXPECT_EQ(object[2].first, "");
    EXPECT_TRUE(std::get<bool>(object[1].second.find("b")->as_array()->front().content()));
}

struct Refusal {
    std::string_view name;
    std::string text;
    std::string_view message;
    std::size_t offset = 0;
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

class ParseJsonRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseJsonRefuses, WithMessageAndOffset) {
    const auto value = parse(GetParam().text);

    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().message, GetParam().message);
    EXPECT_EQ(value.error().offset, GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    ParseJsonRefuses,
    testing::Values(
        Refusal{"Nothing", "", "not valid JSON", 0},
        Refusal{"BlanksOnly", "  ", "not valid JSON", 2},
        Refusal{"ABareWord", "yes", "not valid JSON", 0},
        Refusal{"AnOpenArray", "[1", "not valid JSON", 2},
        Refusal{"ATrailingComma", "[1,]", "not valid JSON", 3},
        Refusal{"ASecondDocument", "{} {}", "not valid JSON", 3},
        Refusal{"ATextBehindAZeroByte", "{}\0{}"s, "not valid JSON", 2},
        Refusal{"AZeroByteAtTheEnd", "[]\0"s, "not valid JSON", 2},
        Refusal{"AComment", "[] // so", "not valid JSON", 3},
        Refusal{"SingleQuotes", "['a']", "not valid JSON", 1},
        Refusal{"AKeyWithoutQuotes", "{a: 1}", "not valid JSON", 1},
        Refusal{"ALeadingZero", "01", "not valid JSON", 1},
        Refusal{"NotANumber", "NaN", "not valid JSON", 0},
        Refusal{"AControlCharacterInAString", "\"a\tb\"", "not valid JSON", 2},
        Refusal{"HalfASurrogatePair", R"("\ud83d")", "not valid JSON", 7},
        Refusal{"BytesThatAreNoUtf8", "\"a\xFF\"", "not valid JSON", 2},
        Refusal{"AnOverlongForm", "\"\xC0\xAF\"", "not valid JSON", 1},
        Refusal{"AKeyTwice", R"({"a": 1, "a": 2})", "the key 'a' occurs twice"},
        Refusal{"AKeyTwiceOnceEscaped", R"({"a": 1, "\u0061": 2})", "the key 'a' occurs twice"},
        Refusal{"AKeyTwiceFarBelow", R"([{"b": {"c": 0, "c": 0}}])", "the key 'c' occurs twice"},
        Refusal{"AHostileKeyTwice",
                R"({"\u001b[2J": 1, "\u001b[2J": 2})",
                R"(the key '\x1b[2J' occurs twice)"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseJson, AllowsOneKeyInTwoObjects) {
    EXPECT_TRUE(parse(R"([{"a": 1}, {"a": 2}])"));
    EXPECT_TRUE(parse(R"({"a": {"a": 1}})"));
}

TEST(ParseJson, RefusesANumberBeyondADouble) {
    EXPECT_TRUE(parse("1e308"));
    EXPECT_FALSE(parse("1e309"));
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) {
        text += open;
    }
    text += "0";
    for (std::size_t level = 0; level < depth; ++level) {
        text += close;
    }
    return text;
}

TEST(ParseJson, LetsBracketsNestUpToTheLimit) {
    EXPECT_TRUE(parse(nested(kMaxJsonDepth - 1, "[", "]")));
    EXPECT_TRUE(parse(nested(kMaxJsonDepth, "[", "]")));
    EXPECT_TRUE(parse(nested(kMaxJsonDepth, "{\"a\":", "}")));
}

TEST(ParseJson, RefusesOneLevelOverTheLimit) {
    for (const auto& text :
         {nested(kMaxJsonDepth + 1, "[", "]"), nested(kMaxJsonDepth + 1, "{\"a\":", "}")}) {
        const auto value = parse(text);

        ASSERT_FALSE(value);
        EXPECT_EQ(value.error().message, "brackets nest deeper than 64 levels");
    }
}

TEST(ParseJson, EndsOnAMillionOpenBrackets) {
    EXPECT_FALSE(parse(std::string(1'000'000, '[')));
}

TEST(ParseJson, CountsOnlyBracketsThatAreOpenAtOnce) {
    std::string text = "[0";
    for (int item = 0; item < 1000; ++item) {
        text += ",[]";
    }

    EXPECT_TRUE(parse(text + "]"));
}

TEST(Value, IsNullByDefault) {
    EXPECT_TRUE(std::holds_alternative<std::monostate>(Value().content()));
}

TEST(Value, FindsAMemberByItsWholeName) {
    const auto value = parse(R"({"url": "x", "dir_info": {}})");

    ASSERT_NE(value->find("url"), nullptr);
    EXPECT_EQ(*value->find("url")->as_string(), "x");
    EXPECT_NE(value->find("dir_info"), nullptr);
    EXPECT_EQ(value->find("dir"), nullptr);
    EXPECT_EQ(value->find(""), nullptr);
}

TEST(Value, GivesNothingWhereItIsOfAnotherKind) {
    for (const auto* text : {"null", "true", "1", "\"find\"", "[\"find\"]"}) {
        EXPECT_EQ(parse(text)->find("find"), nullptr) << text;
        EXPECT_EQ(parse(text)->as_object(), nullptr) << text;
    }
    EXPECT_EQ(parse("[]")->as_string(), nullptr);
    EXPECT_EQ(parse("\"\"")->as_array(), nullptr);
}

} // namespace
} // namespace preflight::document
