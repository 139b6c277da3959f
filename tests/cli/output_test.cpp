// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "output.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>

namespace preflight::cli {
namespace {

TEST(ParseOutputs, IsTextOnStandardOutputByDefault) {
    const auto outputs = parse_outputs({});

    ASSERT_EQ(outputs.size(), 1U);
    EXPECT_EQ(outputs[0].format, Format::text);
    EXPECT_EQ(outputs[0].path, "");
}

TEST(ParseOutputs, TakesSeveral) {
    const auto outputs = parse_outputs({"text", "json=a=b.json"});

    ASSERT_EQ(outputs.size(), 2U);
    EXPECT_EQ(outputs[1].format, Format::json);
    EXPECT_EQ(outputs[1].path, "a=b.json");
}

class ParseOutputsRefuses : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(ParseOutputsRefuses, WhatCannotBe) {
    EXPECT_THROW(static_cast<void>(parse_outputs(GetParam())), UsageError);
}

INSTANTIATE_TEST_SUITE_P(,
                         ParseOutputsRefuses,
                         testing::Values(std::vector<std::string>{"yaml"},
                                         std::vector<std::string>{""},
                                         std::vector<std::string>{"json="},
                                         std::vector<std::string>{"json", "text"},
                                         std::vector<std::string>{"json", "json"},
                                         std::vector<std::string>{"json=a", "text=a"}));

class Deliver : public testing::Test {
protected:
    Deliver() {
        report_.verdict = policy::Verdict::passed;
        report_.deployments.push_back({.name = "f", .verdict = policy::Verdict::passed});
    }

    test::TemporaryDirectory folder_;
    report::Report report_;
    std::ostringstream output_;
    std::ostringstream errors_;
    Environment environment_{.output = output_, .errors = errors_, .find_variable = [](auto) {
                                 return std::optional<std::string>();
                             }};
};

TEST_F(Deliver, WritesTheSameReportToEveryOutput) {
    const auto path = (folder_.path() / "r.json").string();

    deliver(report_, {{Format::json, ""}, {Format::json, path}}, environment_);

    EXPECT_EQ(output_.str(), test::content_of(path));
    EXPECT_EQ(errors_.str(), "");
}

TEST_F(Deliver, TakesAPassBackWhereAnOutputFailsAndTellsTheOthers) {
    const auto path = (folder_.path() / "r.json").string();

    deliver(report_,
            {{Format::json, path}, {Format::json, "/dev/full"}, {Format::text, ""}},
            environment_);

    EXPECT_EQ(report_.verdict, policy::Verdict::incomplete);
    EXPECT_EQ(report_.deployments[0].verdict, policy::Verdict::incomplete);
    EXPECT_NE(test::content_of(path).find(R"("exit_code": 3)"), std::string::npos);
    EXPECT_NE(output_.str().find("verdict: incomplete"), std::string::npos);
    EXPECT_NE(errors_.str().find("/dev/full"), std::string::npos);
}

TEST_F(Deliver, KeepsABlockWhereAnOutputFails) {
    report_.verdict = policy::Verdict::blocked;

    deliver(report_, {{Format::json, "/dev/full"}}, environment_);

    EXPECT_EQ(report_.verdict, policy::Verdict::blocked);
}

TEST_F(Deliver, NoticesAStandardOutputThatIsClosed) {
    const auto path = (folder_.path() / "r.json").string();
    output_.setstate(std::ios::badbit);

    deliver(report_, {{Format::text, ""}, {Format::json, path}}, environment_);

    EXPECT_EQ(report_.verdict, policy::Verdict::incomplete);
    EXPECT_NE(test::content_of(path).find(R"("verdict": "incomplete")"), std::string::npos);
}

TEST_F(Deliver, PaintsOnATerminalAloneAndNotWhereNobodyWantsIt) {
    deliver(report_, {{Format::text, ""}}, environment_);
    EXPECT_EQ(output_.str().find('\x1B'), std::string::npos);

    output_.str("");
    environment_.output_is_terminal = true;
    deliver(report_, {{Format::text, ""}}, environment_);
    EXPECT_NE(output_.str().find('\x1B'), std::string::npos);

    output_.str("");
    environment_.find_variable = [](auto name) {
        return name == "NO_COLOR" ? std::optional<std::string>("1") : std::nullopt;
    };
    deliver(report_, {{Format::text, ""}}, environment_);
    EXPECT_EQ(output_.str().find('\x1B'), std::string::npos);
}

} // namespace
} // namespace preflight::cli
