// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/deployed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::inventory {
namespace {

Distribution make(const std::string& name, const std::string& version) {
    return {.package = {.name = name, .version = version, .purl = "pkg:pypi/" + name}};
}

std::vector<const Distribution*> pointers_to(const std::vector<Distribution>& distributions) {
    std::vector<const Distribution*> pointers;
    for (const auto& distribution : distributions) {
        pointers.push_back(&distribution);
    }
    return pointers;
}

std::vector<Finding> find_drift_of(const Declaration& declaration,
                                   const std::vector<Distribution>& installed) {
    return find_drift(declaration, installed, pointers_to(installed));
}

TEST(FindDrift, IsSilentWhereAllIsAsDeclared) {
    EXPECT_TRUE(find_drift_of({.pins = {{"a", "1.0", 1}}}, {make("a", "1.0")}).empty());
    EXPECT_TRUE(find_drift_of({}, {make("a", "1.0")}).empty());
}

TEST(FindDrift, TellsAbsentOnesOtherVersionsAndUndeclaredOnes) {
    const auto findings =
        find_drift_of({.path = "requirements.txt", .pins = {{"a", "1.0", 1}, {"b", "2.0", 2}}},
                      {make("a", "1.1"), make("c", "3.0")});

    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].message, "a 1.0 is declared, and 1.1 is installed");
    EXPECT_EQ(findings[0].location.line, 1U);
    EXPECT_EQ(findings[0].severity, Severity::low);
    EXPECT_EQ(findings[1].message, "b 2.0 is declared and not installed");
    EXPECT_EQ(findings[2].message, "1 installed distributions are not declared, the first is c");
    EXPECT_EQ(findings[2].severity, Severity::info);
}

TEST(FindDrift, CountsNeitherGhostsNorCopies) {
    auto ghost = make("a", "1.0");
    ghost.state = State::ghost;
    auto copy = make("b", "1.0");
    copy.origin = Origin::vendored;

    EXPECT_EQ(find_drift_of({.pins = {{"a", "1.0", 1}, {"b", "1.0", 2}}}, {ghost, copy}).size(),
              2U);
}

TEST(FindDrift, SaysThatTheFileLiesBesideThePackage) {
    EXPECT_EQ(find_drift_of({.pins = {{"a", "1.0", 1}}}, {}).front().message,
              "in the requirements.txt beside the package: a 1.0 is declared and not installed");
}

std::vector<Finding> find_partial(const std::vector<Distribution>& imported, bool imports_sdk) {
    return find_partial_sdk(pointers_to(imported), imports_sdk);
}

TEST(FindPartialSdk, FindsHalfOfIt) {
    const auto findings = find_partial({make("boto3", "1"), make("urllib3", "2")}, false);

    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().severity, Severity::medium);
    EXPECT_EQ(findings.front().message,
              "boto3, urllib3 packed without botocore: the SDK that the runtime brings along runs "
              "with these");
}

TEST(FindPartialSdk, GoesByWhetherSomethingImportsTheSdk) {
    EXPECT_EQ(find_partial({make("urllib3", "2")}, true).front().severity, Severity::medium);
    EXPECT_EQ(find_partial({make("urllib3", "2")}, false).front().severity, Severity::info);
}

TEST(FindPartialSdk, IsSilentWhereBotocoreIsThereOrNothing) {
    EXPECT_TRUE(find_partial({make("boto3", "1"), make("botocore", "1")}, true).empty());
    EXPECT_TRUE(find_partial({make("requests", "1")}, true).empty());
    auto ghost = make("botocore", "1");
    ghost.state = State::ghost;
    EXPECT_EQ(find_partial({make("six", "1"), ghost}, true).size(), 1U);
}

} // namespace
} // namespace preflight::inventory
