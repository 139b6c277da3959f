// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the distributions of artifacts once these are laid over each other.
#include "recorded_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace preflight::scan {
namespace {

using Deployed = Scan;
using Names = std::vector<std::string>;

constexpr std::string_view kVulnerability = "advisory.known-vulnerability";

/// A pip that carries along a demo which is affected.
std::vector<ZipEntry> install_pip(const std::string& folder) {
    return installed(folder, "pip", "24.0") +
           std::vector{stored(folder + "pip/_vendor/__init__.py", ""),
                       stored(folder + "pip/_vendor/vendor.txt", "demo==1.0\n")};
}

TEST_F(Deployed, GatesOnACopyThatAPackageCarriesAlong) {
    add_function("f.zip", install_pip(""));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    const auto* package = find_package(report, "vendored");
    ASSERT_NE(package, nullptr);
    EXPECT_EQ(package->host, "pip");
    EXPECT_EQ(package->path, "pip/_vendor/vendor.txt");
    EXPECT_EQ(package->line, 1U);
    EXPECT_EQ(package->confidence, "medium");
    EXPECT_TRUE(package->effective);
    EXPECT_TRUE(find(report, kVulnerability)->gates);
}

TEST_F(Deployed, WaivesCopiesThatPackagesCarryAlongIfToldTo) {
    add_function("f.zip", install_pip(""));
    request_.ignores_vendored = true;

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::waived);
    EXPECT_FALSE(find(report, kVulnerability)->gates);

    request_.deployments.clear();
    add_function("g.zip", install_pip("") + installed("", "demo", "1.0"));
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::blocked);
}

TEST_F(Deployed, ImportsWhatIsCarriedAlongOnlyWhereItsHostIs) {
    add_function("has.zip", installed("", "pip", "25.0"));
    add_function("lacks.zip", {stored("app.py", "")});
    add_layer("l.zip", install_pip("python/"));

    const auto report = scan(request_);

    EXPECT_EQ(find_package(report, "vendored")->deployments, (Names{"has", "lacks"}));
    EXPECT_EQ(find(report, kVulnerability)->deployments, Names{"lacks"});
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::passed);
    EXPECT_EQ(report.deployments[1].verdict, policy::Verdict::blocked);
}

TEST_F(Deployed, DoesNotImportWhatAShadowedHostCarriesAlong) {
    add_function("f.zip", installed("", "pip", "25.0"));
    add_layer("l.zip", install_pip("python/"));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_FALSE(find_package(report, "vendored")->effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::shadowed);
}

TEST_F(Deployed, DoesNotGateOnStaleMetadata) {
    add_function("f.zip", zipped(install_demo("", "2.0") + only_metadata(install_demo("", "1.0"))));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    ASSERT_EQ(report.packages.size(), 2U);
    EXPECT_EQ(report.packages[0].state, "stale");
    EXPECT_FALSE(report.packages[0].effective);
    EXPECT_TRUE(report.packages[1].effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::shadowed);
    EXPECT_EQ(find(report, "inventory.metadata-disagrees")->severity, Severity::medium);
}

TEST_F(Deployed, DoesNotGateOnMetadataWhoseFilesAreAbsent) {
    add_function("f.zip", zipped(only_metadata(install_demo("", "1.0"))));

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_EQ(report.packages[0].state, "ghost");
    EXPECT_FALSE(report.packages[0].effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::shadowed);
    EXPECT_NE(find(report, "inventory.ghost-metadata"), nullptr);
}

TEST_F(Deployed, DoesNotTakeAPathFileForTheFilesThatAreAbsent) {
    add_function("f.zip",
                 zipped(only_metadata(install_demo("lib/", "1.0"))) +
                     std::vector{stored("x.pth", "lib\n")});

    const auto report = scan(request_);

    EXPECT_EQ(report.packages[0].state, "ghost");
    EXPECT_FALSE(report.packages[0].effective);
    EXPECT_EQ(report.verdict, policy::Verdict::passed);
}

