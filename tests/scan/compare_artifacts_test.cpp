// SPDX-License-Identifier: Apache-2.0
#include "recorded_fixture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace preflight::scan {
namespace {

using Lines = std::vector<std::string>;

class CompareArtifacts : public Scan {
protected:
    report::Comparison compare(const std::vector<ZipEntry>& before,
                               const std::vector<ZipEntry>& after) {
        request_.deployments.clear();
        add_function("old.zip", before);
        add_function("new.zip", after);
        NoProgress progress;
        return scan::compare(request_, progress);
    }

    /// `name[ in host]: old -> new`.
    static Lines distributions_of(const report::Comparison& comparison) {
        Lines lines;
        for (const auto& change : comparison.distributions) {
            lines.push_back(change.name + (change.host.empty() ? "" : " in " + change.host) + ": " +
                            change.old_versions + " -> " + change.new_versions);
        }
        return lines;
    }

    /// `+ path`.
    static Lines files_of(const report::Comparison& comparison) {
        constexpr std::array<char, 3> kSigns = {'+', '-', '~'};
        Lines lines;
        for (const auto& change : comparison.files) {
            lines.push_back(std::string(1, kSigns.at(static_cast<std::size_t>(change.kind))) + " " +
                            change.path);
        }
        return lines;
    }
};

TEST_F(CompareArtifacts, NamesDistributionsThatWereAddedRemovedAndUpgraded) {
    const auto comparison = compare(
        installed("", "demo", "1.0") + installed("", "gone", "1.0") + installed("", "same", "1.0"),
        installed("", "demo", "2.0") + installed("", "new", "3.0") + installed("", "same", "1.0"));

    EXPECT_EQ(distributions_of(comparison),
              (Lines{"demo: 1.0 -> 2.0", "gone: 1.0 -> ", "new:  -> 3.0"}));
    EXPECT_EQ(comparison.old_path, "old.zip");
    EXPECT_EQ(comparison.new_path, "new.zip");
    EXPECT_TRUE(comparison.incomplete.empty());
}

TEST_F(CompareArtifacts, TellsACopyThatIsCarriedAlongFromTheDistribution) {
    const auto vendor = [](const std::string& pins) {
        return installed("", "pip", "24.0") + std::vector{stored("pip/_vendor/vendor.txt", pins)};
    };

    const auto comparison = compare(vendor("demo==1.0\n") + installed("", "demo", "1.0"),
                                    vendor("demo==1.1\n") + installed("", "demo", "1.0"));

    EXPECT_EQ(distributions_of(comparison), Lines{"demo in pip: 1.0 -> 1.1"});
}

TEST_F(CompareArtifacts, SaysNothingOfMetadataWithoutFiles) {
    const auto comparison =
        compare({stored("app.py", "")},
                zipped(only_metadata(install_demo("", "1.0"))) + std::vector{stored("app.py", "")});

    EXPECT_EQ(distributions_of(comparison), Lines{});
}

TEST_F(CompareArtifacts, NamesFilesThatNoRecordListsInOrderOfPath) {
    const auto comparison = compare(
        {stored("app.py", "x = 1\n"), stored("b.txt", "gone\n"), stored("same.py", "same\n")},
        {stored("same.py", "same\n"), stored("c.txt", "new\n"), stored("app.py", "x = 2\n")});

    EXPECT_EQ(files_of(comparison), (Lines{"~ app.py", "- b.txt", "+ c.txt"}));
}

TEST_F(CompareArtifacts, LeavesFilesToTheDistributionsThatListThem) {
    const auto comparison = compare(
        zipped(install_demo("", "1.0") + inventory::install("", "gone", "1.0", {{"gone.py", "1"}})),
        zipped(install_demo("", "2.0") + inventory::install("", "new", "1.0", {{"new.py", "1"}})));

    EXPECT_EQ(distributions_of(comparison),
              (Lines{"demo: 1.0 -> 2.0", "gone: 1.0 -> ", "new:  -> 1.0"}));
    EXPECT_EQ(files_of(comparison), Lines{});
}

TEST_F(CompareArtifacts, NamesAFileThatIsNoLongerWhatRecordSays) {
    const auto honest = install_demo("", "1.0");

    const auto comparison =
        compare(zipped(honest), zipped(inventory::with(honest, "demo/work.py", "import os\n")));

    EXPECT_EQ(distributions_of(comparison), Lines{});
    EXPECT_EQ(files_of(comparison), Lines{"~ demo/work.py"});
}

TEST_F(CompareArtifacts, NamesAFileThatWasAddedToADistribution) {
    const auto honest = zipped(install_demo("", "1.0"));

    const auto comparison = compare(honest, honest + std::vector{stored("demo/extra.py", "1\n")});

    EXPECT_EQ(files_of(comparison), Lines{"+ demo/extra.py"});
}

TEST_F(CompareArtifacts, PassesOverWhatIsCompiledFromASource) {
    const auto comparison = compare(
        {stored("app.py", "x = 1\n")},
        {stored("app.py", "x = 1\n"), stored("__pycache__/app.cpython-312.pyc", "compiled")});

    EXPECT_EQ(files_of(comparison), Lines{});
}

TEST_F(CompareArtifacts, NamesCompiledCodeWithoutASource) {
    const auto comparison = compare({stored("app.py", "x = 1\n"), stored("b.pyc", "one")},
                                    {stored("app.py", "x = 1\n"),
                                     stored("b.pyc", "two"),
                                     stored("new.pyc", "Python imports it")});

    EXPECT_EQ(files_of(comparison), (Lines{"~ b.pyc", "+ new.pyc"}));
}

TEST_F(CompareArtifacts, FindsNoDifferenceBetweenAnArtifactAndItself) {
    const auto entries = zipped(install_demo("", "1.0")) + std::vector{stored("app.py", "1\n")};
    add_function("f.zip", entries);
    request_.deployments.push_back(request_.deployments.front());
    NoProgress progress;

    const auto comparison = scan::compare(request_, progress);

    EXPECT_EQ(distributions_of(comparison), Lines{});
    EXPECT_EQ(files_of(comparison), Lines{});
    EXPECT_EQ(comparison.old_path, "f.zip");
    EXPECT_EQ(comparison.new_path, "f.zip");
}

TEST_F(CompareArtifacts, ComparesADirectoryWithAZip) {
    folder_.write("build/app.py", "x = 1\n");
    add_function("f.zip", {stored("app.py", "x = 2\n")});
    request_.deployments.insert(request_.deployments.begin(),
                                {.function = folder_.path() / "build"});
    NoProgress progress;

    EXPECT_EQ(files_of(scan::compare(request_, progress)), Lines{"~ app.py"});
}

TEST_F(CompareArtifacts, ComparesLayersToo) {
    const std::string site = "python/lib/python3.12/site-packages/";

    const auto comparison = compare(
        zipped(install_demo("python/", "1.0") + inventory::install(site, "low", "1.0", {})),
        zipped(install_demo("python/", "2.0") + inventory::install(site, "low", "1.1", {})));

    EXPECT_EQ(distributions_of(comparison), (Lines{"demo: 1.0 -> 2.0", "low: 1.0 -> 1.1"}));
    EXPECT_EQ(files_of(comparison), Lines{});
}

TEST_F(CompareArtifacts, SaysWhatOfEitherItCouldNotLookAt) {
    const auto comparison = compare({stored("a\\b.py", "")}, {stored("app.py", "")});

    ASSERT_EQ(comparison.incomplete.size(), 1U);
    EXPECT_EQ(comparison.incomplete[0].what, "old.zip");
    EXPECT_EQ(comparison.incomplete[0].artifact, "old.zip");
}

} // namespace
} // namespace preflight::scan
