// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/specifier.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {
namespace {

struct Case {
    std::string_view name;
    std::string_view specifiers;
    std::vector<std::string_view> admitted;
    std::vector<std::string_view> refused;
};

class Specifiers : public testing::TestWithParam<Case> {};

TEST_P(Specifiers, AdmitWhatTheTableSays) {
    const auto set = parse_specifiers(GetParam().specifiers);

    ASSERT_TRUE(set) << set.error().message;
    for (const auto version : GetParam().admitted) {
        EXPECT_TRUE(set->admits(version)) << version;
    }
    for (const auto version : GetParam().refused) {
        EXPECT_FALSE(set->admits(version)) << version;
    }
}

// Source: python-packaging.md, section 1.4, one row of its table or one edge of a row each.
INSTANTIATE_TEST_SUITE_P(
    Operators,
    Specifiers,
    testing::Values(
        Case{"AtLeast", ">=1.0", {"1.0", "1.0+l", "1.0.post1", "1!0"}, {"1.0rc1", "1.0.dev1"}},
        Case{
            "AtMost", "<=1.0", {"1.0", "1.0+l", "1.0rc1", "1.0.dev1"}, {"1.0.post1", "1.0.1.dev0"}},
        Case{"AtMostPre", "<=1.0a1", {"1.0a1+x", "1.0a1.dev1"}, {"1.0a1.post1", "1.0a2"}},
        Case{"Equal", "==1.0", {"1", "1.0.0", "1.0+l.1"}, {"1.0.post1", "1.0a1", "1.0.1"}},
        Case{"EqualLocal", "==1.0+l.01", {"1+L-1"}, {"1.0", "1.0+l", "1.0+l.1.0", "1.0+l.1.a"}},
        Case{"NotEqual", "!=1.0", {"1.0.post1", "1.0a1", "2"}, {"1", "1.0+l"}},
        Case{"NotEqualLocal", "!=1.0+l", {"1.0", "1.0+l.0"}, {"1.0+l"}},
        Case{"Prefix",
             "==2.*",
             {"2.dev1", "2a1", "2c1.post1.dev1", "2.9.9", "2+l", "2.post1"},
             {"1.9", "3.dev0", "1!2"}},
        Case{"LongPrefix", "==2.0.*", {"2", "2.0.0.1"}, {"2.1.0.0", "2.1.dev0"}},
        Case{"PrefixWithCarry", "==1.99.*", {"1.99.dev0", "1.99.5"}, {"1.98.9", "1.100.dev0"}},
        Case{"PrefixOfManyNines",
             "==99999999999999999999.*",
             {"99999999999999999999.1"},
             {"100000000000000000000.dev0"}},
        Case{"NotPrefix", "!=2.*", {"1.9", "3.dev0"}, {"2.dev0", "2.5"}},
        Case{
            "Compatible", "~=1.4.5", {"1.4.5", "1.4.99", "1.4.5+l"}, {"1.4.5rc1", "1.5.dev0", "2"}},
        Case{"CompatibleTwo", "~=2.2", {"2.2", "2.99"}, {"2.1", "3.dev0", "3.0a1"}},
        Case{"CompatiblePre", "~=2.2a1.post3", {"2.2a1.post3", "2.2", "2.3"}, {"2.2a1", "3.dev0"}},
        Case{"Less", "<1.0", {"0.9", "0.9.post1"}, {"1.0", "1.0a1", "1.0.dev0", "1.0+l"}},
        Case{"LessPre", "<1.0b1", {"1.0a9", "1.0b1.dev0", "1.0.dev0"}, {"1.0b1", "1.0"}},
        Case{"LessDev", "<1.0.dev2", {"1.0.dev1"}, {"1.0.dev2"}},
        Case{"LessPost", "<1.0.post1", {"1.0", "1.0.post0"}, {"1.0.post1.dev0", "1.0.post1"}},
        Case{"LessThanAll", "<0.dev0", {}, {"0.dev0", "0", "x"}},
        Case{"Greater",
             ">2",
             {"2.0.1", "2.0.0.1", "2.1.dev0", "3"},
             {"2", "2.0", "2.0.post1", "2+l", "2.post1+l", "2.post1.dev0"}},
        Case{"GreaterPre", ">1.0b1", {"1.0b2+l", "1.0b2.dev0", "1.0"}, {"1.0b1.post1", "1.0b1+l"}},
        Case{"GreaterDev", ">1.0.dev9", {"1.0.dev10", "1.0a1"}, {"1.0.dev9", "1.0.dev9+l"}},
        Case{"GreaterPost",
             ">1.0.post1",
             {"1.0.post2.dev0", "1.0.post2", "1.0.1"},
             {"1.0.post1+l", "1.0.post1"}},
        Case{"Identical", "===1.0-Final", {"1.0-final"}, {"1.0", " 1.0-final"}},
        Case{"IdenticalNeverNormalises", "===1.0", {"1.0"}, {"1.0.0", "1", "v1.0"}},
        Case{"LegacyMeetsNoOperator", "!=1.0", {}, {"1.0-final", ""}},
        Case{"LegacyIsNotBelow", "<=9", {}, {"1.0-final"}},
        Case{"AllMustHold", ">=1, <2 ,!=1.5", {"1.0", "1.9"}, {"0.9", "2", "1.5"}},
        Case{"EmptyPartsAreIgnored", ",, >=1 ,", {"1"}, {"0"}},
        Case{"NoneAdmitsAll", " ", {"1", "anything", ""}, {}},
        Case{"SpacesAndV", "  ==\t v1.0 ", {"1"}, {"2"}},
        Case{"Epoch", "~=1!1.0", {"1!1.9"}, {"1!2", "2!1.5"}}),
    [](const auto& test) { return std::string(test.param.name); });

struct Refusal {
    std::string_view name;
    std::string_view text;
    std::string_view reason;
    std::size_t offset;
};

class SpecifierRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(SpecifierRefusals, SayWhatIsWrongAndWhere) {
    const auto set = parse_specifiers(GetParam().text);