TEST_F(Deployed, SaysWhereModulesAndMetadataComeFromDifferentArtifacts) {
    add_function("f.zip", {stored("demo/__init__.py", "x = 'of nobody knows whom'\n")});
    add_layer("l.zip", zipped(install_demo("python/", "2.0")));

    const auto report = scan(request_);

    const auto* mixed = find(report, "deployment.mixed-package");
    ASSERT_NE(mixed, nullptr);
    EXPECT_EQ(mixed->severity, Severity::medium);
    EXPECT_EQ(mixed->artifact, "l.zip");
    EXPECT_EQ(mixed->package->name, "demo");
    EXPECT_NE(mixed->message.find("'demo' of 'f.zip'"), std::string::npos) << mixed->message;
    EXPECT_EQ(report.packages[0].shadowed_by, "f.zip");
}

TEST_F(Deployed, SaysWhichFilesOfALowerLayerRemain) {
    add_function("f.zip", {stored("app.py", "")});
    add_layer("low.zip",
              zipped(inventory::install("python/",
                                        "demo",
                                        "2.0",
                                        {{"demo/__init__.py", "x = 2\n"},
                                         {"demo/gone.py", "y = 2\n"},
                                         {"demo/old.py", "z = 2\n"}})));
    add_layer("top.zip", zipped(install_demo("python/", "3.0")));

    const auto report = scan(request_);

    const auto* mixed = find(report, "deployment.mixed-package");
    ASSERT_NE(mixed, nullptr);
    EXPECT_EQ(mixed->artifact, "top.zip");
    EXPECT_NE(mixed->message.find("2 files of demo 2.0 in 'low.zip'"), std::string::npos)
        << mixed->message;
    EXPECT_NE(mixed->message.find("'demo/gone.py'"), std::string::npos) << mixed->message;
}

TEST_F(Deployed, MixesNothingWhereTheUpperLayerHasEveryFile) {
    add_function("f.zip", {stored("app.py", "")});
    add_layer("low.zip", zipped(install_demo("python/", "2.0")));
    add_layer("top.zip", zipped(install_demo("python/", "3.0")));

    const auto report = scan(request_);

    EXPECT_EQ(find(report, "deployment.mixed-package"), nullptr);
    EXPECT_EQ(report.packages[0].shadowed_by, "top.zip");
    EXPECT_TRUE(report.packages[1].effective);
}

TEST_F(Deployed, StillImportsADistributionOfWhichALaterLayerReplacesOneFile) {
    // Both are unpacked into /opt/python, where demo/work.py of the first one stays.
    add_function("f.zip", {stored("app.py", "import demo\n")});
    add_layer("low.zip", zipped(install_demo("python/", "1.0")));
    add_layer("top.zip", {stored("python/demo/__init__.py", "import demo.work\n")});

    const auto report = scan(request_);

    EXPECT_TRUE(find_package(report, "python/demo-1.0.dist-info")->effective);
    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
}

TEST_F(Deployed, HoldsWhatIsInstalledAgainstRequirementsInThePackage) {
    add_function("f.zip",
                 zipped(install_demo("", "2.0")) +
                     std::vector{stored("requirements.txt", "absent==1.0\ndemo==3.0\n")});

    const auto report = scan(request_);

    Names messages;
    for (const auto& finding : report.findings) {
        if (finding.rule_id == "inventory.drift") {
            EXPECT_EQ(finding.location.path, "requirements.txt");
            EXPECT_EQ(finding.artifact, "f.zip");
            EXPECT_EQ(finding.deployments, Names{"f"});
            messages.push_back(std::to_string(finding.location.line) + ": " + finding.message);
        }
    }
    EXPECT_EQ(messages,
              (Names{"1: absent 1.0 is declared and not installed",
                     "2: demo 3.0 is declared, and 2.0 is installed"}));
}

TEST_F(Deployed, LooksForWhatIsDeclaredInTheLayersToo) {
    add_function("f.zip", {stored("requirements.txt", "demo==2.0\n")});
    add_layer("l.zip", zipped(install_demo("python/", "2.0")));

    EXPECT_EQ(find(scan(request_), "inventory.drift"), nullptr);
}

