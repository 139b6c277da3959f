// SPDX-License-Identifier: Apache-2.0
#include "built_distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {
namespace {

/// The findings about RECORD, as `rule path severity`.
std::vector<std::string> judge(const std::vector<Item>& items) {
    std::vector<std::string> lines;
    for (const auto& finding : take_inventory(items).findings) {
        if (finding.rule_id.starts_with("inventory.record-")) {
            lines.push_back(finding.rule_id.substr(17) + " " + finding.location.path + " " +
                            std::string(to_string(*finding.severity)));
        }
    }
    return lines;
}

using Lines = std::vector<std::string>;

std::vector<Item> make_demo() {
    return install("",
                   "demo",
                   "1.0",
                   {{"demo/__init__.py", "x = 1\n"},
                    {"demo/core.py", "y = 1\n"},
                    {"demo/fast.cpython-312-x86_64-linux-gnu.so", "native"},
                    {"demo/table.json", "{}\n"},
                    {"demo/tests/test_core.py", "z = 1\n"}},
                   "demo/__pycache__/core.cpython-312.pyc,,\n");
}

TEST(JudgeRecords, FindsNothingInWhatIsAsItWasInstalled) {
    EXPECT_EQ(judge(make_demo()), Lines{});
}

TEST(JudgeRecords, GradesAChangeByWhatTheFileIs) {
    EXPECT_EQ(judge(with(make_demo(), "demo/core.py", "y = 2\n")),
              Lines{"modified demo/core.py high"});
    EXPECT_EQ(judge(with(make_demo(), "demo/fast.cpython-312-x86_64-linux-gnu.so", "Native")),
              Lines{"modified demo/fast.cpython-312-x86_64-linux-gnu.so high"});
    EXPECT_EQ(judge(with(make_demo(), "demo/table.json", "[]\n")),
              Lines{"modified demo/table.json low"});
    EXPECT_EQ(judge(with(make_demo(),
                         "demo-1.0.dist-info/METADATA",
                         "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nAuthor: b\n\n")),
              Lines{"modified demo-1.0.dist-info/METADATA medium"});
}

TEST(JudgeRecords, SaysWhichDistributionAndWhichFile) {
    const auto inventory = take_inventory(with(make_demo(), "demo/core.py", "y = 2\n"));

    const auto* const finding = find(inventory, "inventory.record-modified");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->package->purl, "pkg:pypi/demo@1.0");
    EXPECT_EQ(finding->message, "'demo/core.py' is not what RECORD of demo 1.0 says");
}

TEST(JudgeRecords, MissesCodeAndNotesWhatElseWasLeftOut) {
    EXPECT_EQ(judge(without(make_demo(), "demo/core.py")), Lines{"missing demo/core.py low"});
    EXPECT_EQ(judge(without(make_demo(), "demo/tests/test_core.py")),
              Lines{"missing demo-1.0.dist-info info"});
    EXPECT_EQ(judge(without(make_demo(), "demo/table.json")),
              Lines{"missing demo-1.0.dist-info info"});
}

TEST(JudgeRecords, TakesACompiledFileForItsSource) {
    const auto compiled =
        without(make_demo(), "demo/core.py") + std::vector<Item>{{"demo/core.pyc", "code"}};

    EXPECT_EQ(judge(compiled), Lines{});
}

TEST(JudgeRecords, FindsCodeThatWasAdded) {
    const std::vector<Item> added = {
        {"demo/extra.py", "import os\n"}, {"demo/native.so", "native"}, {"demo/loose.pyc", "code"}};

    EXPECT_EQ(judge(make_demo() + added),
              (Lines{"unlisted demo/extra.py medium",
                     "unlisted demo/loose.pyc medium",
                     "unlisted demo/native.so medium"}));
}

TEST(JudgeRecords, LetsLieWhatCannotBeImported) {
    const std::vector<Item> added = {{"demo/notes.txt", "x"},
                                     {"demo/__pycache__/core.cpython-311.pyc", "code"},
                                     {"demo/core.pyc", "code"},
                                     {"demo/not-a-module/x.py", ""},
                                     {"app.py", "import demo\n"}};

    EXPECT_EQ(judge(make_demo() + added), Lines{});
}

TEST(JudgeRecords, FindsScriptsWherePipHasMovedThem) {
    const auto rows = record_row("../../bin/demo", "#!/usr/bin/python\n") +
                      record_row("../../share/man/demo.1", "text") +
                      "../../bin/__pycache__/demo.cpython-312.pyc,,\n";
    const auto demo = install("python/", "demo", "1.0", {{"demo/__init__.py", ""}}, rows);
    const std::vector<Item> moved = {{"python/bin/demo", "#!/usr/bin/python\n"},
                                     {"python/share/man/demo.1", "text"}};

    EXPECT_EQ(judge(demo + moved), Lines{});
    EXPECT_EQ(judge(demo), Lines{}); // left behind in an environment
    EXPECT_EQ(judge(demo + with(moved, "python/bin/demo", "#!/bin/sh\nrm -r /tmp\n")),
              Lines{"modified python/bin/demo high"});
}

