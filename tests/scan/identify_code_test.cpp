// SPDX-License-Identifier: Apache-2.0
#include "recorded_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight::scan {
namespace {

class IdentifyCode : public Scan {
protected:
    void add_wheel(const std::string& name, const std::vector<Item>& items) {
        folder_.write("wheels/" + name, make_zip(zipped(items)));
        request_.wheels = {folder_.path() / "wheels"};
    }
};

TEST_F(IdentifyCode, KnowsItByTheRecordOfAWheel) {
    add_function("f.zip", zipped(strip(install_demo("", "1.0"))));
    add_wheel("demo-1.0-py3-none-any.whl", install_demo("", "1.0"));

    const auto report = scan(request_);

    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.packages[0].package.purl, "pkg:pypi/demo@1.0");
    EXPECT_EQ(report.packages[0].origin, "fingerprint");
    EXPECT_EQ(report.packages[0].confidence, "high");
    EXPECT_EQ(report.packages[0].path, "demo");
    EXPECT_TRUE(report.packages[0].effective);
    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    EXPECT_EQ(find(report, "inventory.unattributed-code"), nullptr);
    EXPECT_EQ(report.artifacts.size(), 1U);
}

TEST_F(IdentifyCode, TellsVersionsByTheFilesInWhichTheyDiffer) {
    add_function("f.zip", zipped(strip(install_demo("", "2.0"))));
    add_wheel("demo-1.0-py3-none-any.whl", install_demo("", "1.0"));
    add_wheel("demo-2.0-py3-none-any.whl", install_demo("", "2.0"));

    const auto report = scan(request_);

    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.packages[0].package.version, "2.0");
    EXPECT_EQ(report.packages[0].confidence, "high");
}

TEST_F(IdentifyCode, KnowsItByTheRecordOfAnotherArtifact) {
    add_function("stripped.zip", zipped(strip(install_demo("", "1.0"))));
    add_function("whole.zip", zipped(install_demo("", "1.0")));

    const auto report = scan(request_);

    ASSERT_EQ(report.packages.size(), 2U);
    EXPECT_EQ(report.packages[0].artifact, "stripped.zip");
    EXPECT_EQ(report.packages[0].origin, "fingerprint");
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::blocked);
}

TEST_F(IdentifyCode, DoesNotTrustARecordThatTheFilesContradict) {
    add_function("stripped.zip", zipped(strip(install_demo("", "1.0"))));
    auto lying = install_demo("", "1.0");
    for (auto& item : lying) {
        item.bytes = item.path.ends_with(".py") ? "x = 'something else'\n" : item.bytes;
    }
    add_function("lying.zip", zipped(lying));

    const auto report = scan(request_);

    EXPECT_EQ(find_package(report, "fingerprint"), nullptr);
    EXPECT_EQ(find(report, "inventory.unattributed-code")->artifact, "stripped.zip");
}

TEST_F(IdentifyCode, NamesCodeThatBelongsToNobody) {
    add_function("f.zip", {stored("app.py", "x = 1\n")});

    const auto report = scan(request_);

    const auto* finding = find(report, "inventory.unattributed-code");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->severity, Severity::info);
    EXPECT_EQ(finding->artifact, "f.zip");
    EXPECT_EQ(finding->location.path, "app.py");
    EXPECT_EQ(finding->deployments, std::vector<std::string>{"f"});
    EXPECT_EQ(report.verdict, policy::Verdict::passed);
}

TEST_F(IdentifyCode, IsIncompleteWhereAWheelCannotBeRead) {
    add_function("f.zip", {stored("app.py", "x = 1\n")});
    const auto without_record =
        make_zip(zipped(inventory::without(install_demo("", "1.0"), "demo-1.0.dist-info/RECORD")));
    const auto whole = make_zip(zipped(install_demo("", "1.0")));
    struct Row {
        const char* name;
        std::string bytes;
    };
    for (const auto& [name, bytes] :
         {Row{"demo-1.0-py3-none-any.whl", "no zip"},
          Row{"other-1.0-py3-none-any.whl", without_record},
          Row{"cut-1.0-py3-none-any.whl", whole.substr(0, whole.size() - 30)},
          Row{"noversion.whl", whole}}) {
        const test::TemporaryDirectory wheels;
        wheels.write(name, bytes);
        request_.wheels = {wheels.path()};

        const auto report = scan(request_);

        EXPECT_EQ(report.verdict, policy::Verdict::incomplete) << name;
        EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::incomplete) << name;
        ASSERT_EQ(report.incomplete.size(), 1U) << name;
        EXPECT_EQ(report.incomplete[0].what, name);
        EXPECT_EQ(report.incomplete[0].why.find(wheels.path().string()), std::string::npos)
            << report.incomplete[0].why;
    }
}

TEST_F(IdentifyCode, ReadsTheOtherWheelsBesideOneThatIsBroken) {
    add_function("f.zip", zipped(strip(install_demo("", "1.0"))));
    folder_.write("wheels/a-1.0-py3-none-any.whl", "no zip");
    add_wheel("demo-1.0-py3-none-any.whl", install_demo("", "1.0"));

    const auto report = scan(request_);

    EXPECT_NE(find_package(report, "fingerprint"), nullptr);
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].what, "wheels/a-1.0-py3-none-any.whl");
}

TEST_F(IdentifyCode, IsIncompleteWithoutTheFolderOfWheels) {
    add_function("f.zip", {stored("app.py", "x = 1\n")});
    request_.wheels = {folder_.path() / "nowhere"};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].what, "nowhere");
}

} // namespace
} // namespace preflight::scan
