// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json.hpp"
#include "preflight/document/json_writer.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace preflight::document {
namespace {

using std::string_literals::operator""s;

std::string write_string(std::string_view value) {
    JsonWriter json;
    json.string(value);
    return std::move(json).finish();
}

std::string write_tenths(int value) {
    JsonWriter json;
    json.tenths(value);
    return std::move(json).finish();
}

TEST(JsonWriter, EndsTheDocumentWithALineEnd) {
    JsonWriter json;
    json.null();

    EXPECT_EQ(std::move(json).finish(), "null\n");
}

TEST(JsonWriter, IndentsByTwoBlanksAndParts) {
    JsonWriter json;
    json.begin_object();
    json.key("a");
    json.begin_array();
    json.number(1);
    json.boolean(true);
    json.end_array();
    json.key("b");
    json.begin_object();
    json.key("c");
    json.boolean(false);
    json.key("d");
    json.null();
    json.end_object();
    json.end_object();

    EXPECT_EQ(std::move(json).finish(),
              "{\n"
              "  \"a\": [\n"
              "    1,\n"
              "    true\n"
              "  ],\n"
              "  \"b\": {\n"
              "    \"c\": false,\n"
              "    \"d\": null\n"
              "  }\n"
              "}\n");
}

TEST(JsonWriter, KeepsEmptyBracketsOnOneLine) {
    JsonWriter json;
    json.begin_array();
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.end_array();
    json.end_array();

    EXPECT_EQ(std::move(json).finish(), "[\n  {},\n  []\n]\n");
}

TEST(JsonWriter, WritesTheWholeRangeOfNumbers) {
    JsonWriter json;
    json.begin_array();
    json.number(0);
    json.number(std::numeric_limits<std::uint64_t>::max());
    json.end_array();

    EXPECT_EQ(std::move(json).finish(), "[\n  0,\n  18446744073709551615\n]\n");
}

TEST(JsonWriter, WritesTenthsWithExactlyOneDigitBehindThePoint) {
    EXPECT_EQ(write_tenths(0), "0.0\n");
    EXPECT_EQ(write_tenths(1), "0.1\n");
    EXPECT_EQ(write_tenths(98), "9.8\n");
    EXPECT_EQ(write_tenths(100), "10.0\n");
    EXPECT_EQ(write_tenths(-5), "-0.5\n");
}

TEST(JsonWriter, EscapesWhatRfc8259WantsEscaped) {
    EXPECT_EQ(write_string("\" \\ \b \f \n \r \t"), "\"\\\" \\\\ \\b \\f \\n \\r \\t\"\n");
    EXPECT_EQ(write_string("\0\x01\x1F\x7F"s), "\"\\u0000\\u0001\\u001f\\u007f\"\n");
    EXPECT_EQ(write_string("/<'"), "\"/<'\"\n");
}

TEST(JsonWriter, EscapesKeysAsWell) {
    JsonWriter json;
    json.begin_object();
    json.key("a\"\n");
    json.null();
    json.end_object();

    EXPECT_EQ(std::move(json).finish(), "{\n  \"a\\\"\\n\": null\n}\n");
}

TEST(JsonWriter, KeepsCharactersOfEveryLength) {
    EXPECT_EQ(write_string("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
              "\"a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"\n");
}

TEST(JsonWriter, ReplacesEachByteThatIsNoUtf8) {
    EXPECT_EQ(write_string("a\xFF\xC3"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"\n");
    EXPECT_EQ(write_string("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"\n"); // overlong
    EXPECT_EQ(write_string("\xED\xA0\x80"),
              "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"\n"); // a surrogate
}

TEST(JsonWriter, WritesEveryByteAsAValidDocument) {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(3, static_cast<char>(byte));
        const auto document = write_string(text);

        const auto read = parse_json(as_bytes(document));
        ASSERT_TRUE(read) << byte;
        if (byte < 0x80) {
            EXPECT_EQ(*read->as_string(), text) << byte;
        }
    }
}

TEST(JsonWriter, ShowsCharactersThatOnlyChangeHowTheirNeighboursLook) {
    JsonWriter json;
    json.string("a\xE2\x80\xAE"
                "b\xEF\xBB\xBF\xC2\x85");

    EXPECT_EQ(std::move(json).finish(), "\"a\\u202eb\\ufeff\\u0085\"\n");
}

} // namespace
} // namespace preflight::document
