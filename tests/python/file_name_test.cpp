// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/file_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::python {
namespace {

std::string dotted(std::string_view word, std::size_t count) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index) {
        text += (index == 0 ? "" : ".") + std::string(word) + std::to_string(index);
    }
    return text;
}

TEST(ParseWheelFileName, ReadsNameVersionAndTag) {
    const auto wheel = parse_wheel_file_name("Foo.Bar_baz-01.0+L_1-py3-none-any.whl");

    ASSERT_TRUE(wheel) << wheel.error().message;
    EXPECT_EQ(wheel->name, "foo-bar-baz");
    EXPECT_EQ(wheel->version, "1.0+l.1");
    EXPECT_EQ(wheel->build, "");
    EXPECT_EQ(wheel->tags, std::vector<std::string>{"py3-none-any"});
}

TEST(ParseWheelFileName, ReadsABuildTag) {
    const auto wheel = parse_wheel_file_name("foo-1.0-2local-py3-none-any.whl");

    ASSERT_TRUE(wheel) << wheel.error().message;
    EXPECT_EQ(wheel->build, "2local");
}

TEST(ParseWheelFileName, ExpandsCompressedTagsSortedAndOnce) {
    const auto wheel = parse_wheel_file_name("foo-1-py3.PY2.py3-none-b.a.whl");

    ASSERT_TRUE(wheel) << wheel.error().message;
    const std::vector<std::string> expected = {
        "py2-none-a", "py2-none-b", "py3-none-a", "py3-none-b"};
    EXPECT_EQ(wheel->tags, expected);
}

TEST(ParseWheelFileName, LimitsTheTagsThatANameStandsFor) {
    const auto at_limit = "foo-1-" + dotted("p", 64) + "-" + dotted("a", 64) + "-any.whl";
    const auto above = "foo-1-" + dotted("p", 64) + "-" + dotted("a", 65) + "-any.whl";

    ASSERT_EQ(kMaxWheelTags, std::size_t{64} * 64);
    ASSERT_TRUE(parse_wheel_file_name(at_limit));
    EXPECT_EQ(parse_wheel_file_name(at_limit)->tags.size(), kMaxWheelTags);
    EXPECT_FALSE(parse_wheel_file_name(above));
}

TEST(ParseWheelFileName, LimitsTheDigitsOfABuildTag) {
    const auto named = [](std::size_t digits) {
        return "foo-1-" + std::string(digits, '1') + "-py3-none-any.whl";
    };

    EXPECT_TRUE(parse_wheel_file_name(named(4300)));
    EXPECT_FALSE(parse_wheel_file_name(named(4301)));
}

struct Refusal {
    std::string_view name;
    std::string_view file_name;
    std::string_view reason;
    std::size_t offset;
};

class WheelRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(WheelRefusals, SayWhatIsWrongAndWhere) {
    const auto wheel = parse_wheel_file_name(GetParam().file_name);

    ASSERT_FALSE(wheel);
    EXPECT_TRUE(wheel.error().message.ends_with(GetParam().reason)) << wheel.error().message;
    EXPECT_EQ(wheel.error().offset, GetParam().offset);
}

constexpr std::string_view kParts = "it has not five or six parts";
constexpr std::string_view kName = "its project name is malformed";
constexpr std::string_view kVersion = "its version is not one of PEP 440";
constexpr std::string_view kBuild = "its build tag does not begin with a digit";
constexpr std::string_view kTags = "its tags are malformed or too many";

INSTANTIATE_TEST_SUITE_P(
    FileNames,
    WheelRefusals,
    testing::Values(Refusal{"Empty", "", "it does not end in '.whl'", 0},
                    Refusal{"Egg", "foo-1-py3.egg", "it does not end in '.whl'", 13},
                    Refusal{
                        "UpperCaseEnd", "foo-1-py3-none-any.WHL", "it does not end in '.whl'", 22},
                    Refusal{"FourParts", "foo-1-none-any.whl", kParts, 0},
                    Refusal{"SevenParts", "foo-1-2-3-py3-none-any.whl", kParts, 0},
                    Refusal{"NoName", "-1-py3-none-any.whl", kName, 0},
                    Refusal{"DoubleUnderscore", "f__oo-1-py3-none-any.whl", kName, 0},
                    Refusal{"BlankInName", "f oo-1-py3-none-any.whl", kName, 0},
                    Refusal{"NameBeyondAscii", "caf\xC3\xA9-1-py3-none-any.whl", kName, 0},
                    Refusal{"LegacyVersion", "foo-1.x-py3-none-any.whl", kVersion, 5},
                    Refusal{"NoVersion", "foo--py3-none-any.whl", kVersion, 4},
                    Refusal{"BuildWithoutDigit", "foo-1-b2-py3-none-any.whl", kBuild, 6},
                    Refusal{"LineFeedInBuild", "foo-1-2\n-py3-none-any.whl", kBuild, 6},
                    Refusal{"EmptyInterpreter", "foo-1--none-any.whl", kTags, 6},
                    Refusal{"InterpreterWithDigitFirst", "foo-1-3py-none-any.whl", kTags, 6},
                    Refusal{"EmptyAbi", "foo-1-py3-cp3..x-any.whl", kTags, 6},
                    Refusal{"EmptyPlatform", "foo-1-py3-none-.whl", kTags, 6}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ParseSdistFileName, ReadsBothKindsOfArchive) {
    const auto tar = parse_sdist_file_name("Some-Thing-2015.04.28.tar.gz");
    const auto zip = parse_sdist_file_name("a_b-1.0.zip");

    ASSERT_TRUE(tar && zip);
    EXPECT_EQ(tar->name, "some-thing");
    EXPECT_EQ(tar->version, "2015.4.28");
    EXPECT_EQ(zip->name, "a-b");
    EXPECT_EQ(zip->version, "1.0");
}

class SdistRefusals : public testing::TestWithParam<Refusal> {};

TEST_P(SdistRefusals, SayWhatIsWrongAndWhere) {
    const auto sdist = parse_sdist_file_name(GetParam().file_name);

    ASSERT_FALSE(sdist);
    EXPECT_TRUE(sdist.error().message.ends_with(GetParam().reason)) << sdist.error().message;
    EXPECT_EQ(sdist.error().offset, GetParam().offset);
}

constexpr std::string_view kEnd = "it ends neither in '.tar.gz' nor in '.zip'";
constexpr std::string_view kNoName = "it has no project name before a '-'";

INSTANTIATE_TEST_SUITE_P(FileNames,
                         SdistRefusals,
                         testing::Values(Refusal{"Bzip2", "foo-1.tar.bz2", kEnd, 13},
                                         Refusal{"NoDash", "foo.tar.gz", kNoName, 0},
                                         Refusal{"NoName", "-1.zip", kNoName, 0},
                                         Refusal{"NoVersion", "foo-.zip", kVersion, 4},
                                         Refusal{"LegacyVersion", "foo-1.x.zip", kVersion, 5}),
                         [](const auto& test) { return std::string(test.param.name); });

} // namespace
} // namespace preflight::python
