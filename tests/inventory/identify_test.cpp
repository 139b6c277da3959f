// SPDX-License-Identifier: Apache-2.0
#include "built_distribution.hpp"

#include "preflight/inventory/identify.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::inventory {
namespace {

const std::vector<Item> kCode = {{"ham/__init__.py", "spam = 1\n"},
                                 {"ham/a.py", "a = 1\n"},
                                 {"ham/b.py", "b = 1\n"},
                                 {"ham/empty.py", ""}};

Inventory identify_with(const std::vector<Item>& known, const std::vector<Item>& items) {
    const auto other = take(known);
    Fingerprints fingerprints;
    fingerprints.add(other.inventory, other.files);
    fingerprints.sort();
    auto taken = take(items);
    identify(fingerprints, taken.files, taken.inventory);
    return taken.inventory;
}

TEST(Identify, RecognisesCodeByTheRecordOfAnotherArtifact) {
    const auto inventory = identify_with(install("", "ham", "3.0", kCode), kCode);

    ASSERT_EQ(inventory.distributions.size(), 1U);
    const auto& ham = inventory.distributions.front();
    EXPECT_EQ(ham.package.purl, "pkg:pypi/ham@3.0");
    EXPECT_EQ(ham.origin, Origin::fingerprint);
    EXPECT_EQ(ham.confidence, Confidence::high);
    EXPECT_EQ(ham.path, "ham");
    EXPECT_EQ(ham.modules, std::vector<std::string>{"ham"});
    EXPECT_TRUE(inventory.unattributed.empty());
    EXPECT_EQ(find(inventory, "inventory.unattributed-code"), nullptr);
}

TEST(Identify, IsLessSureWhereSomeFilesDiffer) {
    const auto inventory =
        identify_with(install("", "ham", "3.0", kCode), with(kCode, "ham/a.py", "changed\n"));

    ASSERT_EQ(inventory.distributions.size(), 1U);
    EXPECT_EQ(inventory.distributions.front().confidence, Confidence::medium);
}

TEST(Identify, WantsMostOfTheFiles) {
    auto other = with(kCode, "ham/a.py", "changed\n");
    other = with(other, "ham/b.py", "changed\n");

    EXPECT_TRUE(identify_with(install("", "ham", "3.0", kCode), other).distributions.empty());
}

TEST(Identify, IsNotSureOfOneOfTwoVersions) {
    const auto first = take(install("", "ham", "3.0", kCode));
    const auto second = take(install("", "ham", "3.1", kCode));
    Fingerprints fingerprints;
    fingerprints.add(first.inventory, first.files);
    fingerprints.add(second.inventory, second.files);
    fingerprints.sort();
    auto taken = take(kCode);

    identify(fingerprints, taken.files, taken.inventory);

    ASSERT_EQ(taken.inventory.distributions.size(), 1U);
    EXPECT_EQ(taken.inventory.distributions.front().confidence, Confidence::low);
}

TEST(Identify, KnowsTheRecordOfAWheel) {
    const auto wheel = python::parse_wheel_file_name("ham-3.0-py3-none-any.whl");
    ASSERT_TRUE(wheel);
    Fingerprints fingerprints;
    fingerprints.add(*wheel, install("", "ham", "3.0", kCode).back().bytes);
    fingerprints.sort();
    auto taken = take(kCode);

    identify(fingerprints, taken.files, taken.inventory);

    ASSERT_EQ(taken.inventory.distributions.size(), 1U);
    EXPECT_EQ(taken.inventory.distributions.front().package.purl, "pkg:pypi/ham@3.0");
}

TEST(Identify, KnowsDistributionsByTheVersionTheySay) {
    const auto inventory = take_inventory({{"requests/__init__.py", ""},
                                           {"requests/__version__.py", "__version__ = '2.19.0'\n"},
                                           {"yaml/__init__.py", "__version__ = '5.3.1'\n"},
                                           {"_yaml/__init__.py", ""},
                                           {"six.py", "__version__ = '1.16.0'\n"},
                                           {"mine/__init__.py", "__version__ = '7.0'\n"}});

    ASSERT_EQ(inventory.distributions.size(), 3U);
    EXPECT_EQ(inventory.distributions[0].package.purl, "pkg:pypi/requests@2.19.0");
    EXPECT_EQ(inventory.distributions[0].origin, Origin::version_literal);
    EXPECT_EQ(inventory.distributions[0].confidence, Confidence::medium);
    EXPECT_EQ(inventory.distributions[1].package.purl, "pkg:pypi/six@1.16.0");
    EXPECT_EQ(inventory.distributions[1].path, "six.py");
    EXPECT_EQ(inventory.distributions[2].modules, (std::vector<std::string>{"yaml", "_yaml"}));
    ASSERT_EQ(inventory.unattributed.size(), 1U);
    EXPECT_EQ(inventory.unattributed.front().name, "mine");
    EXPECT_EQ(inventory.unattributed.front().version, "7.0");
}

TEST(Identify, ListsWhatBelongsToNobody) {
    const auto inventory = identify_with({}, {{"app.py", ""}, {"flask/__init__.py", ""}});

    const auto* const finding = find(inventory, "inventory.unattributed-code");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, Severity::info);
    EXPECT_EQ(finding->message,
              "2 modules belong to no distribution: app, flask (flask of unknown version)");
}

TEST(Identify, SeesNamespacePackagesPartByPart) {
    const auto inventory =
        take_inventory(install("", "google-auth", "2.0", {{"google/auth/__init__.py", ""}}) +
                       std::vector<Item>{{"google/mine/__init__.py", ""}});

    ASSERT_EQ(inventory.distributions.size(), 1U);
    EXPECT_EQ(inventory.distributions.front().modules, std::vector<std::string>{"google.auth"});
    ASSERT_EQ(inventory.unattributed.size(), 1U);
    EXPECT_EQ(inventory.unattributed.front().name, "google.mine");
    EXPECT_EQ(inventory.unattributed.front().path, "google/mine");
    EXPECT_EQ(find(inventory, "inventory.record-unlisted"), nullptr);
}

} // namespace
} // namespace preflight::inventory
