// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/version.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace preflight::python {
namespace {

std::string digits(std::size_t count) {
    return std::string(count, '9');
}

/// Each version is lower than the next, and none is like another. Texts that are no version come
/// first.
const std::vector<std::string>& ascending() {
    static const std::vector<std::string> versions = {
        "2.0-alpha-x",
        "2.0-x",
        "2.0.x",
        "0.dev0",
        "0",
        "0.0.1",
        "1.0.dev1",
        "1.0.dev2",
        "1.0a1.dev1",
        "1.0a1",
        "1.0a1+local",
        "1.0a1.post1.dev1",
        "1.0a1.post1",
        "1.0a2",
        "1.0a10",
        "1.0b1",
        "1.0rc1",
        "1.0",
        "1.0+a",
        "1.0+a.b",
        "1.0+a.1",
        "1.0+ab",
        "1.0+b",
        "1.0+0",
        "1.0+0.0",
        "1.0+1",
        "1.0+239",
        "1.0+240",
        "1.0.post0.dev1",
        "1.0.post0",
        "1.0.post1",
        "1.0.post1+x",
        "1.0.0.1",
        "1.0.1",
        "1.1",
        "1.9",
        "1.10",
        "1.239",
        "1.240",
        "1.255",
        "1.256",
        "1.65535",
        "1.65536",
        "1.4294967295",
        "1.4294967296",
        "1.9999999999999999999",
        "1.10000000000000000000",
        "1.18446744073709551615",
        "1.18446744073709551616",
        "1.99999999999999999999",
        "1." + digits(300),
        "1." + digits(4300),
        "2",
        "1!0.1.dev1",
        "1!0.1",
        "2!0",
    };
    return versions;
}

TEST(VersionKey, OrdersAllPairsOfAnAscendingRow) {
    const auto& versions = ascending();

    for (std::size_t left = 0; left < versions.size(); ++left) {
        for (std::size_t right = 0; right < versions.size(); ++right) {
            const auto order = version_key(versions[left]) <=> version_key(versions[right]);
            EXPECT_EQ(order, left <=> right) << versions[left] << " and " << versions[right];
        }
    }
}

TEST(VersionKey, LiesBetweenTheEmptyStringAndTheHighestByte) {
    for (const auto& version : ascending()) {
        EXPECT_GT(version_key(version), "");
        EXPECT_LT(version_key(version), "\xFF");
    }
    EXPECT_GT(version_key(""), "");
}

TEST(VersionKey, IsTheSameForSpellingsOfOneVersion) {
    const std::vector<std::array<std::string_view, 2>> pairs = {
        {"1.0", "1"},
        {"1.0.0", "v01.0"},
        {"0!1", "1"},
        {"1.0-1", "1.post1"},
        {"1.0ALPHA", "1a0"},
        {"1.0+ABC_01", "1+abc.1"},
        {"0.0", "0"},
        {" 1.0\n", "1"},
    };

    for (const auto& [left, right] : pairs) {
        EXPECT_EQ(version_key(left), version_key(right)) << left << " and " << right;
    }
}

TEST(VersionKey, IsAppendedToWhatIsThere) {
    std::string key = "x";

    const bool is_version = append_version_key("1.0", key);

    EXPECT_TRUE(is_version);
    EXPECT_EQ(key, "x" + version_key("1.0"));
}

TEST(VersionKey, SaysWhichTextIsNoVersion) {
    std::string key;

    EXPECT_FALSE(append_version_key("2013-01-21T20:33:09+0100", key));
    EXPECT_FALSE(append_version_key("", key));
    EXPECT_TRUE(append_version_key("2013.01.21", key));
}

// Source: osv-scalibr, semantic/version-pypi.go, which follows old releases of setuptools.
TEST(VersionKey, OrdersLegacyTextsAsOsvDoes) {
    const std::vector<std::array<std::string_view, 2>> pairs = {
        {"1.0-x-alpha", "1.0-x"},     // letters before "final" are pre-releases
        {"1.0-x", "1.0-x-patch"},     // letters behind it are patches
        {"1.0-x-2", "1.0-x-10"},      // numbers count as numbers
        {"1-x-dev", "1-x-alpha"},     // "dev" is below all letters
        {"1-x-rc1", "1-x-final1"},    // "rc" is "c"
        {"1.0p1", "1.1p1"},           //
        {"1.x.00000000", "1.x.0.0.1"} // zeros at the end go
    };

    for (const auto& [low, high] : pairs) {
        EXPECT_LT(version_key(low), version_key(high)) << low << " and " << high;
    }
    EXPECT_EQ(version_key("1.X.0"), version_key("1.x"));
    EXPECT_EQ(version_key("1.x-preview"), version_key("1.x--rc"));
    EXPECT_NE(version_key("1.x.100000000"), version_key("1.x.1"));
}

struct NormalForm {
    std::string_view name;
    std::string_view text;
    std::string_view normal;
    std::string_view public_text;
    std::string_view base_text;
};

class NormalForms : public testing::TestWithParam<NormalForm> {};

TEST_P(NormalForms, AreAsPackagingGivesThem) {
    const auto version = parse_version(GetParam().text);

    ASSERT_TRUE(version) << version.error().message;
    EXPECT_EQ(version->text(), GetParam().normal);
    EXPECT_EQ(version->public_text(), GetParam().public_text);
    EXPECT_EQ(version->base_text(), GetParam().base_text);
    EXPECT_EQ(version->has_local(), GetParam().normal != GetParam().public_text);
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    NormalForms,
    testing::Values(
        NormalForm{"Plain", "1.26.18", "1.26.18", "1.26.18", "1.26.18"},
        NormalForm{"ZerosStay", "1.0.0", "1.0.0", "1.0.0", "1.0.0"},
        NormalForm{"LeadingZerosGo", "2015.04.028", "2015.4.28", "2015.4.28", "2015.4.28"},
        NormalForm{"All",
                   "V1!2.0-ALPHA_3.rev-04_DEV5+Ab_01-c",
                   "1!2.0a3.post4.dev5+ab.1.c",
                   "1!2.0a3.post4.dev5",
                   "1!2.0"},
        NormalForm{"EpochZeroGoes", "0!1", "1", "1", "1"},
        NormalForm{"Preview", "1preview", "1rc0", "1rc0", "1"},
        NormalForm{"CandidateC", "1.c2", "1rc2", "1rc2", "1"},
        NormalForm{"ImplicitPost", "1-2", "1.post2", "1.post2", "1"},
        NormalForm{"PostR", "1r3", "1.post3", "1.post3", "1"},
        NormalForm{"SeparatorBehindWord", "1.0a.", "1.0a0", "1.0a0", "1.0"},
        NormalForm{"NumberBehindSeparator", "1.0.dev-3", "1.0.dev3", "1.0.dev3", "1.0"},
        NormalForm{"PostBehindBareAlpha", "1a--1", "1a0.post1", "1a0.post1", "1"},
        NormalForm{"LocalZeros", "1+000", "1+0", "1", "1"},
        NormalForm{"WhiteSpace", "\t\xC2\xA0\xE2\x80\x83 1.0 \r\n\x1F", "1.0", "1.0", "1.0"}),
    [](const auto& test) { return std::string(test.param.name); });

struct Refusal {
    std::string_view name;
    std::string text;
    std::string_view reason;
    std::size_t offset;
};

class VersionRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(VersionRefusals, SayWhatIsWrongAndWhere) {
    const auto version = parse_version(GetParam().text);