TEST(JudgeRecords, RecognisesAScriptThatWasWrittenForAnotherInterpreter) {
    const std::string body = "\nimport sys\nfrom demo.cli import main\nif __name__ == '__main__':\n"
                             "    sys.exit(main())\n";
    const auto demo = install(
        "",
        "demo",
        "1.0",
        {{"demo/__init__.py", ""},
         {"bin/demo", "#!/usr/bin/python3" + body},
         {"demo-1.0.dist-info/entry_points.txt", "[console_scripts]\ndemo = demo.cli:main\n"}});

    EXPECT_EQ(judge(with(demo, "bin/demo", "#!/var/lang/bin/python3.12" + body)),
              Lines{"modified bin/demo info"});
    EXPECT_EQ(judge(with(demo, "bin/demo", "#!/usr/bin/python3" + body + "import evil\n")),
              Lines{"modified bin/demo high"});
}

/// An ELF file with one section header, which is no table of symbols, and `size` bytes.
std::string make_stripped(std::size_t size) {
    std::string library = "\x7F"
                          "ELF\x02\x01";
    library.resize(size);
    library[0x28] = 64;
    library[0x3A] = 64;
    library[0x3C] = 1;
    return library;
}

TEST(JudgeRecords, RecognisesALibraryThatWasStripped) {
    const auto demo = install(
        "", "demo", "1.0", {{"demo/__init__.py", ""}, {"demo/fast.so", make_stripped(400)}});

    EXPECT_EQ(judge(with(demo, "demo/fast.so", make_stripped(300))),
              Lines{"modified demo/fast.so info"});
    auto changed = make_stripped(400);
    changed.back() = 'x';
    EXPECT_EQ(judge(with(demo, "demo/fast.so", changed)), Lines{"modified demo/fast.so high"});
    EXPECT_EQ(judge(with(demo, "demo/fast.so", "native")), Lines{"modified demo/fast.so high"});
}

TEST(JudgeRecords, LetsTheLastOfTwoDistributionsVouchForAFileOfBoth) {
    const auto first = install("", "a", "1", {{"shared/__init__.py", "a\n"}, {"shared/a.py", ""}});
    const auto second = install("", "b", "1", {{"shared/__init__.py", "b\n"}, {"shared/b.py", ""}});

    EXPECT_EQ(judge(without(first, "shared/__init__.py") + second), Lines{});
}

TEST(JudgeRecords, NotesRowsThatBreakTheSpecificationAndReadsTheOthers) {
    auto demo = make_demo();
    demo.back().bytes.insert(0, "demo/CC0, legal.txt,sha256=x,1\n");

    EXPECT_EQ(judge(demo), Lines{"malformed demo-1.0.dist-info/RECORD low"});
    EXPECT_EQ(judge(with(demo, "demo/core.py", "changed\n")),
              (Lines{"malformed demo-1.0.dist-info/RECORD low", "modified demo/core.py high"}));
}

TEST(JudgeRecords, NotesCodeWhoseDigestWasTakenAway) {
    const auto demo = install("", "demo", "1.0", {{"demo/__init__.py", ""}}, "demo/core.py,,\n");

    EXPECT_EQ(judge(demo + std::vector<Item>{{"demo/core.py", "evil\n"}}),
              Lines{"malformed demo/core.py low"});
}

TEST(JudgeRecords, NotesDigestsThatItDoesNotCheck) {
    const auto demo =
        install("", "demo", "1.0", {{"demo/__init__.py", ""}}, "demo/core.py,sha512=AAAA,5\n");

    EXPECT_EQ(judge(demo + std::vector<Item>{{"demo/core.py", "x = 1"}}),
              (Lines{"malformed demo-1.0.dist-info/RECORD low", "malformed demo/core.py low"}));
}

TEST(JudgeRecords, DoesNotCompleteWhereARecordIsTooLong) {
    auto demo = make_demo();
    demo.back().bytes.resize(kMaxRecordBytes + 1, '\n');

    const auto inventory = take_inventory(demo);

    ASSERT_EQ(inventory.incomplete.size(), 1U);
    EXPECT_EQ(inventory.incomplete.front().path, "demo-1.0.dist-info/RECORD");
}

TEST(JudgeRecords, NamesTwentyFilesAndCountsTheRest) {
    for (const std::size_t count : {20U, 21U, 1000U}) {
        std::vector<Item> files = {{"demo/__init__.py", ""}};
        for (std::size_t index = 0; index < count; ++index) {
            files.push_back({"demo/m" + std::to_string(index) + ".py", "x\n"});
        }
        auto demo = install("", "demo", "1.0", files);
        for (auto& item : demo) {
            item.bytes = item.bytes == "x\n" ? "y\n" : item.bytes;
        }

        const auto lines = judge(demo);

        EXPECT_EQ(lines.size(), std::min<std::size_t>(count, 21)) << count;
        EXPECT_EQ(lines.back() == "modified demo-1.0.dist-info high", count > 20) << count;
    }
}

TEST(JudgeRecords, FollowsNoRowOutOfThePackage) {
    const auto demo = install("",
                              "demo",
                              "1.0",
                              {{"demo/__init__.py", ""}},
                              record_row("/etc/passwd", "x") + record_row("../../../../x.py", "x") +
                                  record_row("..\\..\\y.py", "x"));

    EXPECT_EQ(judge(demo), Lines{});
}

} // namespace
} // namespace preflight::inventory
