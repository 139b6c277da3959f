// SPDX-License-Identifier: Apache-2.0
#include "artifact_set.hpp"

#include <gtest/gtest.h>

namespace preflight::scan {
namespace {

TEST(MakeReportPath, LeavesRelativePathsAsTheyAre) {
    EXPECT_EQ(make_report_path("build/f.zip", "/project"), "build/f.zip");
    EXPECT_EQ(make_report_path("./f.zip", "/project"), "f.zip");
    EXPECT_EQ(make_report_path("../f.zip", "/project"), "../f.zip");
}

TEST(MakeReportPath, NeverNamesAnAbsolutePath) {
    EXPECT_EQ(make_report_path("/project/build/f.zip", "/project"), "build/f.zip");
    EXPECT_EQ(make_report_path("/elsewhere/f.zip", "/project"), "f.zip");
    EXPECT_EQ(make_report_path("/project2/f.zip", "/project"), "f.zip");
}

TEST(MakeReportPath, LeavesOutASlashAtTheEnd) {
    EXPECT_EQ(make_report_path("build/", "/project"), "build");
    EXPECT_EQ(make_report_path("./", "/project"), ".");
    EXPECT_EQ(make_report_path("/project/build/", "/project"), "build");
    EXPECT_EQ(make_report_path("/elsewhere/build/", "/project"), "build");
}

TEST(RenamePath, ChangesWhatStandsBehindAQuoteAlone) {
    std::string text = "cannot read '/tmp/f': /tmp/f is '/tmp/f/inner' and not '/tmp/f2'";

    rename_path(text, "/tmp/f", "f");

    EXPECT_EQ(text, "cannot read 'f': /tmp/f is 'f/inner' and not '/tmp/f2'");
}

} // namespace
} // namespace preflight::scan
