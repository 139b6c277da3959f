// SPDX-License-Identifier: Apache-2.0
#include "built_distribution.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {
namespace {

/// Distributions that are carried along, as `name version path in host`.
std::vector<std::string> carried_by(const std::vector<Item>& items) {
    std::vector<std::string> lines;
    for (const auto& distribution : take_inventory(items).distributions) {
        if (distribution.is_carried_along()) {
            lines.push_back(distribution.package.name + " " + distribution.package.version + " " +
                            distribution.path + " in " + distribution.host);
        }
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST(AddCarried, ReadsListsWithTheirLines) {
    const auto pip = install("",
                             "pip",
                             "24.0",
                             {{"pip/__init__.py", ""},
                              {"pip/_vendor/__init__.py", ""},
                              {"pip/_vendor/vendor.txt", "msgpack==1.0\nrich==13.0\n"}});

    const auto inventory = take_inventory(pip);

    ASSERT_EQ(inventory.distributions.size(), 3U);
    const auto& rich = inventory.distributions[2];
    EXPECT_EQ(rich.package.name, "rich");
    EXPECT_EQ(rich.origin, Origin::vendored);
    EXPECT_EQ(rich.line, 2U);
    EXPECT_EQ(rich.path, "pip/_vendor/vendor.txt");
    EXPECT_EQ(rich.host, "pip");
    ASSERT_TRUE(rich.host_index);
    EXPECT_EQ(inventory.distributions[*rich.host_index].package.name, "pip");
    EXPECT_EQ(rich.confidence, Confidence::medium);
}

TEST(AddCarried, KnowsCopiesThatHaveTheirMetadata) {
    const auto setuptools = install(
        "",
        "setuptools",
        "75.0",
        {{"setuptools/__init__.py", ""},
         {"setuptools/_vendor/wheel/__init__.py", "__version__ = '0.43.0'\n"},
         {"setuptools/_vendor/wheel-0.43.0.dist-info/METADATA", "Name: wheel\nVersion: 0.43.0\n"}});

    EXPECT_EQ(carried_by(setuptools),
              Lines{"wheel 0.43.0 setuptools/_vendor/wheel-0.43.0.dist-info in setuptools"});
}

TEST(AddCarried, KnowsCopiesByTheirVersions) {
    const auto requests =
        install("",
                "requests",
                "2.15.1",
                {{"requests/__init__.py", "__version__ = '2.15.1'\n"},
                 {"requests/packages/__init__.py", ""},
                 {"requests/packages/chardet/__init__.py", "__version__ = '3.0.2'\n"},
                 {"requests/packages/urllib3/__init__.py", "__version__ = '1.21.1'\n"},
                 {"requests/packages/urllib3/packages/six.py", "__version__ = '1.10.0'\n"},
                 {"requests/packages/unheard_of/__init__.py", "__version__ = '1'\n"}});

    EXPECT_EQ(carried_by(requests),
              (Lines{"chardet 3.0.2 requests/packages/chardet/__init__.py in requests",
                     "urllib3 1.21.1 requests/packages/urllib3/__init__.py in requests",
                     "six 1.10.0 requests/packages/urllib3/packages/six.py in requests"}));
}

TEST(AddCarried, NamesTheFolderWhereNobodyOwnsIt) {
    EXPECT_EQ(
        carried_by({{"mine/_vendor/demo-1.0.dist-info/METADATA", "Name: demo\nVersion: 1.0\n"}}),
        Lines{"demo 1.0 mine/_vendor/demo-1.0.dist-info in mine"});
}

TEST(AddCarried, TakesNoOtherFolderForOneOfCopies) {
    EXPECT_EQ(carried_by({{"vendor/demo-1.0.dist-info/METADATA", "Name: demo\nVersion: 1.0\n"},
                          {"six.py", "__version__ = '1.10.0'\n"},
                          {"pkg/lib/six.py", "__version__ = '1.10.0'\n"}}),
              Lines{});
}

TEST(AddCarried, ReadsSboms) {
    const auto demo = install("",
                              "demo",
                              "1.0",
                              {{"demo/__init__.py", ""},
                               {"demo-1.0.dist-info/sboms/any-name.json",
                                R"({"bomFormat": "CycloneDX", "components": [
                      {"name": "openssl", "version": "4.0.0", "purl": "pkg:generic/openssl@4.0.0"},
                      {"name": "demo", "purl": "pkg:pypi/demo@1.0?file_name=demo.whl"},
                      {"name": "x", "purl": "pkg:pypi/Ham_Spam@2.0%2Blocal"}]})"}});

    const auto inventory = take_inventory(demo);

    EXPECT_EQ(carried_by(demo),
              Lines{"ham-spam 2.0+local demo-1.0.dist-info/sboms/any-name.json in demo"});
    ASSERT_EQ(inventory.components.size(), 1U);
    EXPECT_EQ(inventory.components.front().name, "openssl");
    EXPECT_EQ(inventory.components.front().host, "demo");
}

TEST(AddCarried, NotesAnSbomThatItCannotRead) {
    const auto inventory = take_inventory(
        install("",
                "demo",
                "1.0",
                {{"demo/__init__.py", ""}, {"demo-1.0.dist-info/sboms/a.xml", "<bom/>"}}));

    const auto* const finding = find(inventory, "inventory.metadata-malformed");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, Severity::info);
    EXPECT_EQ(finding->location.path, "demo-1.0.dist-info/sboms/a.xml");
}

} // namespace
} // namespace preflight::inventory
