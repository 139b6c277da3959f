// SPDX-License-Identifier: Apache-2.0
#include "built_distribution.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {
namespace {

const Distribution& distribution_of(const Inventory& inventory, std::string_view version) {
    return *std::ranges::find(inventory.distributions, version, [](const Distribution& item) {
        return std::string_view(item.package.version);
    });
}

/// The metadata alone of a distribution whose code is listed.
std::vector<Item> metadata_of(const std::vector<Item>& items) {
    auto kept = items;
    std::erase_if(
        kept, [](const Item& item) { return item.path.find(".dist-info/") == std::string::npos; });
    return kept;
}

TEST(DecideStates, LetsTheFilesDecideWhichOfTwoVersionsIsThere) {
    const auto old = install("", "demo", "1.0", {{"demo/__init__.py", "1\n"}, {"demo/a.py", ""}});
    const auto recent =
        install("", "demo", "2.0", {{"demo/__init__.py", "2\n"}, {"demo/a.py", ""}});

    for (const auto& [files, winner, loser] :
         {std::tuple(recent + metadata_of(old), "2.0", "1.0"),
          std::tuple(old + metadata_of(recent), "1.0", "2.0")}) {
        const auto inventory = take_inventory(files);

        ASSERT_EQ(inventory.distributions.size(), 2U);
        EXPECT_EQ(distribution_of(inventory, winner).state, State::installed);
        EXPECT_EQ(distribution_of(inventory, loser).state, State::stale);
        const auto* const finding = find(inventory, "inventory.metadata-disagrees");
        ASSERT_NE(finding, nullptr);
        EXPECT_EQ(finding->severity, Severity::medium);
        EXPECT_EQ(finding->status, Status::shadowed);
        EXPECT_EQ(finding->package->version, loser);
        EXPECT_EQ(find(inventory, "inventory.record-modified"), nullptr);
        EXPECT_EQ(find(inventory, "inventory.record-missing"), nullptr);
    }
}

TEST(DecideStates, GoesByTheVersionInTheCodeWithoutRecords) {
    const auto inventory =
        take_inventory({{"demo/__init__.py", "__version__ = '2.0'\n"},
                        {"demo-1.0.egg-info/PKG-INFO", "Name: demo\nVersion: 1.0\n"},
                        {"demo-2.0.egg-info/PKG-INFO", "Name: demo\nVersion: 2.0\n"}});

    EXPECT_EQ(distribution_of(inventory, "1.0").state, State::stale);
    EXPECT_EQ(distribution_of(inventory, "2.0").state, State::installed);
}

TEST(DecideStates, JudgesBothWhereNothingTells) {
    const auto inventory =
        take_inventory({{"demo-1.0.egg-info/PKG-INFO", "Name: demo\nVersion: 1.0\n"},
                        {"demo-2.0.egg-info/PKG-INFO", "Name: demo\nVersion: 2.0\n"}});

    EXPECT_EQ(distribution_of(inventory, "1.0").state, State::installed);
    EXPECT_EQ(distribution_of(inventory, "2.0").state, State::installed);
    const auto* const finding = find(inventory, "inventory.metadata-disagrees");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->status, Status::open);
}

TEST(DecideStates, CallsMetadataWithoutFilesAGhost) {
    const auto demo =
        install("", "demo", "1.0", {{"demo/__init__.py", ""}, {"demo-nspkg.pth", "import sys\n"}});

    const auto inventory = take_inventory(without(demo, "demo/__init__.py"));

    ASSERT_EQ(inventory.distributions.size(), 1U);
    EXPECT_EQ(inventory.distributions.front().state, State::ghost);
    const auto* const finding = find(inventory, "inventory.ghost-metadata");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, Severity::info);
    EXPECT_EQ(find(inventory, "inventory.record-missing"), nullptr);
}

TEST(DecideStates, FindsAGhostByItsTopLevelNamesToo) {
    const Item metadata{"demo-1.0.egg-info/PKG-INFO", "Name: demo\nVersion: 1.0\n"};
    const Item names{"demo-1.0.egg-info/top_level.txt", "demo\n"};

    EXPECT_EQ(take_inventory({metadata, names}).distributions.front().state, State::ghost);
    for (const auto* path :
         {"demo/__init__.py", "demo.py", "demo.cpython-312-x86_64-linux-gnu.so"}) {
        EXPECT_EQ(take_inventory({metadata, names, {path, ""}}).distributions.front().state,
                  State::installed)
            << path;
    }
}

TEST(DecideStates, KnowsDistributionsThatHaveNoCode) {
    const auto inventory = take_inventory(install("", "demo", "1.0", {{"share/table.csv", "1\n"}}));

    EXPECT_EQ(inventory.distributions.front().state, State::installed);
    EXPECT_TRUE(inventory.findings.empty());
}

TEST(DecideStates, ComparesTheFolderWithWhatTheMetadataSay) {
    const auto inventory =
        take_inventory({{"demo-2.0.dist-info/METADATA", "Name: demo\nVersion: 9.9\n"}});

    const auto* const finding = find(inventory, "inventory.metadata-disagrees");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->message, "the folder 'demo-2.0.dist-info' holds the metadata of demo 9.9");
    EXPECT_EQ(find(take_inventory({{"demo-2.dist-info/METADATA", "Name: Demo\nVersion: 2.0\n"}}),
                   "inventory.metadata-disagrees"),
              nullptr);
}

TEST(DecideStates, TakesMetadataOfTestsForNothingInstalled) {
    for (const auto* path : {"pkg/tests/data/demo-1.0.dist-info/METADATA",
                             "tests/fixtures/demo.egg-info/PKG-INFO",
                             "pkg_resources/tests/data/demo-1.0-py3.7.egg/EGG-INFO/PKG-INFO",
                             "pkg/tests/data/demo-1.0-py3.7.egg!/EGG-INFO/PKG-INFO"}) {
        const auto inventory = take_inventory({{path, "Name: demo\nVersion: 1.0\n"}});

        EXPECT_TRUE(inventory.distributions.empty()) << path;
        EXPECT_NE(find(inventory, "inventory.test-material"), nullptr) << path;
    }
}

} // namespace
} // namespace preflight::inventory
