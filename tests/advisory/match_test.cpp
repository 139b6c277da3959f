// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/index.hpp"
#include "preflight/advisory/match.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {
namespace {

using Texts = std::vector<std::string>;

/// What a record with those members and that block says about `demo`.
Advisory
advisory_of(const std::string& id, const std::string& block, const std::string& members = "") {
    const auto json = R"({"id":")" + id + R"(","modified":"2024-01-02T03:04:05Z",)" + members +
                      R"("affected":[{"package":{"ecosystem":"PyPI","name":"demo"},)" + block +
                      "}]}";
    const auto record = RecordParser().parse(as_bytes(json));
    EXPECT_TRUE(record) << record.error().message;
    return record ? record->packages.at(0).advisory : Advisory();
}

std::string range_of(const std::string& events) {
    return R"("ranges":[{"type":"ECOSYSTEM","events":[)" + events + "]}]";
}

std::string below(const std::string& fixed) {
    return range_of(R"({"introduced":"0"},{"fixed":")" + fixed + "\"}");
}

MatchResult match_demo(std::string_view version, const std::vector<Advisory>& advisories) {
    return match({"demo", std::string(version), "pkg:pypi/demo"}, advisories);
}

struct Judgement {
    std::string_view name;
    std::string_view events;
    Texts affected;
    Texts unaffected;
};

void PrintTo(const Judgement& judgement, std::ostream* out) {
    *out << judgement.name;
}

/// The answer to both questions, which must be one.
bool is_affected(std::string_view version, const Advisory& advisory) {
    const Candidate candidate(version);
    const auto answer = candidate.is_affected_by(advisory);
    const auto row = encode_advisories({advisory});
    EXPECT_EQ(candidate.is_affected_by_any(as_bytes(row)), answer) << version;
    return answer;
}

class CandidateInRange : public testing::TestWithParam<Judgement> {};

TEST_P(CandidateInRange, FollowsTheOsvAlgorithm) {
    const auto advisory = advisory_of("A", range_of(std::string(GetParam().events)));

    for (const auto& version : GetParam().affected) {
        EXPECT_TRUE(is_affected(version, advisory)) << version;
    }
    for (const auto& version : GetParam().unaffected) {
        EXPECT_FALSE(is_affected(version, advisory)) << version;
    }
}

INSTANTIATE_TEST_SUITE_P(
    ,
    CandidateInRange,
    testing::Values(
        Judgement{"Nothing", "", {}, {"1.0", "odd"}},
        Judgement{"BeginningAlone",
                  R"({"introduced":"1.0"})",
                  {"1", "1.0.post1", "9"},
                  {"1.0rc1", "0.9", "odd"}},
        Judgement{"FromZero", R"({"introduced":"0"})", {"0.dev0", "0", "1!3", "odd"}, {}},
        Judgement{"EndAlone", R"({"fixed":"2"})", {}, {"1", "2", "3"}},
        Judgement{"Fixed",
                  R"({"introduced":"1"},{"fixed":"2"})",
                  {"1", "2rc1", "1.9"},
                  {"2", "2.0.0", "0.9"}},
        Judgement{"LastAffected",
                  R"({"introduced":"1"},{"last_affected":"2"})",
                  {"1", "2.0"},
                  {"2.0.post1", "2.1"}},
        Judgement{"Unsorted",
                  R"({"fixed":"4"},{"introduced":"3"},{"fixed":"2"},{"introduced":"1"})",
                  {"1.5", "3.5"},
                  {"0.5", "2.5", "4"}},
        // As PYSEC-2022-42972: at one version the beginning is walked before the end.
        Judgement{"EndMeetsBeginning",
                  R"({"introduced":"2"},{"fixed":"3"},{"introduced":"1"},{"fixed":"2"})",
                  {"1", "1.9"},
                  {"2", "2.5", "3"}},
        Judgement{"LastAffectedMeetsFixed",
                  R"({"introduced":"1"},{"last_affected":"2"},{"fixed":"2"})",
                  {"1.9"},
                  {"2", "3"}},
        Judgement{"BeginningMeetsLastAffected",
                  R"({"introduced":"2"},{"last_affected":"2"})",
                  {"2.0"},
                  {"1.9", "2.0.1"}},
        Judgement{"Limit", R"({"introduced":"0"},{"limit":"2"})", {"1", "2rc1"}, {"2", "3"}},
        Judgement{
            "OneOfTheLimits", R"({"introduced":"0"},{"limit":"2"},{"limit":"3"})", {"2.5"}, {"3"}},
        Judgement{
            "LimitWithoutEnd", R"({"introduced":"0"},{"limit":"*"},{"limit":"1"})", {"99"}, {}},
        // It lies below all versions of PEP 440: python-packaging.md, section 1.6.
        Judgement{"EndThatIsNoVersion",
                  R"({"introduced":"0"},{"fixed":"0.2.0-n653"})",
                  {"0.1.0-n653"},
                  {"0.1", "99", "0.3.0-n1"}},
        Judgement{"BeginningThatIsNoVersion",
                  R"({"introduced":"spring"},{"fixed":"2"})",
                  {"0.1", "odd"},
                  {"2"}},
        Judgement{"EmptyEnd", R"({"introduced":"0"},{"fixed":""})", {"1"}, {}},
        Judgement{"ZeroPadded",
                  R"({"introduced":"2015.04.28"},{"fixed":"2024.07.04"})",
                  {"2015.4.28", "2024.7.4rc1"},
                  {"2015.4.27", "2024.7.4"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Candidate, IsAffectedWhereListedOrInRange) {
    const auto advisory = advisory_of("A",
                                      R"("versions":["5.0","v1.0-RC1","odd one"],)" +
                                          range_of(R"({"introduced":"2"},{"fixed":"3"})"));

    for (const auto* version : {"5", "5.0.0", "1.0rc1", "odd one", "2.5"}) {
        EXPECT_TRUE(is_affected(version, advisory)) << version;
    }
    for (const auto* version : {"5.0.1", "1.0", "odd", "Odd one", "3"}) {
        EXPECT_FALSE(is_affected(version, advisory)) << version;
    }
}

TEST(Candidate, JudgesSemanticRangesAlike) {
    const auto advisory = advisory_of(
        "A",
        R"("ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"1.10.0"}]}])");

    EXPECT_TRUE(is_affected("1.9", advisory));
    EXPECT_FALSE(is_affected("1.10", advisory));
}