    ASSERT_FALSE(version);
    EXPECT_TRUE(version.error().message.ends_with(GetParam().reason)) << version.error().message;
    EXPECT_EQ(version.error().offset, GetParam().offset);
}

constexpr std::string_view kMissing = "a number is missing";
constexpr std::string_view kRest = "nothing of a version may stand here";
constexpr std::string_view kLong = "a number has more than 4300 digits";

INSTANTIATE_TEST_SUITE_P(
    Texts,
    VersionRefusals,
    testing::Values(Refusal{"Empty", "", kMissing, 0},
                    Refusal{"Blanks", "  ", kMissing, 2},
                    Refusal{"Word", "french toast", kMissing, 0},
                    Refusal{"NoFirstNumber", ".1", kMissing, 0},
                    Refusal{"NoFirstNumberBehindV", "v.1", kMissing, 1},
                    Refusal{"NoReleaseBehindEpoch", "1!", kMissing, 2},
                    Refusal{"NoFirstNumberBehindEpoch", "1!.2", kMissing, 2},
                    Refusal{"TwoDots", "1..2", kRest, 1},
                    Refusal{"DotAtEnd", "1.0.", kRest, 3},
                    Refusal{"DashAtEnd", "1.0-", kRest, 3},
                    Refusal{"Underscore", "1_0", kRest, 1},
                    Refusal{"Exponent", "1e1", kRest, 1},
                    Refusal{"SecondPre", "1a1b1", kRest, 3},
                    Refusal{"PostBehindDev", "1.dev1.post1", kRest, 6},
                    Refusal{"EmptyLocal", "1.0+", kRest, 3},
                    Refusal{"LocalEndsInDot", "1.0+1.", kRest, 5},
                    Refusal{"LocalWithTwoDots", "1.0+a..b", kRest, 5},
                    Refusal{"SecondLocal", "1.0+a+b", kRest, 5},
                    Refusal{"BlankInside", " 1 .0", kRest, 2},
                    Refusal{"ArabicDigit", "1.\xD9\xA1", kRest, 1},
                    Refusal{"LongSInPost", "1.po\xC5\xBFt1", kRest, 1},
                    Refusal{"NotUtf8", "1.0\xFF", kRest, 3},
                    Refusal{"Nul", std::string("1.0\0", 4), kRest, 3},
                    Refusal{"LongRelease", "1." + digits(4301), kLong, 2},
                    Refusal{"LongEpoch", digits(4301) + "!1", kLong, 0},
                    Refusal{"LongZeros", "1.dev" + std::string(4301, '0'), kLong, 5},
                    Refusal{"LongLocal", "1+a." + digits(4301), kLong, 4}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseVersion, TakesNumbersUpToTheLimit) {
    const auto version = parse_version("1." + digits(4300) + "+" + digits(4300));
    const auto word = parse_version("1+a" + digits(4301));

    EXPECT_TRUE(version);
    EXPECT_TRUE(word) << "a word of any length is no number";
}

TEST(ParseVersion, EscapesTheTextInItsMessage) {
    const auto version = parse_version("1\x1B[2J");

    ASSERT_FALSE(version);
    EXPECT_EQ(version.error().message,
              "'1\\x1b[2J' is not a version: nothing of a version may stand here");
}

TEST(ParseVersion, TellsPreReleasesFromOthers) {
    EXPECT_TRUE(parse_version("1.0a1")->is_prerelease());
    EXPECT_TRUE(parse_version("1.0.dev1")->is_prerelease());
    EXPECT_TRUE(parse_version("1.0.post1.dev1")->is_prerelease());
    EXPECT_FALSE(parse_version("1.0")->is_prerelease());
    EXPECT_FALSE(parse_version("1.0.post1+a1")->is_prerelease());
}

TEST(Version, ComparesAsItsKeyDoes) {
    const auto low = *parse_version("1.0rc1");
    const auto high = *parse_version("1.0");
    const auto same = *parse_version("1.0.0");

    EXPECT_LT(low, high);
    EXPECT_EQ(high, same);
    EXPECT_GE(high, same);
    EXPECT_EQ(high.key(), version_key("1"));
}

} // namespace
} // namespace preflight::python
