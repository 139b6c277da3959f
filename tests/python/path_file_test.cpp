// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/path_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::python {
namespace {

using Lines = std::vector<std::string>;

Lines parse(std::string_view text) {
    return parse_path_file(as_bytes(text));
}

TEST(ParsePathFile, GivesTheLinesThatArePaths) {
    EXPECT_EQ(parse("./demo-1.0-py3.9.egg\nlib \r\n/opt/x\n"),
              (Lines{"./demo-1.0-py3.9.egg", "lib", "/opt/x"}));
    EXPECT_EQ(parse("\xEF\xBB\xBFlib"), Lines{"lib"});
    EXPECT_EQ(parse(" indented"), Lines{" indented"});
}

TEST(ParsePathFile, LeavesOutCommentsCodeAndBlankLines) {
    EXPECT_EQ(parse("# comment\n\n   \nimport os\nimport\tsys\nimportlib.egg\n"),
              Lines{"importlib.egg"});
    EXPECT_EQ(parse(""), Lines{});
}

} // namespace
} // namespace preflight::python