TEST_F(Deployed, ReadsTheRequirementsBesideAFunctionIfItIsTheOnlyOne) {
    folder_.write("build/requirements.txt", "demo==3.0\n");
    add_function("build/f.zip", zipped(install_demo("", "2.0")));

    const auto report = scan(request_);

    const auto* drift = find(report, "inventory.drift");
    ASSERT_NE(drift, nullptr);
    EXPECT_EQ(drift->location.path, "");
    EXPECT_EQ(drift->location.line, 1U);
    EXPECT_TRUE(drift->message.starts_with("in the requirements.txt beside the package: "))
        << drift->message;

    add_function("build/g.zip", {stored("app.py", "")});
    EXPECT_EQ(find(scan(request_), "inventory.drift"), nullptr);
}

TEST_F(Deployed, ReadsTheRequirementsBesideADirectory) {
    folder_.write("requirements.txt", "demo==3.0\n");
    folder_.write("build/demo/__init__.py", "");
    folder_.write("build/demo-2.0.dist-info/METADATA", metadata("demo", "2.0"));
    for (const auto* name : {"build", "build/"}) {
        request_.deployments = {{.function = folder_.path() / name}};

        EXPECT_NE(find(scan(request_), "inventory.drift"), nullptr) << name;
    }
}

TEST_F(Deployed, NamesPartsOfTheSdkThatAreImportedWithoutBotocore) {
    add_function("f.zip", installed("", "boto3", "1.34"));
    EXPECT_EQ(find(scan(request_), "inventory.partial-sdk")->severity, Severity::medium);

    add_layer("l.zip", installed("python/", "botocore", "1.34"));
    EXPECT_EQ(find(scan(request_), "inventory.partial-sdk"), nullptr);
}

TEST_F(Deployed, AsksWhetherThePackageImportsTheSdkOfWhichItPacksParts) {
    add_function("f.zip", installed("", "urllib3", "2.2") + std::vector{stored("app.py", "")});
    EXPECT_EQ(find(scan(request_), "inventory.partial-sdk")->severity, Severity::info);

    request_.deployments.clear();
    add_function("g.zip",
                 installed("", "urllib3", "2.2") + std::vector{stored("app.py", "import boto3\n")});
    const auto report = scan(request_);
    EXPECT_EQ(find(report, "inventory.partial-sdk")->severity, Severity::medium);
    EXPECT_EQ(find(report, "inventory.partial-sdk")->artifact, "");
    EXPECT_EQ(find(report, "inventory.partial-sdk")->deployments, Names{"g"});
}

/// An egg as setuptools zips it.
std::string make_egg() {
    return make_zip({stored("EGG-INFO/PKG-INFO", metadata("demo", "1.0")),
                     stored("EGG-INFO/top_level.txt", "demo\n"),
                     stored("demo/__init__.py", "pass\n").mode(0100600)});
}

TEST_F(Deployed, OpensAZippedEgg) {
    add_function("f.zip",
                 {stored("demo-1.0-py3.12.egg", make_egg()),
                  stored("easy-install.pth", "./demo-1.0-py3.12.egg\n")});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    const auto* package = find_package(report, "egg");
    ASSERT_NE(package, nullptr);
    EXPECT_EQ(package->path, "demo-1.0-py3.12.egg!/EGG-INFO");
    EXPECT_TRUE(package->effective);
    EXPECT_EQ(report.stats.entries, 5U);
    EXPECT_EQ(find(report, "unpack.nested-not-opened"), nullptr);
    EXPECT_EQ(find(report, "unpack.mode-unreadable"), nullptr);
}

TEST_F(Deployed, OpensNoEggInAnEgg) {
    add_function("f.zip",
                 {stored("outer.egg", make_zip({stored("demo-1.0-py3.12.egg", make_egg())}))});

    const auto report = scan(request_);

    EXPECT_TRUE(report.packages.empty());
    EXPECT_NE(find(report, "unpack.nested-not-opened")->message.find("outer.egg!/demo"),
              std::string::npos);
}