TEST(Candidate, WithLocalPartIsJudgedAgainByItsPublicPart) {
    const auto last =
        advisory_of("A", range_of(R"({"introduced":"0"},{"last_affected":"2.12.0"})"));
    const auto listed = advisory_of("B", R"("versions":["2.12.0"])");
    const auto rebuilt = advisory_of("C", R"("versions":["2.12.0+cpu"])");

    EXPECT_TRUE(is_affected("2.12.0+cpu", last));
    EXPECT_TRUE(is_affected("2.12+cpu", listed));
    EXPECT_FALSE(is_affected("2.12.0.post1", last));
    EXPECT_FALSE(is_affected("2.13.0+cpu", advisory_of("D", below("2.13.0"))));
    EXPECT_TRUE(is_affected("2.12+CPU", rebuilt));
    EXPECT_FALSE(is_affected("2.12", rebuilt));
}

TEST(Match, FindsNothingWhereNothingMatches) {
    const auto result = match_demo("2.0", {advisory_of("A", below("2.0"))});

    EXPECT_TRUE(result.findings.empty());
    EXPECT_EQ(result.upgrade, "");
}

TEST(Match, DescribesWhatItFound) {
    const auto result = match_demo(
        "1.0",
        {advisory_of(
             "GHSA-1",
             below("1.5"),
             R"("aliases":["CVE-1"],"summary":"too\u0007 trusting","database_specific":{"severity":"HIGH"},)"),
         advisory_of("PYSEC-1", below("1.2"), R"("aliases":["GHSA-1"],)")});

    ASSERT_EQ(result.findings.size(), 1);
    const auto& finding = result.findings[0];
    EXPECT_EQ(finding.rule_id, "advisory.known-vulnerability");
    EXPECT_EQ(finding.severity, Severity::high);
    EXPECT_EQ(finding.severity_source, SeveritySource::label);
    EXPECT_EQ(finding.score_tenths, std::nullopt);
    EXPECT_EQ(finding.message, R"(demo 1.0 is affected by PYSEC-1: too\x07 trusting)");
    EXPECT_EQ(finding.remedy, "Upgrade demo to 1.5.");
    ASSERT_TRUE(finding.package);
    EXPECT_EQ(finding.package->purl, "pkg:pypi/demo");
    ASSERT_TRUE(finding.advisory);
    EXPECT_EQ(finding.advisory->id, "PYSEC-1");
    EXPECT_EQ(finding.advisory->aliases, (Texts{"CVE-1", "GHSA-1"}));
    EXPECT_EQ(finding.advisory->matched_ids, (Texts{"GHSA-1", "PYSEC-1"}));
    EXPECT_EQ(finding.fixed_versions, Texts{"1.5"});
}

TEST(Match, LeavesTheSeverityOpenWhereNothingIsSaid) {
    const auto result = match_demo("1.0", {advisory_of("A", below("2"))});

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].severity, std::nullopt);
    EXPECT_EQ(result.findings[0].severity_source, SeveritySource::unknown);
}

