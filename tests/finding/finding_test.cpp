// SPDX-License-Identifier: Apache-2.0
#include "preflight/finding/finding.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight {
namespace {

constexpr Rule kRule = {.id = "unpack.gap",
                        .severity = Severity::medium,
                        .summary = "Bytes belong to no entry.",
                        .remedy = "Build the zip anew."};

TEST(FindSeverity, KnowsEachNameThatItPrints) {
    for (const auto severity :
         {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        EXPECT_EQ(find_severity(to_string(severity)), severity) << to_string(severity);
    }
}

TEST(FindSeverity, FindsNothingElse) {
    for (const auto* name : {"", "none", "High", "high ", "moderate", "unknown"}) {
        EXPECT_FALSE(find_severity(name)) << name;
    }
}

TEST(Severity, IsOrderedFromInfoToCritical) {
    EXPECT_LT(Severity::info, Severity::low);
    EXPECT_LT(Severity::low, Severity::medium);
    EXPECT_LT(Severity::medium, Severity::high);
    EXPECT_LT(Severity::high, Severity::critical);
}

TEST(MakeFinding, TakesEverythingFromTheRule) {
    const auto finding = make_finding(kRule, {.path = "a.py", .line = 3});

    EXPECT_EQ(finding.rule_id, "unpack.gap");
    EXPECT_EQ(finding.severity, Severity::medium);
    EXPECT_EQ(finding.severity_source, SeveritySource::rule);
    EXPECT_EQ(finding.message, "Bytes belong to no entry.");
    EXPECT_EQ(finding.remedy, "Build the zip anew.");
    EXPECT_EQ(finding.location.path, "a.py");
    EXPECT_EQ(finding.location.line, 3U);
}

TEST(MakeFinding, IsOpenAndDoesNotGateUntilThePolicyHasDecided) {
    const auto finding = make_finding(kRule);

    EXPECT_EQ(finding.status, Status::open);
    EXPECT_FALSE(finding.gates);
}

TEST(FingerprintText, NamesRuleAndPathOfAFile) {
    const auto finding = make_finding(kRule, {.path = "pkg/a.py"});

    EXPECT_EQ(fingerprint_text(finding), "unpack.gap\n\npkg/a.py\n");
}

Finding make_advisory_finding() {
    auto finding = make_finding(kRule, {.path = "requests-2.0.0.dist-info/METADATA"});
    finding.package = PackageName{.name = "requests", .version = "2.0.0"};
    finding.advisory = AdvisoryGroup{.id = "CVE-2000-0001"};
    return finding;
}

TEST(FingerprintText, NamesPackageAndAdvisoryWithoutPath) {
    EXPECT_EQ(fingerprint_text(make_advisory_finding()), "unpack.gap\nrequests\n\nCVE-2000-0001");
}

TEST(FingerprintText, SurvivesAnUpgradeAMovedLineAndANewZip) {
    auto finding = make_advisory_finding();

    finding.package->version = "2.1.0";
    finding.location = {.path = "elsewhere", .line = 9, .offset = 12};
    finding.artifact = "function-2";
    finding.severity = Severity::low;
    finding.message = "Said in other words.";

    EXPECT_EQ(fingerprint_text(finding), fingerprint_text(make_advisory_finding()));
}

} // namespace
} // namespace preflight