TEST_F(Deployed, DoesNotImportFromAWheelThatIsNotUnpacked) {
    const auto wheel =
        stored("demo-1.0-py3-none-any.whl", make_zip(zipped(install_demo("", "1.0"))));
    add_function("f.zip", {wheel, stored("app.py", "")});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.packages[0].origin, "wheel");
    EXPECT_EQ(report.packages[0].state, "packed");
    EXPECT_FALSE(report.packages[0].effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::shadowed);

    request_.deployments.clear();
    add_function("g.zip", {wheel, stored("x.pth", "demo-1.0-py3-none-any.whl\n")});
    const auto imported = scan(request_);
    EXPECT_TRUE(imported.packages[0].effective);
    EXPECT_EQ(imported.verdict, policy::Verdict::blocked);
}

TEST_F(Deployed, ImportsFromAFolderThatAPathFileAdds) {
    const auto entries = zipped(install_demo("lib/", "1.0"));
    add_function("f.zip", entries);
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);
    EXPECT_NE(find(scan(request_), "deployment.not-on-path"), nullptr);

    request_.deployments.clear();
    add_function("g.zip", entries + std::vector{stored("x.pth", "lib\n")});
    const auto report = scan(request_);
    EXPECT_TRUE(report.packages[0].effective);
    EXPECT_EQ(find(report, "deployment.not-on-path"), nullptr);
    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
}

TEST_F(Deployed, ReportsAFindingOfASharedLayerOnceWithAllThatItTouches) {
    add_function("f.zip", {stored("app.py", "")});
    add_function("g.zip", {stored("app.py", ""), stored("more.py", "")});
    add_layer("l.zip",
              zipped(inventory::with(
                  install_demo("python/", "2.0"), "python/demo/work.py", "import os\n")));

    const auto report = scan(request_);

    EXPECT_EQ(std::ranges::count(report.findings, "inventory.record-modified", &Finding::rule_id),
              1);
    const auto* modified = find(report, "inventory.record-modified");
    EXPECT_EQ(modified->deployments, (Names{"f", "g"}));
    EXPECT_EQ(modified->artifact, "l.zip");
    EXPECT_TRUE(modified->gates);
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::blocked);
    EXPECT_EQ(report.deployments[1].verdict, policy::Verdict::blocked);
    EXPECT_EQ(report.artifacts.size(), 3U);
    EXPECT_EQ(report.stats.entries, 1U + 2U + 4U);
    EXPECT_EQ(report.stats.entries_examined, report.stats.entries);
}

TEST_F(Deployed, ReportsWhatFollowsFromTheLayoutOnceForAllThatItTouches) {
    add_function("f.zip", {stored("app.py", "")});
    add_function("g.zip", {stored("app.py", "")});
    add_layer("l.zip", installed("python/lib/python3.9/site-packages/", "demo", "2.0"));

    const auto report = scan(request_);

    EXPECT_EQ(std::ranges::count(report.findings, "deployment.not-on-path", &Finding::rule_id), 1);
    EXPECT_EQ(find(report, "deployment.not-on-path")->deployments, (Names{"f", "g"}));
}

TEST_F(Deployed, LetsMadeNamesGiveWayToGivenOnes) {
    add_function("orders.zip", {stored("app.py", "")});
    add_function("billing.zip", {stored("app.py", "")});
    add_function("more/orders.zip", {stored("app.py", "")});
    request_.deployments[1].name = "orders";

    const auto report = scan(request_);

    EXPECT_EQ(report.deployments[0].name, "orders-2");
    EXPECT_EQ(report.deployments[1].name, "orders");
    EXPECT_EQ(report.deployments[2].name, "orders-3");
}

TEST_F(Deployed, JudgesEachDeploymentByItsOwnPlatformAndNamesItsHandler) {
    add_function("f.zip", {stored("app.py", "")});
    add_function("g.zip", {stored("app.py", "")});
    request_.deployments[0].handler = "app.main";
    request_.deployments[0].platform = {.runtime = deployment::Runtime{13},
                                        .architecture = deployment::Architecture::arm64};

    const auto report = scan(request_);

    EXPECT_EQ(report.deployments[0].handler, "app.main");
    EXPECT_EQ(report.deployments[0].runtime, "python3.13");
    EXPECT_EQ(report.deployments[0].runtime_source, "given");
    EXPECT_EQ(report.deployments[0].architecture, "arm64");
    EXPECT_EQ(report.deployments[1].handler, "");
    EXPECT_EQ(report.deployments[1].runtime, "python3.12");
    EXPECT_EQ(report.deployments[1].architecture, "x86_64");
}

