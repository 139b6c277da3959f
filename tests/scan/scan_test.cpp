// SPDX-License-Identifier: Apache-2.0
#include "scan_fixture.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace preflight::scan {
namespace {

TEST_F(Scan, BlocksAVulnerableFunctionAndSaysWhatToUpgradeTo) {
    add_function("f.zip", installed("", "demo", "1.0"));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.packages[0].upgrade, "2.0");
    EXPECT_EQ(report.packages[0].installer, "pip");
    const auto* finding = find(report, "advisory.known-vulnerability");
    ASSERT_NE(finding, nullptr);
    EXPECT_TRUE(finding->gates);
    EXPECT_EQ(finding->artifact, "f.zip");
    EXPECT_EQ(finding->deployments, std::vector<std::string>{"f"});
}

TEST_F(Scan, PassesAFunctionWithoutDistributions) {
    add_function("f.zip", {stored("app.py", "x = 1\n")});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_EQ(report.stats.entries, 1U);
    EXPECT_EQ(report.stats.entries_examined, 1U);
}

TEST_F(Scan, InflatesEachEntryOnce) {
    add_function(
        "f.zip",
        {deflated("a.py", std::string(1000, 'a')), deflated("b.py", std::string(500, 'b'))});

    const auto report = scan(request_);

    EXPECT_EQ(report.stats.inflated_bytes, 1500U);
    EXPECT_EQ(report.stats.unpacked_bytes, 1500U);
}

TEST_F(Scan, DoesNotGateOnACopyThatTheFunctionShadows) {
    add_function("f.zip", installed("", "demo", "2.0"));
    add_layer("l.zip", installed("python/", "demo", "1.0"));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_EQ(find(report, "advisory.known-vulnerability")->status, Status::shadowed);
    EXPECT_EQ(find(report, "deployment.shadowed")->artifact, "l.zip");
    EXPECT_EQ(report.packages[1].shadowed_by, "f.zip");
    EXPECT_FALSE(report.packages[1].effective);
}

TEST_F(Scan, GatesOnAShadowedCopyIfToldTo) {
    add_function("f.zip", installed("", "demo", "2.0"));
    add_layer("l.zip", installed("python/", "demo", "1.0"));
    request_.includes_shadowed = true;

    EXPECT_EQ(scan(request_).verdict, policy::Verdict::blocked);
}

TEST_F(Scan, ReadsASharedLayerOnceAndReportsItOnce) {
    add_function("f.zip", {stored("a.py", "")});
    add_function("g.zip", {stored("a.py", "")});
    add_layer("l.zip", installed("python/", "demo", "1.0"));

    const auto report = scan(request_);

    EXPECT_EQ(report.artifacts.size(), 3U);
    EXPECT_EQ(report.stats.entries, 5U);
    EXPECT_EQ(find(report, "advisory.known-vulnerability")->deployments,
              (std::vector<std::string>{"f", "g"}));
    EXPECT_EQ(
        std::ranges::count(report.findings, "advisory.known-vulnerability", &Finding::rule_id), 1);
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::blocked);
    EXPECT_EQ(report.deployments[1].verdict, policy::Verdict::blocked);
}

TEST_F(Scan, MergesALayerOnceThatIsNamedTwice) {
    add_function("f.zip", {stored("a.py", "")});
    add_layer("l.zip", installed("python/", "demo", "2.0"));
    auto& layers = request_.deployments.front().layers;
    layers.push_back(layers.front());

    const auto report = scan(request_);

    EXPECT_EQ(report.deployments[0].layers, std::vector<std::string>{"l.zip"});
    EXPECT_TRUE(report.packages[0].effective);
}

TEST_F(Scan, DoesNotGateOnTheNoteThatSomethingIsNotImported) {
    add_function("f.zip", {stored("a.py", "")});
    add_layer("l.zip", installed("python/lib/python3.9/site-packages/", "demo", "2.0"));
    request_.gate.fail_on = Severity::low;
    EXPECT_EQ(find(scan(request_), "deployment.not-on-path")->status, Status::shadowed);
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);

    request_.includes_shadowed = true;
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::blocked);
}

TEST_F(Scan, JudgesDeploymentsByThemselves) {
    add_function("clean.zip", {stored("a.py", "")});
    add_function("vulnerable.zip", installed("", "demo", "1.0"));

    const auto report = scan(request_);

    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::passed);
    EXPECT_EQ(report.deployments[1].verdict, policy::Verdict::blocked);
    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
}

