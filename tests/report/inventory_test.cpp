// SPDX-License-Identifier: Apache-2.0
#include "sample_report.hpp"

#include "preflight/document/json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::report {
namespace {

Package make_package(const std::string& name, const std::string& version) {
    auto package = make_quiet_report().packages.front();
    package.package = {name, version, "pkg:pypi/" + name + "@" + version};
    package.path = name + "-" + version + ".dist-info";
    return package;
}

TEST(WriteInventoryText, IsATableWithAWordForWhatBecomesOfEachCopy) {
    Report report;
    report.packages = {make_package("demo", "1.0"),
                       make_package("lower", "1.0"),
                       make_package("absent", "2.0"),
                       make_package("tiny", "3.0")};
    report.packages[1].effective = false;
    report.packages[2].state = "ghost";
    report.packages[3].origin = "vendored";
    report.packages[3].host = "demo";
    report.packages.push_back({.package = {"six", "", "pkg:pypi/six"},
                               .origin = "runtime",
                               .state = "installed",
                               .effective = true});

    EXPECT_EQ(write_inventory_text(report),
              "NAME    VERSION  ORIGIN            STATE     ARTIFACT     PATH\n"
              "demo    1.0      dist-info         imported  orders.zip   demo-1.0.dist-info\n"
              "lower   1.0      dist-info         shadowed  orders.zip   lower-1.0.dist-info\n"
              "absent  2.0      dist-info         ghost     orders.zip   absent-2.0.dist-info\n"
              "tiny    3.0      vendored in demo  imported  orders.zip   tiny-3.0.dist-info\n"
              "six     ?        runtime           imported  the runtime  \n");
}

TEST(WriteInventoryText, SaysWhatWasNotLookedAt) {
    Report report;
    report.incomplete = {{.what = "orders.zip", .why = "it is gone"}};

    EXPECT_TRUE(
        write_inventory_text(report).ends_with("\nnot looked at: orders.zip: it is gone\n"));
}

TEST(WriteInventoryText, EscapesHostileNames) {
    Report report;
    report.packages = {make_package("demo", "1\n::error::\x1b[2J")};
    report.packages[0].path = "a\r\nb";

    const auto text = write_inventory_text(report);

    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\r'), std::string::npos);
    EXPECT_EQ(text.find("\n::"), std::string::npos);
}

TEST(WriteInventoryRequirements, PinsWhatIsImportedInOrderAndOnce) {
    Report report;
    report.packages = {make_package("zebra", "1.0"),
                       make_package("demo", "1.0"),
                       make_package("demo", "1.0"),
                       make_package("shadowed", "1.0"),
                       make_package("vendored", "1.0"),
                       make_package("brought", "1.0")};
    report.packages[3].effective = false;
    report.packages[4].host = "demo";
    report.packages[5].origin = "runtime";

    EXPECT_EQ(write_inventory_requirements(report), "demo==1.0\nzebra==1.0\n");
}

TEST(WriteInventoryRequirements, SaysInACommentWhatWasNotLookedAt) {
    Report report;
    report.incomplete = {{.what = "orders.zip", .why = "it is gone"}};

    EXPECT_EQ(write_inventory_requirements(report), "# not looked at: orders.zip: it is gone\n");
}

TEST(WriteInventoryRequirements, LetsNoVersionAddAMarkerOrAnOption) {
    // What is no version of PEP 440 stands in a report as METADATA have it.
    for (const auto* version : {"1.0 ; python_version < '0'",
                                "1.0 --hash=sha256:00",
                                "1.0 # not this one",
                                "1.0\n-r /etc/passwd",
                                "1.*"}) {
        Report report;
        report.packages = {make_package("demo", version)};

        const auto text = write_inventory_requirements(report);

        EXPECT_TRUE(text.starts_with("#") && text.find('\n') + 1 == text.size()) << text;
    }
}

TEST(WriteInventoryJson, HasTheMembersOfTheContract) {
    const auto json = document::parse_json(as_bytes(write_inventory_json(make_quiet_report())));

    ASSERT_TRUE(json);
    std::vector<std::string> keys;
    for (const auto& [name, member] : *json->as_object()) {
        keys.push_back(name);
    }
    EXPECT_EQ(keys,
              (std::vector<std::string>{"schema_version",
                                        "tool",
                                        "verdict",
                                        "exit_code",
                                        "artifacts",
                                        "deployments",
                                        "packages",
                                        "components",
                                        "incomplete"}));
}

} // namespace
} // namespace preflight::report
