// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/name_lists.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {
namespace {

using Lines = std::vector<std::string>;

Lines top_level(std::string_view text) {
    return parse_top_level(as_bytes(text));
}

Lines installed_files(std::string_view text, std::string_view folder = "demo.egg-info") {
    return parse_installed_files(as_bytes(text), folder);
}

TEST(ParseTopLevel, GivesImportNames) {
    EXPECT_EQ(top_level("\xEF\xBB\xBFyaml\r\n _yaml \nzope.interface\n\xC3\xA9t\xC3\xA9"),
              (Lines{"yaml", "_yaml", "zope.interface", "\xC3\xA9t\xC3\xA9"}));
}

TEST(ParseTopLevel, DropsOtherLines) {
    EXPECT_EQ(top_level("\n \na-b\n1a\na b\na/b\n../a\n.a\na.\na..b\n#a\na\xFF\n"), Lines{});
    EXPECT_EQ(top_level(""), Lines{});
}

TEST(ParseInstalledFiles, ResolvesPathsFromTheFolderOfTheFile) {
    EXPECT_EQ(installed_files("../demo/__init__.py\r\n../demo.py\nPKG-INFO\n./a/b\n../demo//./x\n"),
              (Lines{"demo/__init__.py",
                     "demo.py",
                     "demo.egg-info/PKG-INFO",
                     "demo.egg-info/a/b",
                     "demo/x"}));
    EXPECT_EQ(installed_files("../demo/../demo.egg-info/x\n"), Lines{"demo.egg-info/x"});
}

TEST(ParseInstalledFiles, KeepsWhatLeavesTheSiteFolder) {
    EXPECT_EQ(installed_files("../../../../bin/demo\n../../x/../y\n/usr/share/../demo\n"),
              (Lines{"../../../bin/demo", "../y", "/usr/share/../demo"}));
}

TEST(ParseInstalledFiles, LeavesOutTheFilesOfAFolderWithoutName) {
    EXPECT_EQ(installed_files("PKG-INFO\n../demo.py\na/../b\n", ""), Lines{"demo.py"});
    EXPECT_EQ(parse_installed_files(as_bytes("PKG-INFO\n../demo.py\n")), Lines{"demo.py"});
}

TEST(ParseInstalledFiles, DropsWhatIsNoPath) {
    using namespace std::string_view_literals;
    EXPECT_EQ(installed_files("\n..\n../a/..\n../a\0b\n../a\xFF\n"sv), Lines{"a\xFF"});
}

TEST(NameLists, HaveLinesOf4096Bytes) {
    for (const std::size_t length : {4095U, 4096U, 4097U}) {
        const std::size_t count = length <= kMaxNameListLine ? 1 : 0;
        EXPECT_EQ(top_level(std::string(length, 'a')).size(), count);
        EXPECT_EQ(installed_files("../" + std::string(length - 3, 'a')).size(), count);
    }
}

TEST(NameLists, HaveOneHundredThousandLines) {
    for (const std::size_t count : {99'999U, 100'000U, 100'001U}) {
        std::string text;
        for (std::size_t line = 0; line < count; ++line) {
            text += "a\n";
        }
        EXPECT_EQ(top_level(text).size(), std::min(count, kMaxNameListLines));
        EXPECT_EQ(installed_files(text).size(), std::min(count, kMaxNameListLines));
    }
}

} // namespace
} // namespace preflight::python