TEST_F(Scan, GivesFunctionsOfOneNameDifferentNames) {
    add_function("a/f.zip", {stored("a.py", "")});
    add_function("b/f.zip", {stored("a.py", "")});

    const auto report = scan(request_);

    EXPECT_EQ(report.deployments[0].name, "f");
    EXPECT_EQ(report.deployments[1].name, "f-2");
    EXPECT_EQ(report.deployments[1].function, "f.zip-2");
}

TEST_F(Scan, BlocksARefusedArchiveAndListsItAsNotExamined) {
    add_function("f.zip", {stored("a\\b.py", "")});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    EXPECT_TRUE(find(report, "unpack.name-backslash")->gates);
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].what, "f.zip");
}

TEST_F(Scan, NeverPassesARefusedArchiveEvenWithoutAGate) {
    add_function("f.zip", {stored("a\\b.py", "")});
    request_.gate.fail_on.reset();

    EXPECT_EQ(scan(request_).verdict, policy::Verdict::incomplete);
}

TEST_F(Scan, RefusesADistributionThatIsPackedTwice) {
    const auto entries = installed("", "demo", "2.0");
    add_function("f.zip", entries + std::vector{entries[1]});

    EXPECT_TRUE(find(scan(request_), "unpack.duplicate")->gates);
}

TEST_F(Scan, ReportsTwoVersionsOfOneDistribution) {
    add_function("f.zip",
                 installed("", "demo", "1.0") + std::vector{installed("", "demo", "2.0")[1]});

    const auto report = scan(request_);

    EXPECT_EQ(report.packages.size(), 2U);
    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
}

struct Unreadable {
    const char* name;
    void (*make)(const std::filesystem::path& path);
};

class ScanOfUnreadable : public Scan, public testing::WithParamInterface<Unreadable> {};

TEST_P(ScanOfUnreadable, IsIncompleteAndScansTheOthers) {
    GetParam().make(folder_.path() / "bad.zip");
    request_.deployments = {{.function = folder_.path() / "bad.zip"}};
    add_function("good.zip", installed("", "demo", "2.0"));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    EXPECT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::incomplete);
    EXPECT_EQ(report.deployments[1].verdict, policy::Verdict::passed);
    EXPECT_EQ(report.incomplete[0].artifact, "bad.zip");
    EXPECT_EQ(report.incomplete[0].why.find(folder_.path().string()), std::string::npos);
}

void write(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

INSTANTIATE_TEST_SUITE_P(
    ,
    ScanOfUnreadable,
    testing::Values(
        Unreadable{"Missing", [](const auto& /*path*/) {}},
        Unreadable{"Empty", [](const auto& path) { write(path, ""); }},
        Unreadable{"NoArchive", [](const auto& path) { write(path, std::string(100, 'x')); }},
        Unreadable{"Truncated",
                   [](const auto& path) {
                       const auto zip = make_zip({stored("a.py", "x = 1")});
                       write(path, std::string_view(zip).substr(0, zip.size() - 30));
                   }},
        Unreadable{"WithoutEntries",
                   [](const auto& path) { write(path, make_zip(std::vector<ZipEntry>{})); }},
        Unreadable{"Fifo", [](const auto& path) { ::mkfifo(path.c_str(), 0600); }},
        Unreadable{"Link",
                   [](const auto& path) { std::filesystem::create_symlink("other.zip", path); }},
        Unreadable{"EmptyDirectory",
                   [](const auto& path) { std::filesystem::create_directory(path); }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Scan, ReadsADirectoryAsItReadsAZip) {
    folder_.write("build/demo/__init__.py", "");
    folder_.write("build/demo-1.0.dist-info/METADATA", metadata("demo", "1.0"));
    request_.deployments = {{.function = folder_.path() / "build"}};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    EXPECT_EQ(report.deployments[0].name, "build");
    EXPECT_EQ(report.artifacts[0].format, "directory");
    EXPECT_EQ(report.artifacts[0].sha256, "");
}

TEST_F(Scan, DoesNotFollowALinkThatLeavesTheDirectory) {
    folder_.write("build/a.py", "");
    std::filesystem::create_symlink("a.py", folder_.path() / "build" / "inside.py");
    std::filesystem::create_symlink("/etc/passwd", folder_.path() / "build" / "outside.py");
    request_.deployments = {{.function = folder_.path() / "build"}};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].path, "outside.py");
}

TEST_F(Scan, HoldsADirectoryToTheLimitsOfAnArchive) {
    folder_.write("build/a.py", "12345");
    folder_.write("build/b.py", "12345");
    request_.deployments = {{.function = folder_.path() / "build"}};

    request_.limits.max_total_bytes = 10;
    request_.limits.max_entries = 2;
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);

    request_.limits.max_total_bytes = 9;
    EXPECT_TRUE(find(scan(request_), "unpack.too-large")->gates);

    request_.limits.max_total_bytes = 10;
    request_.limits.max_entries = 1;
    EXPECT_TRUE(find(scan(request_), "unpack.too-many-entries")->gates);
}

