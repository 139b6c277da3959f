// SPDX-License-Identifier: Apache-2.0
#include "run_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace preflight::cli {
namespace {

TEST_F(Run, ShowsItsUseWithoutArguments) {
    EXPECT_EQ(call({}), ExitCode::usage);
    EXPECT_NE(errors_.str().find("usage: lambda-preflight"), std::string::npos);
}

TEST_F(Run, HelpsOnEveryCommandWithExamplesAndExitCodes) {
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"scan"}, {"inventory"}, {"diff"}, {"db", "build"}, {"rules"}}) {
        auto arguments = command;
        arguments.emplace_back("--help");
        SCOPED_TRACE(command.front());
        EXPECT_EQ(call(arguments), ExitCode::passed);
        EXPECT_NE(output_.str().find("Examples:"), std::string::npos);
        EXPECT_NE(output_.str().find("Exit codes:"), std::string::npos);
        EXPECT_NE(output_.str().find("--at"), std::string::npos);
    }
}

TEST_F(Run, TakesAFirstWordThatIsNoCommandForAFunction) {
    EXPECT_EQ(call({clean_function(), "--feed", "starter"}), ExitCode::passed);
    EXPECT_EQ(call({"scan", clean_function(), "--feed", "starter"}), ExitCode::passed);
}

TEST_F(Run, DoesNotPassOnTheStarterFeedUnlessItIsNamed) {
    EXPECT_EQ(call({"scan", clean_function()}), ExitCode::not_completed);
    EXPECT_NE(output_.str().find("db build"), std::string::npos);
}

struct Refusal {
    const char* name;
    std::vector<std::string> arguments;
    std::string message;
};

class RunRefuses : public Run, public testing::WithParamInterface<Refusal> {};

