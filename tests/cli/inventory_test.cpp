// SPDX-License-Identifier: Apache-2.0
//
// The commands inventory and diff, and what they share with scan.
#include "run_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace preflight::cli {
namespace {

/// A function with one distribution.
std::string make_function(const std::string& version) {
    return test::make_zip(
        {test::stored("app.py", "x = '" + version + "'\n"),
         test::stored("demo/__init__.py", "pass\n"),
         test::stored("demo-" + version + ".dist-info/METADATA",
                      "Metadata-Version: 2.1\nName: Demo\nVersion: " + version + "\n")});
}

class RunInventory : public Run {
protected:
    /// Writes a function, and gives its path.
    [[nodiscard]] std::string add_function(const std::string& name,
                                           const std::string& version) const {
        return write(name, make_function(version));
    }

    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        return folder_.write(name, text).string();
    }

    void expect_in_output(std::string_view text) const {
        EXPECT_NE(output_.str().find(text), std::string::npos) << output_.str();
    }
};

TEST_F(RunInventory, ListsDistributionsAsATable) {
    EXPECT_EQ(call({"inventory", add_function("f.zip", "1.0")}), ExitCode::passed) << errors_.str();

    EXPECT_EQ(output_.str(),
              "NAME  VERSION  ORIGIN     STATE     ARTIFACT  PATH\n"
              "demo  1.0      dist-info  imported  f.zip     demo-1.0.dist-info\n");
}

TEST_F(RunInventory, ListsThemAsJson) {
    EXPECT_EQ(call({"inventory", add_function("f.zip", "1.0"), "-o", "json"}), ExitCode::passed);

    EXPECT_TRUE(output_.str().starts_with("{\n  \"schema_version\": 1,")) << output_.str();
    expect_in_output("\"purl\": \"pkg:pypi/demo@1.0\"");
    EXPECT_EQ(output_.str().find("\"findings\""), std::string::npos);
}

TEST_F(RunInventory, ListsWhatIsImportedAsPins) {
    EXPECT_EQ(call({"inventory",
                    add_function("f.zip", "1.0"),
                    "--layer",
                    folder_
                        .write("l.zip",
                               test::make_zip({test::stored("python/demo/__init__.py", ""),
                                               test::stored("python/demo-2.0.dist-info/METADATA",
                                                            "Name: demo\nVersion: 2.0\n"),
                                               test::stored("python/other/__init__.py", ""),
                                               test::stored("python/other-3.0.dist-info/METADATA",
                                                            "Name: other\nVersion: 3.0\n")}))
                        .string(),
                    "-o",
                    "requirements"}),
              ExitCode::passed);

    EXPECT_EQ(output_.str(), "demo==1.0\nother==3.0\n");
}

TEST_F(RunInventory, DoesNotCompleteAListOfWhatItCannotRead) {
    const auto missing = (folder_.path() / "missing.zip").string();

    for (const auto* format : {"text", "json", "requirements"}) {
        EXPECT_EQ(call({"inventory", missing, "-o", format}), ExitCode::not_completed) << format;
        expect_in_output("missing.zip");
    }
}

TEST_F(RunInventory, RecognisesCodeByWheels) {
    const auto function =
        folder_.write("f.zip", test::make_zip({test::stored("demo/__init__.py", "pass\n")}));
    folder_.write(
        "wheels/demo-1.0-py3-none-any.whl",
        test::make_zip({test::stored("demo/__init__.py", "pass\n"),
                        test::stored("demo-1.0.dist-info/RECORD",
                                     // the digest of "pass\n"
                                     "demo/__init__.py,sha256="
                                     "n1bnYdeb_bNDBKASWGywTRa0Ne9hMAkal3AuVZJgovI,5\n")}));

    EXPECT_EQ(call({"inventory",
                    function.string(),
                    "--wheels",
                    (folder_.path() / "wheels").string(),
                    "-o",
                    "requirements"}),
              ExitCode::passed);
    EXPECT_EQ(output_.str(), "demo==1.0\n");

    EXPECT_EQ(
        call({"inventory", function.string(), "--wheels", (folder_.path() / "none").string()}),
        ExitCode::not_completed);
}

TEST_F(RunInventory, FindsWhatAFileOfDeploymentsNamesFromItsFolder) {
    folder_.write("project/build/f.zip", make_function("1.0"));
    folder_.write("project/layers/l.zip", make_function("1.0"));
    const auto file = write("project/deployments.yaml",
                            "deployments:\n"
                            "  - name: orders\n"
                            "    function: build/f.zip\n"
                            "    layers: [layers/l.zip]\n"
                            "    runtime: python3.11\n"
                            "    architecture: arm64\n"
                            "    handler: app.main\n"
                            "  - function: ../project/build/f.zip\n");

    EXPECT_EQ(call({"inventory", "--deployments", file, "-o", "json", "--runtime", "python3.12"}),
              ExitCode::passed)
        << errors_.str();

    expect_in_output("\"name\": \"orders\"");
    expect_in_output("\"handler\": \"app.main\"");
    expect_in_output("\"runtime\": \"python3.11\"");
    expect_in_output("\"architecture\": \"arm64\"");
    expect_in_output("\"name\": \"f\"");
    expect_in_output("\"runtime\": \"python3.12\"");
    EXPECT_EQ(output_.str().find("\"id\": \"f.zip-2\""), std::string::npos); // it is one file
    EXPECT_EQ(output_.str().find(folder_.path().string()), std::string::npos);
}

TEST_F(RunInventory, FindsWhatIsNamedInTheCurrentFolder) {
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
    folder_.write("f.zip", make_function("1.0"));
    folder_.write("deployments.json", R"({"deployments": [{"function": "./f.zip"}]})");

    const auto code =
        call({"scan", "--deployments", "deployments.json", "--feed", "starter", "-o", "json"});
    std::filesystem::current_path(before);

    EXPECT_EQ(code, ExitCode::passed) << errors_.str();
    expect_in_output("\"path\": \"f.zip\"");
}

