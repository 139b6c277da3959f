// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/yaml.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace preflight::document {
namespace {

using std::string_literals::operator""s;

Result<Node, DocumentError> parse(std::string_view text) {
    return parse_yaml(as_bytes(text));
}

/// `line:column`
std::string to_string(const Place& place) {
    return std::to_string(place.line) + ":" + std::to_string(place.column);
}

/// A value in one line: nulls as `~`, quoted texts in quotes.
std::string to_string(const Node& node) {
    std::string text;
    if (const auto* scalar = node.as_scalar()) {
        return scalar->is_quoted ? "'" + scalar->text + "'" : scalar->text;
    }
    if (const auto* list = node.as_list()) {
        for (const auto& item : *list) {
            text += (text.empty() ? "" : ", ") + to_string(item);
        }
        return "[" + text + "]";
    }
    if (const auto* map = node.as_map()) {
        for (const auto& [key, value] : *map) {
            text += (text.empty() ? "" : ", ") + key.text + ": " + to_string(value);
        }
        return "{" + text + "}";
    }
    return "~";
}

std::string value_of(std::string_view text) {
    const auto node = parse(text);
    return node ? to_string(*node) : to_string(node.error().place) + ": " + node.error().message;
}

TEST(ParseYaml, KeepsScalarsAsWritten) {
    EXPECT_EQ(value_of("3.10"), "3.10");
    EXPECT_EQ(value_of("0o17"), "0o17");
    EXPECT_EQ(value_of("yes"), "yes");
    EXPECT_EQ(value_of("True"), "True");
    EXPECT_EQ(value_of("2025-06-15"), "2025-06-15");
    EXPECT_EQ(value_of("a # comment"), "a");
    EXPECT_EQ(value_of("two\n  lines"), "two lines");
}

TEST(ParseYaml, TellsQuotedFromPlain) {
    EXPECT_EQ(value_of("'it''s'"), "'it's'");
    EXPECT_EQ(value_of(R"("a\tb\"\u00e9\x41")"),
              "'a\tb\"\xC3\xA9"
              "A'");
    EXPECT_EQ(value_of("|\n  a\n  b\n"), "'a\nb\n'");
    EXPECT_EQ(value_of(">-\n  a\n  b\n"), "'a b'");
    EXPECT_EQ(value_of("''"), "''");
    EXPECT_EQ(value_of("a: ''''\n"), "{a: '''}");
    EXPECT_EQ(value_of("a: \"\\\\\"\n"), "{a: '\\'}");
}

TEST(ParseYaml, TakesPlainNullsForNull) {
    for (const auto* text :
         {"", "~", "null", "Null", "NULL", "# nothing\n", "---\n", "--- ~\n...\n"}) {
        const auto node = parse(text);

        ASSERT_TRUE(node) << text;
        EXPECT_TRUE(node->is_null()) << text;
    }
    EXPECT_EQ(value_of("'null'"), "'null'");
    EXPECT_EQ(value_of("\"~\""), "'~'");
    EXPECT_EQ(value_of("nULL"), "nULL");
}

TEST(ParseYaml, ReadsListsAndMapsInBothStyles) {
    EXPECT_EQ(value_of("a: 1\nb:\n- x\n- y: z\n  w:\nc: [1, {d: 'e'}]\n"),
              "{a: 1, b: [x, {y: z, w: ~}], c: [1, {d: 'e'}]}");
    EXPECT_EQ(value_of("- a:\n  - b\n  c:\n    d\n"), "[{a: [b], c: d}]");
    EXPECT_EQ(value_of("[]"), "[]");
    EXPECT_EQ(value_of("{}"), "{}");
    EXPECT_EQ(value_of("- - a\n  - b\n-\n- c\n"), "[[a, b], ~, c]");
    EXPECT_EQ(value_of("? a\n: b\n"), "{a: b}");
    EXPECT_EQ(value_of("? a\n? b"), "{a: ~, b: ~}");
    EXPECT_EQ(value_of("{a, b: , c:}"), "{a: ~, b: ~, c: ~}");
    EXPECT_EQ(value_of("a:"), "{a: ~}");
    EXPECT_EQ(value_of("[a, ]"), "[a]");
    EXPECT_EQ(value_of("[a: b]"), "[{a: b}]");
}

TEST(ParseYaml, ReadsJson) {
    EXPECT_EQ(value_of("{\n\t\"z\": [1, -2.50, true, null],\r\n\t\"a\":{\"\":\"\\/\"}\n}\n"),
              "{z: [1, -2.50, true, ~], a: {: '/'}}");
}

TEST(ParseYaml, AllowsOneKeyInTwoMaps) {
    EXPECT_EQ(value_of("a: {a: 1}\nb: {a: 2}"), "{a: {a: 1}, b: {a: 2}}");
}

TEST(ParseYaml, TakesWhatOnlyBeginsLikeADirectiveOrATag) {
    EXPECT_EQ(value_of("a: 50%\nb: x!y\nc: '&d'\n"), "{a: 50%, b: x!y, c: '&d'}");
}

TEST(ParseYaml, LeavesOutOneByteOrderMark) {
    const auto node = parse("\xEF\xBB\xBF"
                            "a: b");

    ASSERT_TRUE(node);
    EXPECT_EQ(to_string(*node), "{a: b}");
    EXPECT_EQ(to_string(node->find("a")->place()), "1:4");
}

TEST(ParseYaml, KeepsCharactersThatBeginLikeAByteOrderMark) {
    EXPECT_EQ(value_of("\xEF\xBD\x81: x"), "{\xEF\xBD\x81: x}");
    EXPECT_EQ(value_of("\xEF\xBB\xBE: x"), "{\xEF\xBB\xBE: x}");
}

TEST(ParseYaml, SaysWhereEachNodeAndEachKeyStands) {
    const auto root = parse("# comment\n"
                            "list:\n"
                            "  - name: \"x\"\n"
                            "    other: [a,\n"
                            "            b]\n"
                            "  - \xC3\xA9: y\n"
                            "none:\n"
                            "\n"
                            "last: {k: v}\n");

    ASSERT_TRUE(root);
    EXPECT_EQ(to_string(root->place()), "2:1");
    const auto& list = *root->find("list");
    EXPECT_EQ(to_string(list.place()), "3:3");
    const auto& first = list.as_list()->at(0);
    EXPECT_EQ(to_string(first.place()), "3:5");
    EXPECT_EQ(to_string(first.find("name")->place()), "3:11");
    EXPECT_EQ(to_string(first.as_map()->at(1).first.place), "4:5");
    EXPECT_EQ(to_string(first.find("other")->as_list()->at(1).place()), "5:13");
    const auto& second = list.as_list()->at(1);
    EXPECT_EQ(to_string(second.find("\xC3\xA9")->place()), "6:9"); // columns are bytes
    EXPECT_EQ(to_string(root->find("none")->place()), "7:1");
    EXPECT_EQ(to_string(root->find("last")->find("k")->place()), "9:11");
}

struct Refusal {
    std::string_view name;
    std::string text;
    std::string_view error; ///< `line:column: message`
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

class ParseYamlRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseYamlRefuses, WithMessageAndPlace) {
    const auto node = parse(GetParam().text);

