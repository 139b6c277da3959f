// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/runtime.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::deployment {
namespace {

TEST(ParseRuntime, ReadsTheName) {
    EXPECT_EQ(parse_runtime("python3.9")->minor, 9);
    EXPECT_EQ(parse_runtime("python3.14")->minor, 14);
}

TEST(ParseRuntime, ReadsRuntimesThatAreNotKnown) {
    EXPECT_EQ(parse_runtime("python3.0")->minor, 0);
    EXPECT_EQ(parse_runtime("python3.99")->minor, 99);
}

class ParseRuntimeRefuses : public testing::TestWithParam<std::string_view> {};

TEST_P(ParseRuntimeRefuses, WhatHasAnotherForm) {
    const auto runtime = parse_runtime(GetParam());

    ASSERT_FALSE(runtime);
    EXPECT_EQ(runtime.error().message,
              "runtime '" + std::string(GetParam()) +
                  "' is not of the form python3.N, for example python3.12");
}

INSTANTIATE_TEST_SUITE_P(Table,
                         ParseRuntimeRefuses,
                         testing::Values("",
                                         "python",
                                         "python3",
                                         "python3.",
                                         "python2.7",
                                         "python3.x",
                                         "python3.-1",
                                         "python3.+1",
                                         "python3.09",
                                         "python3.100",
                                         "python3.99999999999999999999",
                                         "python3.12 ",
                                         " python3.12",
                                         "python3.12.1",
                                         "Python3.12",
                                         "3.12",
                                         "nodejs20.x"));

TEST(ParseRuntime, NamesAHostileValueInPrintableForm) {
    EXPECT_EQ(parse_runtime("\x1B[2J").error().message.find('\x1B'), std::string::npos);
}

TEST(Runtime, IsNamedAsLambdaDoes) {
    for (int minor = 0; minor < 100; ++minor) {
        const auto name = Runtime{minor}.name();

        EXPECT_EQ(parse_runtime(name)->minor, minor) << name;
    }
}

TEST(Runtime, IsKnownFromTheOldestToTheNewest) {
    EXPECT_FALSE(Runtime{kOldestMinor - 1}.is_known());
    EXPECT_TRUE(Runtime{kOldestMinor}.is_known());
    EXPECT_TRUE(Runtime{kNewestMinor}.is_known());
    EXPECT_FALSE(Runtime{kNewestMinor + 1}.is_known());
}

TEST(Runtime, IsTheNewestByDefault) {
    EXPECT_EQ(Runtime().minor, kNewestMinor);
}

TEST(ParseArchitecture, ReadsBothNames) {
    for (const auto architecture : {Architecture::x86_64, Architecture::arm64}) {
        EXPECT_EQ(*parse_architecture(to_string(architecture)), architecture);
    }
}

TEST(ParseArchitecture, RefusesOtherNamesOfTheSame) {
    for (const auto* name : {"", "aarch64", "amd64", "x86-64", "X86_64", "arm64 "}) {
        const auto architecture = parse_architecture(name);

        ASSERT_FALSE(architecture) << name;
        EXPECT_EQ(architecture.error().message,
                  "architecture '" + std::string(name) + "' is neither x86_64 nor arm64");
    }
}

} // namespace
} // namespace preflight::deployment
