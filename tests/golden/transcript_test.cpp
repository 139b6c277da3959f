// SPDX-License-Identifier: Apache-2.0
#include "golden/transcript.hpp"
#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace preflight::golden {
namespace {

namespace fs = std::filesystem;

TEST(ParseCommands, PartsWordsAsAShellDoes) {
    const auto commands = parse_commands("scan  'a b.zip' '' x'y z'\n");

    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(commands[0].arguments, (std::vector<std::string>{"scan", "a b.zip", "", "xy z"}));
    EXPECT_EQ(commands[0].line, "scan  'a b.zip' '' x'y z'");
}

TEST(ParseCommands, TakesVariablesFromTheFrontOnly) {
    const auto commands = parse_commands("NO_COLOR=1 scan -o json=A=b\n");

    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(commands[0].environment.at("NO_COLOR"), "1");
    EXPECT_EQ(commands[0].arguments, (std::vector<std::string>{"scan", "-o", "json=A=b"}));
}

TEST(ParseCommands, LeavesOutEmptyLinesAndComments) {
    EXPECT_EQ(parse_commands("\n# why\nrules\n\nscan x\n").size(), 2U);
}

TEST(ParseCommands, RefusesAQuoteThatDoesNotEnd) {
    EXPECT_THROW(static_cast<void>(parse_commands("scan 'a\n")), std::invalid_argument);
}

class LayOut : public testing::Test {
protected:
    [[nodiscard]] fs::path files() const { return directory_.path() / "files"; }
    [[nodiscard]] fs::path target() const { return directory_.path() / "target"; }

    void lay_out_files() const {
        fs::create_directory(target());
        lay_out(files(), target());
    }

    test::TemporaryDirectory directory_;
};

TEST_F(LayOut, PacksFoldersThatAreNamedAsArchives) {
    const auto program = directory_.write("files/function.zip/b/run", "#!");
    fs::permissions(program, fs::perms{0711});
    directory_.write("files/function.zip/a.py", "x");
    fs::create_symlink("a.py", files() / "function.zip" / "c");

    lay_out_files();

    EXPECT_EQ(test::content_of(target() / "function.zip"),
              test::make_zip({test::stored("a.py", "x"),
                              test::stored("b/run", "#!").mode(0100755),
                              test::link("c", "a.py")}));
}

TEST_F(LayOut, LeavesOtherFoldersAndDeeperOnesAsTheyAre) {
    directory_.write("files/function/old.egg/EGG-INFO/PKG-INFO", "Name: old");
    directory_.write("files/requirements.txt", "a==1");

    lay_out_files();

    EXPECT_EQ(test::content_of(target() / "function/old.egg/EGG-INFO/PKG-INFO"), "Name: old");
    EXPECT_EQ(test::content_of(target() / "requirements.txt"), "a==1");
}

TEST_F(LayOut, ForgetsThePermissionsOfTheCheckout) {
    fs::permissions(directory_.write("files/folder/file", ""), fs::perms{0600});

    lay_out_files();

    EXPECT_EQ(fs::status(target() / "folder/file").permissions(), fs::perms{0644});
    EXPECT_EQ(fs::status(target() / "folder").permissions(), fs::perms{0755});
}

} // namespace
} // namespace preflight::golden