    ASSERT_FALSE(node);
    EXPECT_EQ(to_string(node.error().place) + ": " + node.error().message, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Yaml,
    ParseYamlRefuses,
    testing::Values(
        Refusal{"AnOpenList", "a: [1", "1:6: not valid YAML: end of sequence flow not found"},
        Refusal{"AnOpenQuote", "a: 'b", "1:6: not valid YAML: illegal EOF in scalar"},
        Refusal{"AnOpenQuoteBehindALineEnd",
                "a: 'b''\n",
                "1:4: not valid YAML: a quoted text has no end"},
        Refusal{"AnOpenDoubleQuoteBehindALineEnd",
                "a: \"b\\\"\n",
                "1:4: not valid YAML: a quoted text has no end"},
        Refusal{"AStrayBracket", "a: b\n]", "2:1: not valid YAML: illegal flow end"},
        Refusal{"TwoColons", "a: b: c", "1:5: not valid YAML: illegal map value"},
        Refusal{"ATabAsIndentation", "a:\n\tb: c", "2:3: not valid YAML: illegal map value"},
        Refusal{
            "AnUnknownEscape", R"(a: "\q")", "1:7: not valid YAML: unknown escape character: q"},
        Refusal{"AnUnknownEscapeThatIsHostile",
                "a: \"\\\xC3\xA9\"",
                R"(1:7: not valid YAML: unknown escape character: \xc3)"},
        Refusal{"HalfASurrogatePair",
                R"(a: "\ud83d\ude00")",
                "1:11: not valid YAML: invalid unicode: 55357"},
        Refusal{"AMissingItem", "[a,,b]", "1:4: not valid YAML: an item is missing"},
        Refusal{
            "AKeyWithoutAColon", "a: b\nc\n", "2:1: not valid YAML: no colon follows the key 'c'"},
        Refusal{
            "AValueAtTheMargin", "a:\nb\n # c\n", "2:1: not valid YAML: a value is not indented"},
        Refusal{"AListAtTheMargin", "a:\n[b]\n", "2:1: not valid YAML: a value is not indented"},
        Refusal{"ATextBehindTheDocument",
                "[a] b",
                "1:5: not valid YAML: something follows the end of the document"},
        Refusal{"ASecondDocument", "a: b\n---\nc: d\n", "2:1: more than one document"},
        Refusal{"AnEmptySecondDocument", "a\n---\n", "2:1: more than one document"},
        Refusal{"AKeyTwice", "a: 1\nb: 2\na: 3\n", "3:1: the key 'a' occurs twice"},
        Refusal{"AKeyTwiceOnceEscaped", R"({a: 1, "\x61": 2})", "1:8: the key 'a' occurs twice"},
        Refusal{"AHostileKeyTwice",
                R"({"\e[2J": 1, "\e[2J": 2})",
                R"(1:14: the key '\x1b[2J' occurs twice)"},
        Refusal{"AListAsKey", "? [a]\n: b\n", "1:3: a key is a list or a map"},
        Refusal{"AMapAsKey", "{{a: b}: c}", "1:2: a key is a list or a map"},
        Refusal{"NullAsKey", "a: b\n~: c\n", "2:1: a key is null"},
        Refusal{"NoKey", ": a", "1:1: a key is null"},
        Refusal{"AnAnchor", "a: &x b\n", "1:4: anchors and aliases are not accepted"},
        Refusal{"AnAnchorOfNothing", "a: &x\n", "1:4: anchors and aliases are not accepted"},
        Refusal{"AnAnchorOfAKey", "&x a: b\n", "1:1: anchors and aliases are not accepted"},
        Refusal{"AnAlias", "a: *x\n", "1:4: anchors and aliases are not accepted"},
        Refusal{
            "AMergeKey", "a: {b: c}\nd:\n  <<: *a\n", "3:7: anchors and aliases are not accepted"},
        Refusal{"ATag", "a: !!str b\n", "1:4: tags are not accepted"},
        Refusal{"ATagOfAList", "a: !x [b]\n", "1:4: tags are not accepted"},
        Refusal{"ATagOfAMap", "--- !!map\na: b\n", "1:5: tags are not accepted"},
        Refusal{"ATagOfNothing", "a: !!null\n", "1:4: tags are not accepted"},
        Refusal{"ATagAtTheEnd", "!!str", "1:1: tags are not accepted"},
        Refusal{"TheTagOfQuotedText", "a: ! b\n", "1:4: tags are not accepted"},
        Refusal{"TheTagOfQuotedTextOnAList", "a: ! [b]\n", "1:4: tags are not accepted"},
        Refusal{"AVerbatimTag", "!<?> b", "1:1: tags are not accepted"},
        Refusal{"ADirective", "%YAML 1.2\n---\na\n", "1:1: directives are not accepted"},
        Refusal{"ADirectiveBehindTheDocument", "a: b\n%x\n", "2:1: directives are not accepted"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Characters,
    ParseYamlRefuses,
    testing::Values(
        Refusal{"BytesThatAreNoUtf8", "a: b\nc: \xFF", "2:4: not valid UTF-8"},
        Refusal{"AnOverlongForm", "\xC0\xAF", "1:1: not valid UTF-8"},
        Refusal{"Utf16", "\xFF\xFE"s + "a\0"s, "1:1: not valid UTF-8"},
        Refusal{"Utf16WithoutAMark", "a\0b\0"s, R"(1:2: the character '\x00' is not accepted)"},
        Refusal{"AZeroByte", "a: b\0"s, R"(1:5: the character '\x00' is not accepted)"},
        Refusal{"WhatYamlCppTakesForTheEnd",
                "a: b\n\x04",
                R"(2:1: the character '\x04' is not accepted)"},
        Refusal{"ADeletion", "a\x7F", R"(1:2: the character '\x7f' is not accepted)"},
        Refusal{
            "ALineEndOfYaml11", "a\xC2\x85", R"(1:2: the character '\xc2\x85' is not accepted)"},
        Refusal{"ALineSeparator",
                "a\xE2\x80\xA8",
                R"(1:2: the character '\xe2\x80\xa8' is not accepted)"},
        Refusal{"ASecondByteOrderMark",
                "\xEF\xBB\xBF\xEF\xBB\xBF",
                R"(1:1: the character '\xef\xbb\xbf' is not accepted)"},
        Refusal{"AnEscapeByte", "# \x1B[2J", R"(1:3: the character '\x1b' is not accepted)"},
        Refusal{"ALoneCarriageReturn",
                "# a\rb: c\n",
                "1:4: a carriage return stands without a line feed"},
        Refusal{"AZeroByteByEscape", R"(a: "b\0")", R"(1:4: the text 'b\x00' holds a zero byte)"},
        Refusal{
            "AZeroByteByEscapeInAKey", R"("\x00": a)", R"(1:1: the text '\x00' holds a zero byte)"},
        Refusal{"AnEscapeThatGivesNoUtf8", R"(a: "\N")", R"(1:4: the text '\x85' is no UTF-8)"}),
    [](const auto& test) { return std::string(test.param.name); });

std::string repeated(std::string_view part, std::size_t count) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index) {
        text += part;
    }
    return text;
}

/// `depth` lists or maps in one another, written in flow style, in block style on one line, and on
/// a line for each.
std::vector<std::string> nested(std::size_t depth) {
    std::string lines;
    for (std::size_t level = 0; level < depth; ++level) {
        lines += std::string(level, ' ') + "a:\n";
    }
    return {repeated("[", depth) + repeated("]", depth),
            repeated("{a: ", depth) + repeated("}", depth),
            repeated("- ", depth) + "a",
            "- " + repeated("? ", depth - 2) + "a: b",
            lines};
}

TEST(ParseYaml, LetsListsAndMapsNestUpToTheLimit) {
    for (const auto depth : {kMaxYamlDepth - 1, kMaxYamlDepth}) {
        for (const auto index : {0, 1, 2, 4}) {
            EXPECT_TRUE(parse(nested(depth).at(static_cast<std::size_t>(index)))) << index;
        }
    }
}

TEST(ParseYaml, RefusesOneLevelOverTheLimit) {
    for (const auto index : {0, 1, 2, 4}) {
        const auto node = parse(nested(kMaxYamlDepth + 1).at(static_cast<std::size_t>(index)));

        ASSERT_FALSE(node) << index;
        EXPECT_EQ(node.error().message, "lists and maps nest deeper than 64 levels");
    }
}

TEST(ParseYaml, TakesDocumentsUpToTheLimit) {
    EXPECT_TRUE(parse(std::string(kMaxYamlBytes - 1, 'x')));
    EXPECT_TRUE(parse(std::string(kMaxYamlBytes, 'x')));

    const auto node = parse(std::string(kMaxYamlBytes + 1, 'x'));

    ASSERT_FALSE(node);
    EXPECT_EQ(node.error().message, "the document has more than 1048576 bytes");
}

class ParseYamlEnds : public testing::TestWithParam<std::string_view> {};

TEST_P(ParseYamlEnds, OnADocumentAsLargeAsMayBe) {
    const auto text = repeated(GetParam(), kMaxYamlBytes / GetParam().size());

    const auto node = parse(text);

    EXPECT_TRUE(node || !node.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(OfOnePart,
                         ParseYamlEnds,
                         testing::Values("[",
                                         "{",
                                         "- ",
                                         "? ",
                                         "?\n",
                                         ":\n",
                                         "a: b\n",
                                         "'",
                                         "\"",
                                         "&a *a\n",
                                         "!a ",
                                         "a\n",
                                         ">\n\n",
                                         "\"\\"));

TEST(ParseYaml, ReadsAMillionSmallItems) {
    const auto node = parse("[" + repeated("0,", (kMaxYamlBytes - 2) / 2) + "]");

    ASSERT_TRUE(node);
    EXPECT_EQ(node->as_list()->size(), (kMaxYamlBytes - 2) / 2);
}

TEST(Node, IsNullByDefault) {
    EXPECT_TRUE(Node().is_null());
    EXPECT_EQ(Node().place(), Place());
}

TEST(Node, FindsAMemberByItsWholeName) {
    const auto node = parse("{url: x, urls: y, '': z}");

    ASSERT_TRUE(node);
    EXPECT_EQ(node->find("urls")->as_scalar()->text, "y");
    EXPECT_EQ(node->find("")->as_scalar()->text, "z");
    EXPECT_EQ(node->find("ur"), nullptr);
}

TEST(Node, GivesNothingWhereItIsOfAnotherKind) {
    for (const auto* text : {"~", "find", "[find]"}) {
        EXPECT_EQ(parse(text)->find("find"), nullptr) << text;
        EXPECT_EQ(parse(text)->as_map(), nullptr) << text;
    }
    EXPECT_EQ(parse("{}")->as_list(), nullptr);
    EXPECT_EQ(parse("[]")->as_scalar(), nullptr);
    EXPECT_EQ(parse("~")->as_scalar(), nullptr);
}

} // namespace
} // namespace preflight::document