    ASSERT_FALSE(set);
    EXPECT_NE(set.error().message.find(GetParam().reason), std::string::npos)
        << set.error().message;
    EXPECT_EQ(set.error().offset, GetParam().offset);
}

constexpr std::string_view kRest = "nothing of a version may stand here";
constexpr std::string_view kNoLocal = "a local version stands only behind '==' and '!='";
constexpr std::string_view kRelease = "'.*' stands only behind a release";

INSTANTIATE_TEST_SUITE_P(
    Texts,
    SpecifierRefusals,
    testing::Values(Refusal{"NoOperator", "1.0", "there is no operator", 0},
                    Refusal{"SingleEquals", "=1.0", "there is no operator", 0},
                    Refusal{"NoVersion", ">=", "a number is missing", 2},
                    Refusal{"TwoOperators", ">=>1", "a number is missing", 2},
                    Refusal{"Second", ">=1, <x", "a number is missing", 6},
                    Refusal{"PrefixOfPre", "==1.0a1.*", kRelease, 2},
                    Refusal{"PrefixOfPost", "!=1.0.post1.*", kRelease, 2},
                    Refusal{"PrefixOfDev", "==1.0.dev1.*", kRelease, 2},
                    Refusal{"PrefixOfLocal", "==1.0+x.*", kRelease, 2},
                    Refusal{"BlankBeforeStar", "== 1.0 .*", "white space stands before '.*'", 7},
                    Refusal{"StarAlone", "==*", "a number is missing", 2},
                    Refusal{"TwoStars", "==1.*.*", kRest, 3},
                    Refusal{
                        "PrefixOfAtLeast", ">=1.0.*", "'.*' stands only behind '==' and '!='", 2},
                    Refusal{"LocalOfLess", "<1.0+x", kNoLocal, 1},
                    Refusal{"LocalOfCompatible", "~=1.0+x", kNoLocal, 2},
                    Refusal{"CompatibleWithOneNumber", "~=1", "two numbers or more", 2},
                    Refusal{"NothingBehindIdentity", "=== ", "there is no version", 3},
                    Refusal{"BlankInIdentity", "===a b", "white space", 4},
                    Refusal{"MarkerInIdentity", "===a;b", "white space, ';' or ')'", 4}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseSpecifiers, KeepsTheClausesInOrder) {
    const auto set = parse_specifiers("==1.0.*, ~= v2.1");

    ASSERT_TRUE(set);
    ASSERT_EQ(set->clauses().size(), 2U);
    EXPECT_EQ(set->clauses()[0].op, Operator::equal);
    EXPECT_EQ(set->clauses()[0].version, "1.0");
    EXPECT_TRUE(set->clauses()[0].is_prefix);
    EXPECT_EQ(set->clauses()[1].op, Operator::compatible);
    EXPECT_EQ(set->clauses()[1].version, "v2.1");
    EXPECT_FALSE(set->clauses()[1].is_prefix);
}

TEST(ParseSpecifiers, TakesNumbersUpToTheLimit) {
    EXPECT_TRUE(parse_specifiers("==" + std::string(4300, '9') + ".*"));
    EXPECT_FALSE(parse_specifiers("==" + std::string(4301, '9') + ".*"));
}

} // namespace
} // namespace preflight::python