TEST_F(RunInventory, SaysWhereAFileOfDeploymentsIsWrong) {
    const auto file = write("d.yaml", "deployments:\n  - function: f.zip\n    memory: 128\n");

    for (const auto* command : {"scan", "inventory"}) {
        EXPECT_EQ(call({command, "--deployments", file}), ExitCode::usage);
        EXPECT_EQ(output_.str(), "");
        EXPECT_NE(errors_.str().find(file + ":3:"), std::string::npos) << errors_.str();
        EXPECT_NE(errors_.str().find("memory"), std::string::npos) << errors_.str();
        EXPECT_EQ(std::ranges::count(errors_.str(), '\n'), 1);
    }
}

TEST_F(RunInventory, SaysWhereAFileOfRuntimePackagesIsWrong) {
    const auto function = add_function("f.zip", "1.0");
    const auto file = write("r.yaml", "runtimes:\n  - runtime: nodejs20.x\n    date: 2025-06\n");

    EXPECT_EQ(call({"inventory", function, "--runtime-packages", file}), ExitCode::usage);
    EXPECT_NE(errors_.str().find(file + ":2:"), std::string::npos) << errors_.str();
}

TEST_F(RunInventory, ListsWhatTheRuntimeBringsAlong) {
    const auto function = add_function("f.zip", "1.0");
    const auto file = write("r.yaml",
                            "runtimes:\n"
                            "  - runtime: python3.12\n"
                            "    date: 2025-06\n"
                            "    packages: {boto3: 1.38.36, six: null}\n");

    EXPECT_EQ(call({"inventory", function, "--runtime", "python3.12", "--runtime-packages", file}),
              ExitCode::passed)
        << errors_.str();
    expect_in_output("boto3  1.38.36  runtime    imported  the runtime");
    expect_in_output("six    ?        runtime    imported  the runtime");

    EXPECT_EQ(call({"inventory",
                    function,
                    "--runtime",
                    "python3.12",
                    "--runtime-packages",
                    file,
                    "-o",
                    "requirements"}),
              ExitCode::passed);
    EXPECT_EQ(output_.str(), "demo==1.0\n");
}

TEST_F(RunInventory, DoesNotCompleteWithoutTheFileOfDeployments) {
    const auto missing = (folder_.path() / "missing.yaml").string();

    EXPECT_EQ(call({"inventory", "--deployments", missing}), ExitCode::not_completed);
    EXPECT_EQ(output_.str(), "");
    EXPECT_NE(errors_.str().find("missing.yaml"), std::string::npos);
}

TEST_F(RunInventory, LetsCopiesThatPackagesCarryAlongBlockUnlessToldOtherwise) {
    folder_.write("advisories/X-1.json",
                  R"({"id": "X-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package":
          {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.0"]}]})");
    const auto function =
        folder_
            .write("f.zip",
                   test::make_zip(
                       {test::stored("pip/__init__.py", ""),
                        test::stored("pip/_vendor/vendor.txt", "demo==1.0\n"),
                        test::stored("pip-24.0.dist-info/METADATA", "Name: pip\nVersion: 24.0\n")}))
            .string();
    const auto feed = (folder_.path() / "advisories").string();

    EXPECT_EQ(call({"scan", function, "--advisories", feed}), ExitCode::blocked);
    EXPECT_EQ(call({"scan", function, "--advisories", feed, "--vendored", "gate"}),
              ExitCode::blocked);
    EXPECT_EQ(call({"scan", function, "--advisories", feed, "--vendored", "ignore"}),
              ExitCode::passed);
}

TEST_F(RunInventory, ComparesTwoArtifactsAsText) {
    EXPECT_EQ(call({"diff", add_function("old.zip", "1.0"), add_function("new.zip", "2.0")}),
              ExitCode::passed);

    EXPECT_EQ(output_.str(),
              "old.zip -> new.zip\n"
              "\n"
              "distributions\n"
              "  ~ demo 1.0 -> 2.0\n"
              "\n"
              "files that no RECORD vouches for\n"
              "  ~ app.py\n"
              "  - demo-1.0.dist-info/METADATA\n"
              "  + demo-2.0.dist-info/METADATA\n");
}

TEST_F(RunInventory, ComparesTwoArtifactsAsJson) {
    EXPECT_EQ(
        call(
            {"diff", add_function("old.zip", "1.0"), add_function("new.zip", "2.0"), "-o", "json"}),
        ExitCode::passed);

    EXPECT_TRUE(output_.str().starts_with("{\n  \"schema_version\": 1,\n  \"old\": \"old.zip\","))
        << output_.str();
    expect_in_output("\"old_versions\": \"1.0\"");
}

TEST_F(RunInventory, SaysThatTwoArtifactsAreTheSame) {
    const auto function = add_function("f.zip", "1.0");

    EXPECT_EQ(call({"diff", function, function}), ExitCode::passed);
    EXPECT_EQ(output_.str(), "f.zip -> f.zip\n\nthe same distributions\n\nno other file differs\n");
}

TEST_F(RunInventory, DoesNotCompleteAComparisonWithWhatItCannotRead) {
    const auto function = add_function("f.zip", "1.0");
    const auto missing = (folder_.path() / "missing.zip").string();

    for (const auto& arguments : std::vector<std::vector<std::string>>{
             {"diff", function, missing}, {"diff", missing, function, "-o", "json"}}) {
        EXPECT_EQ(call(arguments), ExitCode::not_completed);
        expect_in_output("missing.zip");
    }
}

} // namespace
} // namespace preflight::cli