TEST(Match, NamesAGroupByAMemberThatMatches) {
    const std::vector<Advisory> advisories = {
        advisory_of("CVE-1", below("2")),
        advisory_of("GHSA-1", below("2"), R"("aliases":["CVE-1"],)"),
        advisory_of("PYSEC-1", below("1"), R"("aliases":["CVE-1"],)"),
        advisory_of("x_1", below("2"), R"("aliases":["CVE-1"],)")};

    const auto result = match_demo("1.5", advisories);

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].advisory->id, "GHSA-1");
    EXPECT_EQ(result.findings[0].advisory->matched_ids, (Texts{"CVE-1", "GHSA-1", "x_1"}));
    EXPECT_EQ(result.findings[0].advisory->aliases, (Texts{"CVE-1", "PYSEC-1", "x_1"}));
}

TEST(Match, TakesTheSeverityFromMembersThatDoNotMatch) {
    const auto result = match_demo(
        "1.5",
        {advisory_of("A", below("2"), R"("aliases":["B"],)"),
         advisory_of("B", below("1"), R"("database_specific":{"severity":"CRITICAL"},)")});

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].severity, Severity::critical);
}

TEST(Match, OrdersFindingsByAdvisoryId) {
    const auto result = match_demo("1",
                                   {advisory_of("GHSA-1", below("2"), R"("aliases":["PYSEC-9"],)"),
                                    advisory_of("PYSEC-5", below("2")),
                                    advisory_of("PYSEC-9", below("2"))});

    ASSERT_EQ(result.findings.size(), 2);
    EXPECT_EQ(result.findings[0].advisory->id, "PYSEC-5");
    EXPECT_EQ(result.findings[1].advisory->id, "PYSEC-9");
}

TEST(MatchFixedVersions, AreThoseOfMatchesThatNoMemberAffects) {
    const std::vector<Advisory> advisories = {
        advisory_of(
            "A",
            range_of(
                R"({"introduced":"0"},{"fixed":"01.2"},{"introduced":"2"},{"fixed":"2.1"},{"fixed":"1.2.0"})"),
            R"("aliases":["B"],)"),
        advisory_of("B", range_of(R"({"introduced":"0"},{"last_affected":"1.2"})"))};

    const auto result = match_demo("1.0", advisories);

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].fixed_versions, Texts{"2.1"});
}

TEST(MatchFixedVersions, AreInNormalFormAscendingAndEachOnce) {
    const auto result = match_demo(
        "1.0",
        {advisory_of(
            "A", R"("ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.10.0"}]},
            {"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.10"}]},
            {"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"v2.0-RC1"}]},
            {"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"0.9"}]},
            {"type":"ECOSYSTEM","events":[{"introduced":"5"},{"fixed":"2024.07.04"}]}])")});

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].fixed_versions, (Texts{"2.0rc1", "2024.7.4"}));
}

TEST(MatchUpgrade, IsTheSmallestThatEndsAllFindings) {
    const std::vector<Advisory> advisories = {
        advisory_of("A", below("1.2")),
        advisory_of("B", below("1.4")),
        advisory_of("C", range_of(R"({"introduced":"1.4"},{"fixed":"1.5"})"))};

    const auto result = match_demo("1.0", advisories);

    ASSERT_EQ(result.findings.size(), 2);
    EXPECT_EQ(result.upgrade, "1.5");
    EXPECT_EQ(result.findings[0].fixed_versions, Texts{"1.2"});
    EXPECT_EQ(result.findings[0].remedy, "Upgrade demo to 1.5.");
}

TEST(MatchUpgrade, PrefersFinalReleases) {
    const std::vector<Advisory> advisories = {
        advisory_of("A", range_of(R"({"introduced":"0"},{"fixed":"2.0rc1"})")),
        advisory_of(
            "B",
            range_of(
                R"({"introduced":"1.0"},{"fixed":"1.0.1"},{"introduced":"3"},{"fixed":"3.1"})"))};

    EXPECT_EQ(match_demo("1.0", advisories).upgrade, "3.1");
    EXPECT_EQ(match_demo("1.0", {advisories[0]}).upgrade, "2.0rc1");
}

TEST(MatchUpgrade, IsNotAffectedByItsPublicPart) {
    const std::vector<Advisory> advisories = {
        advisory_of("A", range_of(R"({"introduced":"0"},{"fixed":"1.5+patched"})")),
        advisory_of("B", R"("versions":["1.5"])")};

    EXPECT_EQ(match_demo("1.0", advisories).upgrade, "");
    EXPECT_EQ(match_demo("1.0", {advisories[0]}).upgrade, "");
}

