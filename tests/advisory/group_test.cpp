// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/match.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::advisory {
namespace {

using Texts = std::vector<std::string>;

// Scores 0.0, 5.3, 7.5 and 9.8.
constexpr auto kNone = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N";
constexpr auto kMedium = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";
constexpr auto kHigh = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";
constexpr auto kCritical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

Advisory named(std::string id, Texts aliases = {}) {
    Advisory advisory;
    advisory.id = std::move(id);
    advisory.aliases = std::move(aliases);
    return advisory;
}

Advisory rated(Texts vectors, std::optional<Severity> label = std::nullopt) {
    auto advisory = named("A");
    advisory.severity_vectors = std::move(vectors);
    advisory.label = label;
    return advisory;
}

VulnerabilityGroup only_group(const std::vector<Advisory>& advisories) {
    auto groups = group_by_alias(advisories);
    EXPECT_EQ(groups.size(), 1);
    return groups.empty() ? VulnerabilityGroup() : groups.front();
}

TEST(GroupByAlias, JoinsRecordsThatNameEachOther) {
    const std::vector<Advisory> advisories = {named("GHSA-1", {"CVE-1"}),
                                              named("PYSEC-1", {"GHSA-1"})};

    const auto group = only_group(advisories);

    EXPECT_EQ(group.members, (std::vector{&advisories[0], &advisories[1]}));
    EXPECT_EQ(group.names, (Texts{"CVE-1", "GHSA-1", "PYSEC-1"}));
}

TEST(GroupByAlias, JoinsRecordsThatShareANameOfNone) {
    const std::vector<Advisory> advisories = {named("A", {"CVE-1"}), named("B", {"CVE-1"})};

    EXPECT_EQ(group_by_alias(advisories).size(), 1);
}

TEST(GroupByAlias, FollowsChainsInAnyOrder) {
    const std::vector<Advisory> advisories = {named("D", {"3"}),
                                              named("A", {"1"}),
                                              named("C", {"2", "3"}),
                                              named("B", {"1", "2"}),
                                              named("X", {"9"})};

    const auto groups = group_by_alias(advisories);

    ASSERT_EQ(groups.size(), 2);
    EXPECT_EQ(groups[0].names, (Texts{"1", "2", "3", "A", "B", "C", "D"}));
    EXPECT_EQ(groups[0].members[0]->id, "A");
    EXPECT_EQ(groups[0].members[3]->id, "D");
    EXPECT_EQ(groups[1].names, (Texts{"9", "X"}));
}

TEST(GroupByAlias, DoesNotFollowTheAliasesOfALongList) {
    for (const std::size_t count : {31U, 32U, 33U}) {
        Texts aliases = {"B"};
        while (aliases.size() < count) {
            aliases.push_back("CVE-" + std::to_string(aliases.size()));
        }
        const std::vector<Advisory> advisories = {
            named("A", aliases), named("B"), named("C", {"A"})};

        EXPECT_EQ(group_by_alias(advisories).size(), count <= 32 ? 1 : 2) << count;
    }
}

TEST(GroupByAlias, TakesTheHighestScoreOfAllMembers) {
    auto advisories = std::vector{named("A", {"1"}), named("B", {"1"})};
    advisories[0].severity_vectors = {kMedium, kHigh};
    advisories[1].severity_vectors = {kMedium};

    const auto group = only_group(advisories);

    EXPECT_EQ(group.score_tenths, 75);
    EXPECT_EQ(group.severity, Severity::high);
    EXPECT_EQ(group.source, SeveritySource::score);
    EXPECT_EQ(group.severity_vectors, (Texts{kHigh, kMedium}));
}

TEST(GroupByAlias, PassesOverAVectorThatIsNone) {
    const std::vector<Advisory> advisories = {rated({"CVSS:3.1/nonsense", kMedium})};

    const auto group = only_group(advisories);

    EXPECT_EQ(group.score_tenths, 53);
    EXPECT_EQ(group.severity, Severity::medium);
}

TEST(GroupByAlias, CountsTheBaseScore) {
    // Base 8.0, environmental 8.1 though no such metric is given (osv-cvss.md, section 6.2).
    const std::vector<Advisory> advisories = {
        rated({"CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:C/C:H/I:H/A:H"})};

    EXPECT_EQ(only_group(advisories).score_tenths, 80);
}

struct Rating {
    const char* name;
    Advisory advisory;
    std::optional<int> score;
    std::optional<Severity> severity;
    SeveritySource source;
};

TEST(GroupByAlias, TakesTheHigherOfBandAndLabel) {
    const std::vector<Rating> ratings = {
        {"nothing", rated({}), {}, {}, SeveritySource::unknown},
        {"only nonsense", rated({"x"}), {}, {}, SeveritySource::unknown},
        {"label alone", rated({}, Severity::low), {}, Severity::low, SeveritySource::label},
        {"label above",
         rated({kMedium}, Severity::critical),
         53,
         Severity::critical,
         SeveritySource::label},
        {"both the same",
         rated({kHigh}, Severity::high),
         75,
         Severity::high,
         SeveritySource::score},
        {"label below",
         rated({kCritical}, Severity::low),
         98,
         Severity::critical,
         SeveritySource::score},
        {"score of 0", rated({kNone}), 0, Severity::info, SeveritySource::score},
        {"score of 0 with a label",
         rated({kNone}, Severity::low),
         0,
         Severity::low,
         SeveritySource::label}};
    for (const auto& rating : ratings) {
        const std::vector<Advisory> advisories = {rating.advisory};

        const auto group = only_group(advisories);

        EXPECT_EQ(group.score_tenths, rating.score) << rating.name;
        EXPECT_EQ(group.severity, rating.severity) << rating.name;
        EXPECT_EQ(group.source, rating.source) << rating.name;
    }
}

TEST(GroupByAlias, DividesScoresIntoBands) {
    const std::vector<std::pair<const char*, Severity>> bands = {
        {"AV:L/AC:H/Au:N/C:P/I:P/A:P", Severity::low},      // 3.7
        {"AV:N/AC:M/Au:S/C:P/I:N/A:N", Severity::low},      // 3.5
        {"AV:N/AC:L/Au:S/C:N/I:N/A:P", Severity::medium},   // 4.0
        {"AV:L/AC:M/Au:N/C:C/I:C/A:C", Severity::medium},   // 6.9
        {"AV:N/AC:M/Au:N/C:C/I:N/A:N", Severity::high},     // 7.1
        {"AV:N/AC:L/Au:S/C:C/I:C/A:C", Severity::critical}, // 9.0
    };
    for (const auto& [vector, severity] : bands) {
        const std::vector<Advisory> advisories = {rated({vector})};

        EXPECT_EQ(only_group(advisories).severity, severity) << vector;
    }
}

TEST(GroupByAlias, CallsAMaliciousPackageCritical) {
    auto advisories = std::vector{named("GHSA-1", {"MAL-1"}), named("MAL-1")};
    advisories[0].severity_vectors = {kMedium};

    const auto group = only_group(advisories);

    EXPECT_EQ(group.severity, Severity::critical);
    EXPECT_EQ(group.source, SeveritySource::rule);
    EXPECT_EQ(group.score_tenths, 53);
}

} // namespace
} // namespace preflight::advisory