class RuntimePackages : public Scan {
protected:
    RuntimePackages() {
        folder_.write("advisories/b.json", record("X-2", "boto3"));
        request_.runtimes = {
            {.runtime = deployment::Runtime{12},
             .date = "2026-01",
             .packages = {{.name = "Demo", .version = "1.0"}, {.name = "boto3", .version = ""}}}};
    }
};

TEST_F(RuntimePackages, AreListedAndDoNotGate) {
    add_function("f.zip", {stored("app.py", "")});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    ASSERT_EQ(report.packages.size(), 2U);
    EXPECT_EQ(report.packages[0].package.purl, "pkg:pypi/demo@1.0");
    EXPECT_EQ(report.packages[0].origin, "runtime");
    EXPECT_EQ(report.packages[0].artifact, "");
    EXPECT_TRUE(report.packages[0].effective);
    EXPECT_EQ(report.packages[0].deployments, Names{"f"});
    const auto* finding = find(report, kVulnerability);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->status, Status::runtime);
    EXPECT_EQ(finding->artifact, "");
    EXPECT_EQ(finding->deployments, Names{"f"});
    EXPECT_FALSE(finding->gates);
}

TEST_F(RuntimePackages, AreNotMatchedWhereTheirVersionIsUnknown) {
    add_function("f.zip", {stored("app.py", "")});

    const auto report = scan(request_);

    EXPECT_EQ(report.packages[1].package.name, "boto3");
    EXPECT_EQ(report.packages[1].package.version, "");
    EXPECT_EQ(std::ranges::count(report.findings, kVulnerability, &Finding::rule_id), 1);
}

TEST_F(RuntimePackages, NeverGateEvenIfWhatIsShadowedDoes) {
    add_function("f.zip", zipped(install_demo("", "2.0")));
    request_.includes_shadowed = true;

    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);
}

TEST_F(RuntimePackages, AreShadowedByWhatIsPacked) {
    add_function("packs.zip", zipped(install_demo("", "2.0")));
    EXPECT_FALSE(find_package(scan(request_), "runtime")->effective);
    EXPECT_EQ(find(scan(request_), kVulnerability)->status, Status::shadowed);

    add_function("lacks.zip", {stored("app.py", "")});
    const auto report = scan(request_);
    EXPECT_TRUE(find_package(report, "runtime")->effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::runtime);
    EXPECT_EQ(find(report, kVulnerability)->deployments, Names{"lacks"});
}

TEST_F(RuntimePackages, AreWhatRunsWhereThePackageHoldsMetadataAlone) {
    add_function("f.zip", zipped(only_metadata(install_demo("", "2.0"))));

    const auto report = scan(request_);

    EXPECT_TRUE(find_package(report, "runtime")->effective);
    EXPECT_EQ(find(report, kVulnerability)->status, Status::runtime);
}

TEST_F(RuntimePackages, AreThoseOfTheRuntimeOfTheDeployment) {
    add_function("f.zip", {stored("app.py", "")});
    request_.platform.runtime = deployment::Runtime{13};

    EXPECT_TRUE(scan(request_).packages.empty());
}

TEST_F(Deployed, TakesStockWithoutJudging) {
    NoProgress progress;
    add_function("f.zip",
                 zipped(inventory::with(install_demo("", "1.0"), "demo/work.py", "import os\n")));

    const auto report = take_inventory(request_, progress);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    EXPECT_EQ(report.deployments[0].verdict, policy::Verdict::passed);
    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_EQ(report.packages[0].package.purl, "pkg:pypi/demo@1.0");
    EXPECT_TRUE(report.findings.empty());
    EXPECT_TRUE(report.feeds.empty());
    EXPECT_TRUE(report.incomplete.empty());
}

TEST_F(Deployed, TakesNoFullStockOfWhatItCannotRead) {
    NoProgress progress;
    add_function("f.zip", {stored("a\\b.py", "")});

    const auto report = take_inventory(request_, progress);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    EXPECT_TRUE(report.findings.empty());
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].what, "f.zip");
}

} // namespace
} // namespace preflight::scan
