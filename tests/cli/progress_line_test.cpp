// SPDX-License-Identifier: Apache-2.0
#include "progress_line.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace preflight::cli {
namespace {

using std::chrono::milliseconds;

class ProgressLineTest : public testing::Test {
protected:
    milliseconds time_{5'000};
    std::ostringstream terminal_;
};

TEST_F(ProgressLineTest, SaysNothingInTheFirstSecond) {
    {
        ProgressLine line(terminal_, [this] { return time_; });
        line.begin("a.zip", 10'000'000);
        time_ += milliseconds(999);
        line.advance(1'000'000);
    }

    EXPECT_EQ(terminal_.str(), "");
}

TEST_F(ProgressLineTest, ShowsHowFarTheScanIsAndGoes) {
    {
        ProgressLine line(terminal_, [this] { return time_; });
        line.begin("a\x1b.zip", 10'000'000);
        time_ += milliseconds(1'000);
        line.advance(3'500'000);
        time_ += milliseconds(99);
        line.advance(1'000'000);
        time_ += milliseconds(1);
        line.advance(1'000'000);
    }

    EXPECT_EQ(
        terminal_.str(),
        "\r\x1b[Kscanning a\\x1b.zip: 3 of 10 MB\r\x1b[Kscanning a\\x1b.zip: 5 of 10 MB\r\x1b[K");
}

} // namespace
} // namespace preflight::cli