TEST_P(RunRefuses, InOneSentence) {
    EXPECT_EQ(call(GetParam().arguments), ExitCode::usage);
    EXPECT_EQ(output_.str(), "");
    EXPECT_NE(errors_.str().find(GetParam().message), std::string::npos) << errors_.str();
    EXPECT_EQ(std::ranges::count(errors_.str(), '\n'), 1);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    RunRefuses,
    testing::Values(
        Refusal{"MistypedCommand", {"scna", "f.zip"}, "did you mean 'scan'?"},
        Refusal{"HalfACommand", {"db"}, "'db' is not a whole command"},
        Refusal{"MistypedOption",
                {"scan", "f.zip", "--runtme", "python3.12"},
                "Did you mean '--runtime'?"},
        Refusal{"MistypedOptionWithValue",
                {"scan", "f.zip", "--lyer=l.zip"},
                "Did you mean '--layer'?"},
        Refusal{"NoFunction",
                {"scan"},
                "nothing to scan: name a function, or a file with --deployments"},
        Refusal{
            "BadRuntime", {"scan", "f.zip", "--runtime", "nodejs20.x"}, "of the form python3.N"},
        Refusal{
            "BadArchitecture", {"scan", "f.zip", "--arch", "aarch64"}, "neither x86_64 nor arm64"},
        Refusal{"BadSeverity", {"scan", "f.zip", "--fail-on", "severe"}, "'severe'"},
        Refusal{"InfoIsNoThreshold", {"scan", "f.zip", "--fail-on", "info"}, "notes never block"},
        Refusal{"BadWordForVendored", {"scan", "f.zip", "--vendored", "allow"}, "--vendored"},
        Refusal{
            "FunctionsBesideDeployments", {"scan", "f.zip", "--deployments", "d.yaml"}, "not both"},
        Refusal{"LayersBesideDeployments",
                {"scan", "--deployments", "d.yaml", "--layer", "l.zip"},
                "not both"},
        Refusal{"NothingToList", {"inventory"}, "nothing to list: name a package"},
        Refusal{"BadFormatOfInventory", {"inventory", "f.zip", "-o", "csv"}, "csv"},
        Refusal{"NothingToCompare", {"diff"}, "OLD is required"},
        Refusal{"NothingToCompareWith", {"diff", "a.zip"}, "NEW is required"},
        Refusal{"MoreThanTwoToCompare", {"diff", "a.zip", "b.zip", "c.zip"}, "c.zip"},
        Refusal{"BadFormatOfComparison",
                {"diff", "a.zip", "b.zip", "-o", "requirements"},
                "requirements"},
        Refusal{"UnknownTypeToList", {"inventory", "/etc/passwd"}, "is neither a zip"},
        Refusal{"UnknownTypeToCompare", {"diff", "/etc/passwd", "/etc/passwd"}, "is neither a zip"},
        Refusal{"UnknownFeed", {"scan", "f.zip", "--feed", "osb"}, "'osb'"},
        Refusal{"TwoFormatsOnStandardOutput",
                {"scan", "f.zip", "-o", "json", "-o", "text"},
                "only one format"},
        Refusal{"BadTime", {"scan", "f.zip", "--at", "yesterday"}, "RFC 3339"},
        Refusal{"BadDay", {"rules", "--at", "2026-02-30T00:00:00Z"}, "RFC 3339"},
        Refusal{"NegativeLimit", {"scan", "f.zip", "--max-entries", "-1"}, "--max-entries"},
        Refusal{"NoThreads", {"scan", "f.zip", "--threads", "0"}, "--threads"},
        Refusal{"UnknownType", {"scan", "/etc/passwd", "--feed", "starter"}, "is neither a zip"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(Run, AcceptsTimesOfRfc3339) {
    for (const auto* time :
         {"2026-06-01T00:00:00Z", "2024-02-29T23:59:60z", "2026-06-01t00:00:00.123456789+01:30"}) {
        EXPECT_EQ(call({"rules", "--at", time}), ExitCode::passed) << time;
    }
}

TEST_F(Run, RefusesASourceDateEpochThatIsNone) {
    variables_["SOURCE_DATE_EPOCH"] = "yesterday";
    EXPECT_EQ(call({"rules"}), ExitCode::usage);

    variables_["SOURCE_DATE_EPOCH"] = "1700000000";
    EXPECT_EQ(call({"rules"}), ExitCode::passed);
}

TEST_F(Run, BuildsAnIndexAndScansWithIt) {
    folder_.write("feed/X-1.json",
                  R"({"id": "X-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package":
                  {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.0"]}]})");
    const auto index = (folder_.path() / "index.db").string();
    const auto function = folder_.write(
        "f.zip",
        test::make_zip({test::stored("demo-1.0.dist-info/METADATA",
                                     "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n")}));

    EXPECT_EQ(call({"db", "build", "--from", (folder_.path() / "feed").string(), "--db", index}),
              ExitCode::passed)
        << errors_.str();
    EXPECT_EQ(call({"scan", function.string(), "--db", index}), ExitCode::blocked);
    EXPECT_EQ(call({"scan", function.string(), "--db", index, "--fail-on", "none"}),
              ExitCode::passed);
    EXPECT_EQ(call({"scan", function.string(), "--db", index, "--unknown-severity", "low"}),
              ExitCode::passed);
}

TEST_F(Run, NeverPassesOnADamagedIndex) {
    const auto index = folder_.write("index.db", "SQLite format 3 it is not").string();

    EXPECT_EQ(call({"scan", clean_function(), "--db", index}), ExitCode::not_completed);
    EXPECT_NE(output_.str().find("db build"), std::string::npos);
}

TEST_F(Run, ListsTheRulesAsTextAndAsJson) {
    EXPECT_EQ(call({"rules"}), ExitCode::passed);
    EXPECT_NE(output_.str().find("unpack.name-backslash"), std::string::npos);

    EXPECT_EQ(call({"rules", "-o", "json"}), ExitCode::passed);
    EXPECT_TRUE(output_.str().starts_with("{\n  \"rules\": ["));
}

} // namespace
} // namespace preflight::cli