TEST(MatchUpgrade, MayBeMissing) {
    const auto open = match_demo("1.0", {advisory_of("A", range_of(R"({"introduced":"0"})"))});
    const auto partly = match_demo(
        "1.0",
        {advisory_of("A", below("1.5")), advisory_of("B", range_of(R"({"introduced":"0"})"))});

    ASSERT_EQ(open.findings.size(), 1);
    EXPECT_EQ(
        open.findings[0].remedy,
        "No fixed version is known: replace demo, or see to it that the flaw cannot be reached.");
    ASSERT_EQ(partly.findings.size(), 2);
    EXPECT_EQ(partly.upgrade, "");
    EXPECT_EQ(
        partly.findings[0].remedy,
        "Upgrade demo to 1.5; that ends this finding, and no known version ends all of them.");
}

TEST(MatchUpgrade, OfAVersionThatIsNone) {
    const auto result = match_demo("odd", {advisory_of("A", below("1.5"))});

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.upgrade, "1.5");
}

TEST(MatchUpgrade, AgreesWithJudgingEachVersionByItself) {
    // Ranges that touch, overlap and end in every way, over few versions, so that they meet often.
    const Texts kinds = {"introduced", "fixed", "last_affected", "introduced", "fixed", "limit"};
    unsigned seed = 1;
    const auto next = [&seed](unsigned below) {
        seed = seed * 1'103'515'245U + 12'345U;
        return seed / 65'536U % below;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<Advisory> advisories;
        for (int record = 0; record < 3; ++record) {
            std::string events = R"({"introduced":"0"})";
            for (unsigned count = next(6); count > 0; --count) {
                events += ",{\"" + kinds[next(6)] + "\":\"" + std::to_string(next(9)) + "\"}";
            }
            advisories.push_back(advisory_of("A" + std::to_string(record), range_of(events)));
        }
        const auto result = match_demo("0", advisories);
        std::string expected;
        for (int version = 8; version > 0 && !result.findings.empty(); --version) {
            const auto text = std::to_string(version);
            const bool is_named = std::ranges::any_of(advisories, [&](const Advisory& advisory) {
                return std::ranges::any_of(advisory.ranges[0].events, [&](const Event& event) {
                    return event.kind == EventKind::fixed && event.version == text;
                });
            });
            const bool is_clear = std::ranges::none_of(advisories, [&](const Advisory& advisory) {
                return Candidate(text).is_affected_by(advisory);
            });
            expected = is_named && is_clear ? text : expected;
        }
        ASSERT_EQ(result.upgrade, expected) << "round " << round;
    }
}

TEST(Match, ReportsAMaliciousPackageByItsOwnRule) {
    const auto result =
        match_demo("1.0",
                   {advisory_of("GHSA-1", range_of(R"({"introduced":"0"})")),
                    advisory_of("MAL-1",
                                R"("versions":["1.0"])",
                                R"("aliases":["GHSA-1"],"summary":"steals keys",)")});

    ASSERT_EQ(result.findings.size(), 1);
    const auto& finding = result.findings[0];
    EXPECT_EQ(finding.rule_id, "advisory.malicious-package");
    EXPECT_EQ(finding.severity, Severity::critical);
    EXPECT_EQ(finding.severity_source, SeveritySource::rule);
    EXPECT_EQ(finding.advisory->id, "MAL-1");
    EXPECT_EQ(finding.message, "demo 1.0 is reported as malicious by MAL-1: steals keys");
    EXPECT_EQ(finding.remedy, "Remove demo, and replace every credential that it could read.");
}

TEST(Match, CutsALongSummaryBetweenCharacters) {
    auto advisory = advisory_of("A", below("2"));
    advisory.summary = std::string(kMaxSummaryBytes - 1, 'a') + "\xC3\xA4";

    const auto result = match_demo("1", {advisory});

    ASSERT_EQ(result.findings.size(), 1);
    EXPECT_EQ(result.findings[0].message,
              "demo 1 is affected by A: " + std::string(kMaxSummaryBytes - 1, 'a'));
}

TEST(Match, StaysQuickWithManyRangesAndFixes) {
    Advisory advisory;
    advisory.id = "A";
    for (int index = 0; index < 20'000; ++index) {
        const auto fix = advisory_of("A", below("1." + std::to_string(index)));
        advisory.ranges.push_back(fix.ranges.at(0));
        advisory.versions.add("1." + std::to_string(index));
    }

    // Judged one by one, 20,000 versions by 20,000 ranges would take minutes.
    EXPECT_EQ(match_demo("0.1", {advisory}).upgrade, "");
}

TEST(Rules, AreSortedAndNamedForTheModule) {
    const auto all = rules();

    EXPECT_EQ(all.size(), 2);
    EXPECT_TRUE(std::ranges::is_sorted(all, std::less_equal<>(), &Rule::id));
    for (const auto& rule : all) {
        EXPECT_TRUE(rule.id.starts_with("advisory."));
        EXPECT_TRUE(rule.summary.ends_with('.'));
        EXPECT_TRUE(rule.remedy.ends_with('.'));
    }
}

} // namespace
} // namespace preflight::advisory
