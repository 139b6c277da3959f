// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json.hpp"
#include "preflight/report/report.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace preflight::report {
namespace {

constexpr std::array kRules = {
    Rule{.id = "a.long-one",
         .severity = Severity::critical,
         .summary = "It is \"so\".",
         .remedy = "Mend it."},
    Rule{
        .id = "b.x", .severity = Severity::low, .summary = "It is not so.", .remedy = "Leave it."}};

TEST(WriteRulesText, AlignsIdSeverityAndSummary) {
    EXPECT_EQ(write_rules_text(kRules),
              "a.long-one  critical  It is \"so\".\n"
              "                      Mend it.\n"
              "b.x         low       It is not so.\n"
              "                      Leave it.\n");
}

TEST(WriteRulesText, TakesNoRulesAtAll) {
    EXPECT_EQ(write_rules_text({}), "");
}

TEST(WriteRulesMarkdown, WritesOneRowForEachRule) {
    const auto text = write_rules_markdown(kRules);

    EXPECT_TRUE(text.starts_with("# Rules\n"));
    EXPECT_TRUE(text.ends_with("|---|---|---|---|\n"
                               "| `a.long-one` | critical | It is \"so\". | Mend it. |\n"
                               "| `b.x` | low | It is not so. | Leave it. |\n"));
}

TEST(WriteRulesJson, DescribesEachRule) {
    const auto json = document::parse_json(as_bytes(write_rules_json(kRules)));

    ASSERT_TRUE(json);
    const auto& rules = *json->find("rules")->as_array();
    ASSERT_EQ(rules.size(), kRules.size());
    EXPECT_EQ(*rules[0].find("id")->as_string(), "a.long-one");
    EXPECT_EQ(*rules[0].find("severity")->as_string(), "critical");
    EXPECT_EQ(*rules[0].find("summary")->as_string(), "It is \"so\".");
    EXPECT_EQ(*rules[1].find("remedy")->as_string(), "Leave it.");
}

TEST(WriteRulesJson, TakesNoRulesAtAll) {
    EXPECT_EQ(write_rules_json({}), "{\n  \"rules\": []\n}\n");
}

} // namespace
} // namespace preflight::report