TEST_F(Scan, HoldsTheFileOfAnArchiveToItsLimit) {
    const auto zip = make_zip({stored("a.py", "x")});
    request_.deployments = {{.function = folder_.write("f.zip", zip)}};

    request_.limits.max_archive_bytes = zip.size();
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);

    request_.limits.max_archive_bytes = zip.size() - 1;
    EXPECT_TRUE(find(scan(request_), "unpack.too-large")->gates);
}

TEST_F(Scan, ReadsPinnedRequirementsAndSaysWhatItDidNotJudge) {
    request_.deployments = {
        {.function = folder_.write("requirements.txt", "# pins\ndemo==1.0\nother>=2\n")}};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    EXPECT_EQ(find(report, "advisory.known-vulnerability")->location.line, 2U);
    EXPECT_EQ(report.packages[0].origin, "requirements");
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].line, 3U);
    EXPECT_EQ(report.incomplete[0].kind, IncompleteKind::requirement);
}

TEST_F(Scan, RefusesWhatItDoesNotKnow) {
    request_.deployments = {{.function = folder_.write("notes.txt", "hello")}};
    EXPECT_THROW(static_cast<void>(scan(request_)), UnrecognisedInput);

    folder_.write("image/oci-layout", "{}");
    folder_.write("image/index.json", "{}");
    request_.deployments = {{.function = folder_.path() / "image"}};
    EXPECT_THROW(static_cast<void>(scan(request_)), UnrecognisedInput);
}

TEST_F(Scan, IsIncompleteWithoutAUsableFeed) {
    add_function("f.zip", installed("", "demo", "1.0"));

    request_.feeds.directories = {folder_.path() / "nowhere"};
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::incomplete);

    folder_.write("empty/readme.md", "no record");
    request_.feeds.directories = {folder_.path() / "empty"};
    const auto report = scan(request_);
    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    EXPECT_EQ(report.incomplete[0].kind, IncompleteKind::feed);
}

TEST_F(Scan, IsIncompleteWhereARecordOfTheUsersOwnCannotBeRead) {
    add_function("f.zip", installed("", "demo", "2.0"));
    folder_.write("advisories/b.json", R"({"id": "X-2", "modified": 7})");

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    EXPECT_EQ(report.feeds[0].records, 1U);
    EXPECT_NE(report.incomplete[0].what.find("b.json"), std::string::npos);
}

TEST_F(Scan, GivesTheSameReportWhateverTheNumberOfThreads) {
    std::vector<ZipEntry> entries;
    for (int number = 0; number < 200; ++number) {
        entries = std::move(entries) + installed("", "demo" + std::to_string(number), "1.0");
    }
    add_function("f.zip", entries);
    const auto expected = report::write_json(scan(request_));

    for (const auto threads : {2U, 3U, 8U}) {
        request_.threads = threads;
        EXPECT_EQ(report::write_json(scan(request_)), expected);
    }
}

TEST_F(Scan, SaysTheSameOfAPackageWhereverItLies) {
    const auto zip = make_zip(installed("", "demo", "1.0"));
    request_.deployments = {{.function = folder_.write("f.zip", zip)}};
    const auto expected = report::write_json(scan(request_));

    const test::TemporaryDirectory elsewhere;
    request_.deployments = {{.function = elsewhere.write("f.zip", zip)}};
    EXPECT_EQ(report::write_json(scan(request_)), expected);
}

TEST_F(Scan, IsNotConfiguredByWhatItScans) {
    add_function("f.zip",
                 installed("", "demo", "1.0") +
                     std::vector{stored("preflight.yaml", "fail-on: none\n"),
                                 stored(".lambda-preflight", "ignore: all\n")});
    folder_.write("preflight.yaml", "fail-on: none\n");

    EXPECT_EQ(scan(request_).verdict, policy::Verdict::blocked);
}

} // namespace
} // namespace preflight::scan
