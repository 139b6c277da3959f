// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/suggestion.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight {
namespace {

const std::vector<std::string>& options() {
    static const std::vector<std::string> kOptions = {
        "--runtime", "--layer", "--fail-on", "--at", "--db"};
    return kOptions;
}

TEST(FindSuggestion, ForgivesTwoLetters) {
    EXPECT_EQ(find_suggestion("--runtme", options()), "--runtime");
    EXPECT_EQ(find_suggestion("--rutnime", options()), "--runtime");
    EXPECT_EQ(find_suggestion("--layers", options()), "--layer");
    EXPECT_EQ(find_suggestion("--fial-onn", options()), "--fail-on");
}

TEST(FindSuggestion, DoesNotGuessWildly) {
    EXPECT_EQ(find_suggestion("--severity", options()), std::nullopt);
    EXPECT_EQ(find_suggestion("--run", options()), std::nullopt);
    EXPECT_EQ(find_suggestion("", options()), std::nullopt);
    EXPECT_EQ(find_suggestion(std::string(100, '-'), options()), std::nullopt);
}

TEST(FindSuggestion, ForgivesOneLetterOfAShortWord) {
    EXPECT_EQ(find_suggestion("--bd", options()), "--db");
    EXPECT_EQ(find_suggestion("-xyz", options()), std::nullopt);
}

} // namespace
} // namespace preflight
