// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/cvss.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::advisory {
namespace {

constexpr int kAbsent = -1;

struct Example {
    std::string_view name;
    std::string_view vector;
    int base;
    int temporal = kAbsent;
    int environmental = kAbsent;
};

void PrintTo(const Example& example, std::ostream* out) {
    *out << example.vector;
}

class ParseCvssScores : public testing::TestWithParam<Example> {};

TEST_P(ParseCvssScores, InTenths) {
    const auto scores = parse_cvss(GetParam().vector);

    ASSERT_TRUE(scores) << scores.error().message;
    EXPECT_EQ(scores->base, GetParam().base);
    EXPECT_EQ(scores->temporal.value_or(kAbsent), GetParam().temporal);
    EXPECT_EQ(scores->environmental.value_or(kAbsent), GetParam().environmental);
}

// The first three: FIRST, "A Complete Guide to the Common Vulnerability Scoring System" 2.0,
// section 3.3.
INSTANTIATE_TEST_SUITE_P(
    Version2,
    ParseCvssScores,
    testing::Values(Example{"ApacheChunkedEncoding",
                            "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H",
                            78,
                            64,
                            92},
                    Example{"WindowsAsn1",
                            "AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L",
                            100,
                            83,
                            90},
                    Example{"AntivirusOverflow",
                            "AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M",
                            62,
                            49,
                            75},
                    Example{"ImpactAboveTenInTheBaseScore", "AV:L/AC:L/Au:N/C:C/I:C/A:C", 72},
                    Example{"NoImpact", "AV:N/AC:L/Au:N/C:N/I:N/A:N", 0},
                    Example{"Parentheses", "(AV:N/AC:L/Au:N/C:P/I:P/A:P)", 75},
                    Example{"AnyOrder", "A:P/I:P/C:P/Au:N/AC:L/AV:N", 75},
                    Example{"NegativeAdjustedScoreCounts",
                            "AV:L/AC:H/Au:M/C:N/I:P/A:N/RL:U/RC:C/CDP:LM/IR:L",
                            8,
                            8,
                            29}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Version3,
    ParseCvssScores,
    testing::Values(
        Example{"PhpMyAdminCrossSiteScripting",
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N",
                61,
                61,
                61},
        Example{"MySqlStoredProcedure", "CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 64, 64, 64},
        Example{"NearlyWorst", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, 98, 98},
        Example{"ChangedScopeOf31", "CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:C/C:H/I:H/A:H", 80, 80, 81},
        Example{"ChangedScopeOf30", "CVSS:3.0/AV:N/AC:H/PR:L/UI:R/S:C/C:H/I:H/A:H", 80, 80, 80},
        Example{"ModifiedImpactAlone",
                "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:N/MC:H/CR:H/E:P",
                0,
                0,
                69},
        Example{"AnyOrder", "CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N", 98, 98, 98}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Version4,
    ParseCvssScores,
    testing::Values(
        Example{"Worst", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100},
        Example{"LocalPrivileges",
                "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                73},
        // 8.55 exactly; FIRST's own calculator, in doubles, says 8.5 (osv-cvss.md, section 6.3).
        Example{"ExactHalf", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:L/VA:N/SC:H/SI:H/SA:H", 86},
        Example{"NoImpact", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0},
        Example{"NotExploited",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U",
                81},
        Example{"ModifiedToSafetyWithSupplements",
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/MVC:H/MSI:S/S:P/"
                "U:Clear",
                97}),
    [](const auto& test) { return std::string(test.param.name); });

struct Refusal {
    std::string_view name;
    std::string_view vector;
    std::string_view message;
    std::size_t offset;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.vector;
}

class ParseCvssRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseCvssRefuses, WithReasonAndOffset) {
    const auto scores = parse_cvss(GetParam().vector);

    ASSERT_FALSE(scores);
    EXPECT_EQ(scores.error().message, GetParam().message);
    EXPECT_EQ(scores.error().offset, GetParam().offset);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    ParseCvssRefuses,
    testing::Values(
        Refusal{"Empty", "", "expected '<metric>:<value>', found ''", 0},
        Refusal{"Word", "HIGH", "expected '<metric>:<value>', found 'HIGH'", 0},
        Refusal{
            "OtherVersion", "CVSS:5.0/AV:N", "expected CVSS version 3.0, 3.1 or 4.0 and '/'", 5},
        Refusal{"LowerCasePrefix", "cvss:3.1/AV:N", "unknown metric 'cvss'", 0},
        Refusal{"PrefixAlone", "CVSS:3.1/", "expected '<metric>:<value>', found ''", 9},
        Refusal{"SlashAtTheEnd",
                "AV:N/AC:L/Au:N/C:P/I:P/A:P/",
                "expected '<metric>:<value>', found ''",
                27},
        Refusal{"EmptyField", "AV:N//AC:L", "expected '<metric>:<value>', found ''", 5},
        Refusal{"UnknownMetric", "AV:N/XX:N", "unknown metric 'XX'", 5},
        Refusal{"UnknownValue", "AV:N/AC:X", "metric 'AC' cannot be 'X'", 8},
        Refusal{"EmptyValue", "AV:/AC:L", "metric 'AV' cannot be ''", 3},
        Refusal{"ValueWithBlank", "AV:L A/AC:L", "metric 'AV' cannot be 'L A'", 3},
        Refusal{"Repeated", "AV:N/AV:N", "metric 'AV' is given twice", 5},
        Refusal{"Missing", "AV:N/AC:L/Au:N/C:P/I:P", "metric 'A' is missing", 22},
        Refusal{"MetricOfVersion2", "CVSS:3.1/Au:N", "unknown metric 'Au'", 9},
        Refusal{"OutOfOrder", "CVSS:4.0/AC:L/AV:N", "metric 'AV' is out of order", 14},
        Refusal{
            "OpenParenthesis", "(AV:N/AC:L/Au:N/C:P/I:P/A:P", "the parenthesis is not closed", 27},
        Refusal{"ParenthesisAlone", "(", "the parenthesis is not closed", 1},
        Refusal{"OnlyClosed", "AV:N/AC:L/Au:N/C:P/I:P/A:P)", "metric 'A' cannot be 'P)'", 25}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseCvss, QuotesOnlyTheBeginningOfALongMetric) {
    const auto scores = parse_cvss(std::string(1'000'000, 'x'));

    ASSERT_FALSE(scores);
    EXPECT_LT(scores.error().message.size(), 100);
}

} // namespace
} // namespace preflight::advisory
