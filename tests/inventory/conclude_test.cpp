// SPDX-License-Identifier: Apache-2.0
#include "taken_inventory.hpp"

#include "preflight/python/requirements_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace preflight::inventory {
namespace {

struct Row {
    std::string_view name;
    Item file;
    std::string_view package;
    std::string_view version;
    Origin origin;
    std::string_view folder;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Conclude : public testing::TestWithParam<Row> {};

TEST_P(Conclude, FindsTheDistribution) {
    const auto& row = GetParam();

    const auto inventory = take_inventory({row.file});

    ASSERT_EQ(inventory.distributions.size(), 1U);
    const auto& distribution = inventory.distributions.front();
    EXPECT_EQ(distribution.package.name, row.package);
    EXPECT_EQ(distribution.package.version, row.version);
    EXPECT_EQ(distribution.origin, row.origin);
    EXPECT_EQ(distribution.folder, row.folder);
    EXPECT_EQ(distribution.line, 0U);
    EXPECT_TRUE(inventory.findings.empty());
    EXPECT_TRUE(inventory.incomplete.empty());
}

const std::string kDemo = "Metadata-Version: 2.1\nName: Demo.App\nVersion: 1.0rc1\n";

INSTANTIATE_TEST_SUITE_P(
    Forms,
    Conclude,
    testing::Values(
        Row{"DistInfo",
            {"Demo_App-1.0rc1.dist-info/METADATA", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::dist_info,
            ""},
        Row{"DistInfoOfALayer",
            {"python/demo_app-1.0rc1.dist-info/METADATA", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::dist_info,
            "python"},
        Row{"DistInfoOfAnotherName",
            {"x.dist-info/METADATA", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::dist_info,
            ""},
        Row{"EggInfoDirectory",
            {"lib/Demo.App.egg-info/PKG-INFO", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::egg_info,
            "lib"},
        Row{"EggInfoFile",
            {"lib/Demo.App-1.0rc1-py3.9.egg-info", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::egg_info,
            "lib"},
        Row{"EggFolder",
            {"lib/Demo.App-1.0rc1-py3.9.egg/EGG-INFO/PKG-INFO", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::egg,
            "lib"},
        Row{"EggItself", {"EGG-INFO/PKG-INFO", kDemo}, "demo-app", "1.0rc1", Origin::egg, ""},
        Row{"Vendored",
            {"pip/_vendor/demo_app-1.0rc1.dist-info/METADATA", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::vendored,
            ""},
        Row{"VendoredUnderTheOtherName",
            {"a/vendored/demo_app-1.0rc1.dist-info/METADATA", kDemo},
            "demo-app",
            "1.0rc1",
            Origin::vendored,
            ""},
        Row{"VersionNotInNormalForm",
            {"a-1.0rc1.dist-info/METADATA", "Metadata-Version: 2.1\nName: a\nVersion: v1.0-RC.1\n"},
            "a",
            "1.0rc1",
            Origin::dist_info,
            ""},
        Row{"VersionThatIsNone",
            {"a-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: a\nVersion: 2004d-final\n"},
            "a",
            "2004d-final",
            Origin::dist_info,
            ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Conclude, FindsNothingInNothing) {
    const auto inventory = take_inventory({});

    EXPECT_TRUE(inventory.distributions.empty());
    EXPECT_TRUE(inventory.findings.empty());
    EXPECT_TRUE(inventory.incomplete.empty());
}

TEST(Conclude, PutsThePiecesOfAFolderTogether) {
    const auto inventory = take_inventory({{"a-1.dist-info/direct_url.json", R"({"vcs_info": {}})"},
                                           {"a-1.dist-info/RECORD", ""},
                                           {"b-2.dist-info/METADATA", "Name: b\nVersion: 2\n"},
                                           {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                                           {"a-1.dist-info/INSTALLER", "pip\n"}});

    ASSERT_EQ(inventory.distributions.size(), 2U);
    const auto& first = inventory.distributions[0];
    EXPECT_EQ(first.package.purl, "pkg:pypi/a@1");
    EXPECT_EQ(first.path, "a-1.dist-info");
    EXPECT_EQ(first.installer, "pip");
    EXPECT_EQ(first.direct_url, "vcs");
    EXPECT_EQ(inventory.distributions[1].package.purl, "pkg:pypi/b@2");
    EXPECT_EQ(inventory.distributions[1].installer, "");
    ASSERT_EQ(inventory.findings.size(), 1U);
    EXPECT_EQ(inventory.findings.front().rule_id, "inventory.not-from-index");
}

TEST(Conclude, OrdersByPath) {
    const auto inventory =
        take_inventory({{"python/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                        {"b-1.dist-info/METADATA", "Name: b\nVersion: 1\n"},
                        {"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"}});

    ASSERT_EQ(inventory.distributions.size(), 3U);
    EXPECT_TRUE(
        std::ranges::is_sorted(inventory.distributions, std::ranges::less(), &Distribution::path));
}

TEST(Conclude, KeepsTwoFoldersOfOneNameApart) {
    const auto inventory = take_inventory({{"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                                           {"a-2.dist-info/METADATA", "Name: a\nVersion: 2\n"}});

    EXPECT_EQ(inventory.distributions.size(), 2U);
}

TEST(Conclude, LetsNoStrayPkgInfoSpeakForADistInfo) {
    const auto inventory =
        take_inventory({{"a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"},
                        {"a-1.dist-info/PKG-INFO", "Name: harmless\nVersion: 99\n"}});

    ASSERT_EQ(inventory.distributions.size(), 1U);
    EXPECT_EQ(inventory.distributions.front().package.purl, "pkg:pypi/a@1");
}

struct MalformedRow {
    std::string_view name;
    Item file;
    std::string_view purl;
    std::string_view message;
};

void PrintTo(const MalformedRow& row, std::ostream* out) {
    *out << row.name;
}

class ConcludeNotes : public testing::TestWithParam<MalformedRow> {};

TEST_P(ConcludeNotes, WhatIsMalformedAndFindsTheDistributionAllTheSame) {
    const auto inventory = take_inventory({GetParam().file});

    ASSERT_EQ(inventory.distributions.size(), 1U);
    const auto& distribution = inventory.distributions.front();
    EXPECT_EQ(distribution.package.purl, GetParam().purl);
    const auto* const found = find(inventory, "inventory.metadata-malformed");
    ASSERT_NE(found, nullptr);
    const auto& finding = *found;
    EXPECT_EQ(finding.severity, Severity::low);
    EXPECT_EQ(finding.location.path, distribution.path);
    EXPECT_EQ(finding.package->purl, GetParam().purl);
    EXPECT_EQ(finding.message, GetParam().message);
    EXPECT_TRUE(inventory.incomplete.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    ConcludeNotes,
    testing::Values(MalformedRow{"DistInfoWithoutMetadata",
                                 {"Some.Demo-1.0.dist-info/RECORD", ""},
                                 "pkg:pypi/some-demo@1.0",
                                 "metadata of some-demo: there is no METADATA"},
                    MalformedRow{"DistInfoWithPkgInfoOnly",
                                 {"demo-1.0.dist-info/PKG-INFO", "Name: a\nVersion: 9\n"},
                                 "pkg:pypi/demo@1.0",
                                 "metadata of demo: there is no METADATA"},
                    MalformedRow{"EggInfoWithoutPkgInfo",
                                 {"demo-1.0.egg-info/top_level.txt", "demo\n"},
                                 "pkg:pypi/demo@1.0",
                                 "metadata of demo: there is no PKG-INFO"},
                    MalformedRow{"EggInfoFileThatIsEmpty",
                                 {"demo-1.0-py3.9.egg-info", ""},
                                 "pkg:pypi/demo@1.0",
                                 "metadata of demo: no name is given; 1 more"},
                    MalformedRow{"EggInfoFileOfAPlatform",
                                 {"demo-1.0-py2.7-linux-x86_64.egg-info", ""},
                                 "pkg:pypi/demo@1.0",
                                 "metadata of demo: no name is given; 1 more"},
                    MalformedRow{"EggInfoNamedLikeAPythonTag",
                                 {"my-python-app-1.0.egg-info", ""},
                                 "pkg:pypi/my-python-app@1.0",
                                 "metadata of my-python-app: no name is given; 1 more"},
                    MalformedRow{"EggWithoutPkgInfo",
                                 {"a/demo-1.0-py3.9.egg/EGG-INFO/zip-safe", ""},
                                 "pkg:pypi/demo@1.0",
                                 "metadata of demo: there is no PKG-INFO"},
                    MalformedRow{"NoName",
                                 {"demo-1.0.dist-info/METADATA", "Version: 2.0\n"},
                                 "pkg:pypi/demo@2.0",
                                 "metadata of demo: no name is given"},
                    MalformedRow{"NoVersion",
                                 {"demo-1.0.dist-info/METADATA", "Name: other\n"},
                                 "pkg:pypi/other@1.0",
                                 "metadata of other: no version is given"},
                    MalformedRow{"InvalidName",
                                 {"demo-1.0.dist-info/METADATA", "Name: \x1B[2J!\nVersion: 2.0\n"},
                                 "pkg:pypi/demo@2.0",
                                 R"(metadata of demo: '\x1b[2J!' is no valid name)"},
                    MalformedRow{
                        "NoUtf8",
                        {"demo-1.0.dist-info/METADATA", "Name: demo\nVersion: 1.0\nAuthor: \xE9\n"},
                        "pkg:pypi/demo@1.0",
                        "metadata of demo: line 3: not UTF-8"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Conclude, CountsTheOtherProblemsOfAFolder) {
    const auto inventory =
        take_inventory({{"a-1.dist-info/METADATA", "no field\nName: a\nVersion: 1\nName: b\n"},
                        {"a-1.dist-info/direct_url.json", "{"}});

    ASSERT_EQ(inventory.findings.size(), 1U);
    EXPECT_EQ(inventory.findings.front().message,
              "metadata of a: direct_url.json: not valid JSON; 2 more");
}

TEST(Conclude, DoesNotCallAFolderVendoredThatIsOnlyNamedSimilarly) {
    const auto inventory =
        take_inventory({{"my_vendor/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n"}});

    EXPECT_EQ(inventory.distributions.front().origin, Origin::dist_info);
}

TEST(Conclude, DoesNotPassWhatHasNoNameOrNoVersion) {
    for (const auto& item : {Item{"demo.egg-info/PKG-INFO", "Name: demo\n"},
                             Item{"demo.egg-info", ""},
                             Item{"demo.dist-info/RECORD", ""},
                             Item{"-1.0.dist-info/METADATA", "Version: 1.0\n"},
                             Item{".dist-info/METADATA", ""},
                             Item{"EGG-INFO/PKG-INFO", ""},
                             Item{".egg/EGG-INFO/PKG-INFO", ""}}) {
        const auto inventory = take_inventory({item});

        EXPECT_TRUE(inventory.distributions.empty()) << item.path;
        ASSERT_EQ(inventory.incomplete.size(), 1U) << item.path;
        const auto& incomplete = inventory.incomplete.front();
        EXPECT_EQ(incomplete.kind, IncompleteKind::entry);
        EXPECT_TRUE(item.path.starts_with(incomplete.path)) << item.path;
        EXPECT_EQ(incomplete.why,
                  "its metadata name no distribution with a version; remove it, or install the "
                  "distribution anew");
    }
}

TEST(Conclude, NamesAHostileFolderInPrintableForm) {
    const auto inventory = take_inventory({{"::error\x1B.dist-info/RECORD", ""}});

    ASSERT_EQ(inventory.incomplete.size(), 1U);
    EXPECT_EQ(inventory.incomplete.front().what, R"(\x3a\x3aerror\x1b.dist-info)");
    EXPECT_EQ(inventory.incomplete.front().path, "::error\x1B.dist-info");
}

TEST(ConcludeRequirements, TakesEveryPin) {
    const auto inventory = conclude(
        python::parse_requirements_file(as_bytes("# pins\nDemo.App==1.0\n\nother[x]==2.0+a.1\n")));

    ASSERT_EQ(inventory.distributions.size(), 2U);
    const auto& first = inventory.distributions[0];
    EXPECT_EQ(first.package.name, "demo-app");
    EXPECT_EQ(first.package.purl, "pkg:pypi/demo-app@1.0");
    EXPECT_EQ(first.origin, Origin::requirements);
    EXPECT_EQ(first.line, 2U);
    EXPECT_EQ(first.folder, "");
    EXPECT_EQ(first.path, "");
    EXPECT_EQ(inventory.distributions[1].package.purl, "pkg:pypi/other@2.0%2Ba.1");
    EXPECT_EQ(inventory.distributions[1].line, 4U);
    EXPECT_TRUE(inventory.incomplete.empty());
}

TEST(ConcludeRequirements, KeepsPinsInTheOrderOfTheFile) {
    const auto inventory =
        conclude(python::parse_requirements_file(as_bytes("b==1\na==1\nb==2\n")));

    ASSERT_EQ(inventory.distributions.size(), 3U);
    EXPECT_EQ(inventory.distributions[0].package.name, "b");
    EXPECT_EQ(inventory.distributions[1].package.name, "a");
    EXPECT_EQ(inventory.distributions[2].package.version, "2");
}

TEST(ConcludeRequirements, SaysOfEveryOtherLineThatItWasNotJudged) {
    const auto inventory =
        conclude(python::parse_requirements_file(as_bytes("a==1\nb>=2\n-r more.txt\n")));

    EXPECT_EQ(inventory.distributions.size(), 1U);
    ASSERT_EQ(inventory.incomplete.size(), 2U);
    EXPECT_EQ(inventory.incomplete[0].kind, IncompleteKind::requirement);
    EXPECT_EQ(inventory.incomplete[0].what, "b>=2");
    EXPECT_EQ(inventory.incomplete[0].line, 2U);
    EXPECT_FALSE(inventory.incomplete[0].why.empty());
    EXPECT_EQ(inventory.incomplete[1].what, "-r more.txt");
    EXPECT_EQ(inventory.incomplete[1].line, 3U);
}

TEST(Origin, HasTheNameOfTheContract) {
    constexpr std::array<std::pair<Origin, std::string_view>, 11> kNames = {
        {{Origin::dist_info, "dist-info"},
         {Origin::egg_info, "egg-info"},
         {Origin::egg, "egg"},
         {Origin::wheel, "wheel"},
         {Origin::requirements, "requirements"},
         {Origin::lockfile, "lockfile"},
         {Origin::vendored, "vendored"},
         {Origin::sbom, "sbom"},
         {Origin::version_literal, "version-literal"},
         {Origin::fingerprint, "fingerprint"},
         {Origin::runtime, "runtime"}}};

    for (const auto& [origin, name] : kNames) {
        EXPECT_EQ(to_string(origin), name);
    }
}

TEST(Rules, AreSortedAndNamedForTheModule) {
    EXPECT_TRUE(std::ranges::is_sorted(rules(), std::ranges::less(), &Rule::id));
    for (const auto& rule : rules()) {
        EXPECT_TRUE(rule.id.starts_with("inventory.")) << rule.id;
    }
}

} // namespace
} // namespace preflight::inventory
