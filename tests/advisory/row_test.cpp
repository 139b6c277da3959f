// SPDX-License-Identifier: Apache-2.0
#include "advisory/sample_advisories.hpp"

#include "preflight/advisory/index.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

using std::string_literals::operator""s;

namespace preflight::advisory {
namespace {

TEST(EncodeAdvisories, GivesBackEveryMember) {
    const auto full = sample::full_advisory();

    const auto decoded = decode_advisories(as_bytes(encode_advisories({full})));

    ASSERT_TRUE(decoded) << decoded.error().message;
    ASSERT_EQ(decoded->size(), 1);
    const auto& advisory = decoded->front();
    EXPECT_EQ(advisory.id, full.id);
    EXPECT_EQ(advisory.modified, full.modified);
    EXPECT_EQ(advisory.aliases, full.aliases);
    EXPECT_EQ(advisory.summary, full.summary);
    EXPECT_EQ(advisory.severity_vectors, full.severity_vectors);
    EXPECT_EQ(advisory.label, full.label);
    ASSERT_EQ(advisory.ranges.size(), 2);
    ASSERT_EQ(advisory.ranges[0].events.size(), 2);
    EXPECT_EQ(advisory.ranges[0].events[1].kind, EventKind::fixed);
    EXPECT_EQ(advisory.ranges[0].events[1].version, "1.2");
    EXPECT_EQ(advisory.ranges[0].events[1].key, full.ranges[0].events[1].key);
    EXPECT_TRUE(advisory.ranges[1].events.empty());
    EXPECT_EQ(advisory.versions.keys, full.versions.keys);
    EXPECT_EQ(advisory.versions.legacy, full.versions.legacy);
    EXPECT_EQ(advisory.versions.count, full.versions.count);
}

TEST(EncodeAdvisories, KeepsEveryLabelAndNone) {
    for (const auto label : {std::optional<Severity>(),
                             std::optional(Severity::info),
                             std::optional(Severity::low),
                             std::optional(Severity::medium),
                             std::optional(Severity::high),
                             std::optional(Severity::critical)}) {
        const auto decoded =
            decode_advisories(as_bytes(encode_advisories({{.id = "A", .label = label}})));

        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->front().label, label);
    }
}

TEST(EncodeAdvisories, KeepsAnEmptyList) {
    const auto decoded = decode_advisories(as_bytes(encode_advisories({})));

    ASSERT_TRUE(decoded);
    EXPECT_TRUE(decoded->empty());
}

TEST(DecodeAdvisories, RefusesEveryShorterRow) {
    const auto row = encode_advisories({sample::full_advisory(), {.id = "Z"}});

    for (std::size_t size = 0; size < row.size(); ++size) {
        const auto decoded = decode_advisories(as_bytes(std::string_view(row).substr(0, size)));
        ASSERT_FALSE(decoded) << size << " bytes";
        EXPECT_LE(decoded.error().offset, size);
    }
}

TEST(DecodeAdvisories, TakesOnlyTheOneFormOfAValue) {
    const auto row = encode_advisories({sample::full_advisory(), {.id = "Z"}});

    for (std::size_t bit = 0; bit < row.size() * 8; ++bit) {
        auto changed = row;
        changed[bit / 8] =
            static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1U << (bit % 8)));
        if (const auto decoded = decode_advisories(as_bytes(changed))) {
            EXPECT_EQ(encode_advisories(*decoded), changed) << "bit " << bit;
        }
    }
}

struct Refusal {
    const char* name;
    std::string row;
    const char* message;
    std::size_t offset;
};

/// One advisory "A" whose values after the id are those bytes.
std::string one(const std::string& rest) {
    return "\1\1\1A"s + rest;
}

class DecodeAdvisoriesRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(DecodeAdvisoriesRefuses, WithReasonAndOffset) {
    const auto decoded = decode_advisories(as_bytes(GetParam().row));

    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().message, GetParam().message);
    EXPECT_EQ(decoded.error().offset, GetParam().offset);
}

// The values of an advisory after its id: modified, aliases, summary, vectors, label, ranges, keys,
// legacy versions, count.
INSTANTIATE_TEST_SUITE_P(
    ,
    DecodeAdvisoriesRefuses,
    testing::Values(
        Refusal{"Empty", "", "the bytes end where a number should be", 0},
        Refusal{"AnotherForm", "\2\0"s, "the row is of another form", 0},
        Refusal{"NoList", "\1", "the bytes end where a number should be", 1},
        Refusal{
            "ListTooLong", "\1\1"s + std::string(9, '\0'), "a list is longer than what is left", 1},
        Refusal{"NoId", "\1\1"s + std::string(10, '\0'), "the records are not in order of id", 11},
        Refusal{"SameIdTwice",
                one(std::string(9, '\0')).replace(1, 1, "\2") + "\1A"s + std::string(9, '\0'),
                "the records are not in order of id",
                23},
        Refusal{"TextTooLong",
                one("\x20"s + std::string(8, '\0')),
                "a text is longer than what is left",
                4},
        Refusal{"NumberOfElevenBytes",
                "\1"s + std::string(10, '\x80'),
                "a number has more than 64 bits",
                1},
        Refusal{"NumberOf65Bits",
                "\1"s + std::string(9, '\xFF') + "\2",
                "a number has more than 64 bits",
                1},
        Refusal{"LongFormOfZero", "\1\x80\0"s, "a number is not in its shortest form", 1},
        Refusal{"NoSuchLabel", one("\0\0\0\0\6\0\0\0\0"s), "there is no severity 6", 8},
        Refusal{
            "NoSuchKind", one("\0\0\0\0\0\1\1\4\0\0\0\0\0"s), "there is no kind of event 4", 11},
        Refusal{"UnsortedEvents",
                one("\0\0\0\0\0\1\2\0\0\1b\0\0\1a\0\0\0"s),
                "the events of a range are not in order",
                17},
        Refusal{"UnsortedKinds",
                one("\0\0\0\0\0\1\2\2\0\0\1\0\0\0\0\0"s),
                "the events of a range are not in order",
                16},
        Refusal{"BytesAfter", "\1\0x"s, "bytes follow after the last value", 2}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(DecodeAdvisories, TakesAListAsLongAsTheBytesAllow) {
    EXPECT_TRUE(decode_advisories(as_bytes(one(std::string(9, '\0')))));
}

} // namespace
} // namespace preflight::advisory
