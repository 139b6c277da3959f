// SPDX-License-Identifier: Apache-2.0
#include "rule_examples.hpp"
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>
#include <string_view>

namespace preflight::unpack {
namespace {

// Shown firing in second_opinion_test.cpp and tar_test.cpp.
constexpr std::array<std::string_view, 4> kShownElsewhere = {
    "unpack.parser-differential", "unpack.hard-link", "unpack.not-tar", "unpack.tar-malformed"};

TEST(UnpackRules, FireOnTheirExamples) {
    for (const auto& example : refusal_examples()) {
        EXPECT_EQ(verdict_on(example.fires, {.limits = example.limits}), example.rule_id);
    }
}

TEST(UnpackRules, LeaveNearMissesAlone) {
    for (const auto& example : refusal_examples()) {
        EXPECT_EQ(verdict_on(example.near_miss, {.limits = example.limits}), "accept")
            << example.rule_id;
    }
}

TEST(UnpackRules, AllHaveAnExample) {
    std::set<std::string_view> shown(kShownElsewhere.begin(), kShownElsewhere.end());
    const auto examples = refusal_examples();
    std::ranges::transform(examples, std::inserter(shown, shown.end()), &RuleExample::rule_id);
    for (const auto& rule : rules()) {
        // What is no refusal is a note: notes_test.cpp.
        EXPECT_TRUE(rule.severity != Severity::critical || shown.contains(rule.id)) << rule.id;
    }
    for (const auto id : shown) {
        EXPECT_TRUE(std::ranges::any_of(rules(), [&](const Rule& rule) { return rule.id == id; }))
            << id;
    }
}

TEST(UnpackRules, AreSortedUniqueAndNamedAfterTheModule) {
    EXPECT_EQ(std::ranges::adjacent_find(rules(), std::ranges::greater_equal{}, &Rule::id),
              rules().end());
    for (const auto& rule : rules()) {
        EXPECT_TRUE(rule.id.starts_with("unpack.")) << rule.id;
        EXPECT_TRUE(rule.summary.ends_with('.')) << rule.id;
        EXPECT_FALSE(rule.remedy.empty()) << rule.id;
    }
}

TEST(UnpackRules, SayWithARefusalWhichEntryWhereAndWhatToDo) {
    for (const auto& example : refusal_examples()) {
        const auto archive = parse_archive(as_bytes(example.fires), {.limits = example.limits});
        if (archive) {
            continue; // R13 refuses when the contents are read
        }
        const auto& refusal = archive.error();
        ASSERT_TRUE(refusal.location.offset) << refusal.rule_id;
        EXPECT_LE(*refusal.location.offset, example.fires.size()) << refusal.rule_id;
        EXPECT_FALSE(refusal.message.empty()) << refusal.rule_id;
        EXPECT_FALSE(refusal.remedy.empty()) << refusal.rule_id;
        EXPECT_EQ(refusal.severity, Severity::critical) << refusal.rule_id;
    }
}

TEST(IsNoArchive, HoldsWhereNothingCouldBeJudged) {
    for (const auto& example : refusal_examples()) {
        const auto archive = parse_archive(as_bytes(example.fires), {.limits = example.limits});
        if (!archive) {
            EXPECT_EQ(is_no_archive(archive.error()),
                      example.rule_id == "unpack.too-small" || example.rule_id == "unpack.no-eocd")
                << example.rule_id;
        }
    }
}

} // namespace
} // namespace preflight::unpack
