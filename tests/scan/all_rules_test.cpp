// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include "preflight/report/report.hpp"
#include "preflight/scan/scan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace preflight::scan {
namespace {

TEST(AllRules, AreInOrderOfIdAndEachOccursOnce) {
    const auto rules = all_rules();

    EXPECT_TRUE(std::ranges::is_sorted(rules, {}, &Rule::id));
    EXPECT_EQ(std::ranges::adjacent_find(rules, {}, &Rule::id), rules.end());
}

TEST(AllRules, AreNamedForTheirModuleAndSayWhatToDo) {
    static constexpr std::array<std::string_view, 4> kModules = {
        "advisory.", "deployment.", "inventory.", "unpack."};
    for (const auto& rule : all_rules()) {
        SCOPED_TRACE(rule.id);
        EXPECT_TRUE(std::ranges::any_of(kModules,
                                        [&](auto module) { return rule.id.starts_with(module); }));
        EXPECT_TRUE(rule.summary.ends_with('.'));
        EXPECT_TRUE(rule.remedy.ends_with('.'));
        EXPECT_FALSE(rule.remedy.empty());
    }
}

TEST(AllRules, StandInTheDocumentationAsTheProgramPrintsThem) {
    test::expect_golden(PREFLIGHT_RULES_DOCUMENT, report::write_rules_markdown(all_rules()));
}

} // namespace
} // namespace preflight::scan
