// SPDX-License-Identifier: Apache-2.0
//
// Each folder in cases/ holds files/, command.txt and expected.txt: what a user sees who runs these
// commands where these files are. PREFLIGHT_UPDATE_GOLDEN=1 writes expected.txt anew.
#include "golden/transcript.hpp"
#include "support/golden.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace preflight::golden {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> list_cases() {
    std::vector<std::string> names;
    for (const auto& item : fs::directory_iterator(PREFLIGHT_GOLDEN_CASES)) {
        names.push_back(item.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

class Golden : public testing::TestWithParam<std::string> {
protected:
    Golden() { fs::current_path(workplace_.path()); }
    ~Golden() override {
        fs::current_path("/");
    } // a directory that is in use should not be removed

    test::TemporaryDirectory workplace_;
};

TEST_P(Golden, SessionIsAsExpected) {
    const auto folder = fs::path(PREFLIGHT_GOLDEN_CASES) / GetParam();
    lay_out(folder / "files", workplace_.path());

    const auto session = run_session(parse_commands(test::content_of(folder / "command.txt")));

    test::expect_golden(folder / "expected.txt", session);
}

INSTANTIATE_TEST_SUITE_P(, Golden, testing::ValuesIn(list_cases()), [](const auto& test) {
    return test.param;
});

TEST(GoldenCases, AreThere) {
    EXPECT_FALSE(list_cases().empty());
}

} // namespace
} // namespace preflight::golden
