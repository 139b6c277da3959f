// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/version_literal.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::python {
namespace {

/// The version, or "-" for none.
std::string find(std::string_view source) {
    return find_version_literal(as_bytes(source)).value_or("-");
}

std::string find_text(std::string_view text) {
    return find_version_text(as_bytes(text)).value_or("-");
}

struct Source {
    const char* name;
    const char* text;
    const char* version;
};

class FindVersionLiteral : public testing::TestWithParam<Source> {};

TEST_P(FindVersionLiteral, GivesTheVersion) {
    EXPECT_EQ(find(GetParam().text), GetParam().version);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    FindVersionLiteral,
    testing::Values(
        Source{"DoubleQuotes", "\"\"\"Demo.\"\"\"\n\n__version__ = \"1.26.18\"\n", "1.26.18"},
        Source{"SingleQuotes", "__version__='1.2'", "1.2"},
        Source{"TripleQuotes", "__version__ = '''1.2'''", "1.2"},
        Source{"NormalForm", "__version__ = 'v1.0-ALPHA.01'", "1.0a1"},
        Source{"Prefix", "__version__ = u'1.2'", "1.2"},
        Source{"PrefixOfTwo", "VERSION = Rb\"1.2\"", "1.2"},
        Source{"FormatString", "__version__ = f'1.2'", "-"},
        Source{"Annotation", "__version__: str = \"1.2\"", "1.2"},
        Source{"Final", "__version__ : Final[str]= \"1.2\"", "1.2"},
        Source{"QuotedAnnotation", "version: 'typing.Final' = \"1.2\"", "1.2"},
        Source{"AnnotationAlone", "__version__: str\n", "-"},
        Source{"Chained", "__version__ = version = '2.0.7'\n", "2.0.7"},
        Source{"ChainedOtherWay", "TAG = VERSION = __version__ = '2.0.7'\n", "2.0.7"},
        Source{"ChainedToOthers", "a = b = '2.0.7'  # version\n", "-"},
        Source{"Comment", "__version__ = '1.2'  # the version\n", "1.2"},
        Source{"ByteOrderMarkAndCr", "\xEF\xBB\xBF__version__ = '1.2'\r\n", "1.2"},
        Source{"OtherNames", "__VERSION__ = '1.2'", "1.2"},
        Source{"LongerName", "my__version__ = '1.2'\n__version__s = '1.3'\nversions = '1.4'", "-"},
        Source{"Indented", "if True:\n    __version__ = '1.2'\n", "-"},
        Source{"Comparison", "__version__ == '1.2'", "-"},
        Source{"Concatenated", "__version__ = '1.' '2'\nversion = '1' + x\n", "-"},
        Source{"NoString", "__version__ = get_version()\nversion = 1.2\n", "-"},
        Source{"NotClosed", "__version__ = '1.2\n", "-"},
        Source{"NoVersion", "__version__ = 'unknown'\nversion = ''\n", "-"},
        Source{"InDocstring", "'''\n__version__ = '1.2'\n'''\n", "-"},
        Source{"BehindDocstring", "r\"\"\"a\n''' \\\"\"\"\n\"\"\"\nversion = '1.3'\n", "1.3"},
        Source{"InSecondString", "a = \"\"\"b\"\"\", '''\nversion = '1.3'\n'''", "-"},
        Source{"QuotesInComment", "# '''\nversion = '1.3'\n", "1.3"},
        Source{"QuotesInString", "a = \"'''\"; b = '\\'\"\"\"'\nversion = '1.3'\n", "1.3"},
        Source{"QuoteNotClosed", "a = '\nversion = '1.3'\n", "1.3"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Order,
    FindVersionLiteral,
    testing::Values(
        Source{"DunderWins", "version = '1'\nVERSION = (1, 2)\n__version__ = '2'\n", "2"},
        Source{"FirstDunder", "__version__ = '1'\n__version__ = '2'\n", "1"},
        Source{"FirstUsableDunder", "__version__ = '?'\n__version__ = '2'\n", "2"},
        Source{"FirstText", "VERSION = '1'\nversion = '2'\n", "1"},
        Source{"TextBeforeTuple", "VERSION = (1, 2)\nversion = '2'\n", "2"},
        Source{"TupleForUnusableTexts",
               "VERSION = (1, 2, 3)\n__version__ = '.'.join(map(str, VERSION))\n",
               "1.2.3"},
        Source{"Placeholder", "__version__ = '0.0.0'\nversion = '2'\n", "2"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Placeholders,
    FindVersionLiteral,
    testing::Values(Source{"Zero", "__version__ = '0'", "-"},
                    Source{"Zeros", "__version__ = '0.0.0'", "-"},
                    Source{"Unknown", "__version__ = '0+unknown'", "-"},
                    Source{"Tuple", "version_info = (0, 0, 0)", "-"},
                    Source{"NotZero", "__version__ = '0.0.1'", "0.0.1"},
                    Source{"DevelopmentOfZero", "__version__ = '0.0.0.dev1'", "0.0.0.dev1"},
                    Source{"Local", "__version__ = '1.2+cpu'", "1.2+cpu"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Tuples,
    FindVersionLiteral,
    testing::Values(Source{"Plain", "version_info = (1, 26, 4)\n", "1.26.4"},
                    Source{"Dunder", "__version_info__: tuple[int, ...] = (1, 0)\n", "1.0"},
                    Source{"TrailingComma", "VERSION = ( 1,2 ,3, )  # x", "1.2.3"},
                    Source{"Strings", "VERSION = ('1', \"2\")", "1.2"},
                    Source{"OfOne", "VERSION = (1,)", "-"},
                    Source{"OfEight", "VERSION = (1, 2, 3, 4, 5, 6, 7, 8)", "1.2.3.4.5.6.7.8"},
                    Source{"OfNine", "VERSION = (1, 2, 3, 4, 5, 6, 7, 8, 9)", "-"},
                    Source{"DjangoFinal", "VERSION = (3, 2, 0, 'final', 0)", "3.2"},
                    Source{"DjangoPatch", "VERSION = (3, 2, 25, \"final\", 0)", "3.2.25"},
                    Source{"DjangoAlpha", "VERSION = (5, 0, 0, 'alpha', 1)", "5.0a1"},
                    Source{"DjangoBeta", "VERSION = (5, 0, 0, 'beta', 2)", "5.0b2"},
                    Source{"DjangoCandidate", "VERSION = (5, 0, 1, 'rc', 10)", "5.0.1rc10"},
                    Source{"OtherWord", "VERSION = (5, 0, 1, 'dev', 1)", "-"},
                    Source{"WordAlone", "VERSION = (5, 0, 'final')", "-"},
                    Source{"Negative", "version_info = (6, 0, 0, -100)", "-"},
                    Source{"Call", "version_info = V(6, 0)\nVERSION = (a(), 1)", "-"},
                    Source{"NotClosed", "VERSION = (1, 2\n)", "-"},
                    Source{"MoreBehind", "VERSION = (1, 2) + x", "-"},
                    Source{"Empty", "VERSION = ()", "-"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(VersionLiteralLimit, Is64KibibytesOfWholeLines) {
    const std::string line = "version = '1.3'\n";
    const std::string filler(kMaxVersionSource - line.size() - 2, '#');

    EXPECT_EQ(find(filler + "\n" + line + line), "1.3");
    EXPECT_EQ(find(filler + "#\n" + line + line), "1.3");
    EXPECT_EQ(find(filler + "##\n" + line + line), "-");
    EXPECT_EQ(find(std::string(kMaxVersionSource + 1, '#')), "-");
}

TEST(FindVersionText, TakesAFileThatIsNothingButAVersion) {
    EXPECT_EQ(find_text("1.2.3\n"), "1.2.3");
    EXPECT_EQ(find_text("\xEF\xBB\xBF\r\n v1.2-rc1 \r\n"), "1.2rc1");
    EXPECT_EQ(find_text("1.2\n1.3\n"), "-");
    EXPECT_EQ(find_text("version 1.2"), "-");
    EXPECT_EQ(find_text("0.0.0"), "-");
    EXPECT_EQ(find_text(""), "-");
}

TEST(FindVersionText, TakesNoMoreThan256Bytes) {
    const std::string version = "1.2";

    EXPECT_EQ(find_text(version + std::string(252, ' ')), "1.2");
    EXPECT_EQ(find_text(version + std::string(253, ' ')), "1.2");
    EXPECT_EQ(find_text(version + std::string(254, ' ')), "-");
}

} // namespace
} // namespace preflight::python
