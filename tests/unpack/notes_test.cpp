// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::unpack {
namespace {

using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipLayout;

std::vector<Finding> notes_on(const std::string& zip, const ParseOptions& options = {}) {
    const auto archive = parse_archive(as_bytes(zip), options);
    EXPECT_TRUE(archive) << archive.error().message;
    return archive ? archive->notes : std::vector<Finding>();
}

std::string ids_of(const std::vector<Finding>& notes) {
    std::string ids;
    for (const auto& note : notes) {
        ids += (ids.empty() ? "" : " ") + note.rule_id;
    }
    return ids;
}

struct NoteExample {
    std::string_view rule_id;
    std::string fires;
    std::string near_miss;
};

std::vector<NoteExample> note_examples() {
    const auto dos = [](test::ZipEntry entry) {
        return entry.central({.version_made_by = 20, .external_attributes = 0100644U << 16U});
    };
    const auto accented = stored("caf\xc3\xa9.py", "1");
    const auto two = std::vector{sample(), stored("b", "2")};
    return {
        {"unpack.archive-comment",
         make_zip(ZipLayout{.entries = {sample()}, .end = {.comment = "c"}}),
         make_zip({sample().central({.comment = "c"})})},
        {"unpack.case-collision",
         make_zip({stored("pkg/A.py", "1"), stored("x", ""), stored("PKG/a.py", "2")}),
         make_zip({stored("pkg/A.py", "1"), stored("pkg/B.py", "2")})},
        {"unpack.cd-order",
         make_zip(ZipLayout{.entries = two, .directory_order = {1, 0}}),
         make_zip(ZipLayout{.entries = two, .directory_order = {0, 1}})},
        {"unpack.macos-metadata",
         make_zip({stored("pkg/._a.py", "1")}),
         make_zip({stored("pkg/_a.py", "1")})},
        {"unpack.mode-missing",
         make_zip({sample().central({.external_attributes = 0})}),
         make_zip({sample()})},
        {"unpack.dd-flag-local-only",
         make_zip({sample().data_descriptor().central({.flags = 0})}),
         make_zip({sample().data_descriptor()})},
        {"unpack.link-absolute", make_zip({link("l", "/opt/x")}), make_zip({link("l", "opt/x")})},
        {"unpack.mode-setuid",
         make_zip({sample().mode(0104755)}),
         make_zip({sample().mode(0100755)})},
        {"unpack.mode-unreadable",
         make_zip({sample().mode(0100640)}),
         make_zip({sample().mode(0100644)})},
        {"unpack.name-dot-prefix", make_zip({stored("./a", "1")}), make_zip({stored(".a", "1")})},
        {"unpack.name-nonascii-host", make_zip({dos(accented)}), make_zip({dos(sample())})},
        {"unpack.name-nonascii-unflagged",
         make_zip({accented.both({.flags = 0})}),
         make_zip({accented})},
    };
}

TEST(Notes, FireOnTheirExamplesAlone) {
    for (const auto& example : note_examples()) {
        EXPECT_EQ(ids_of(notes_on(example.fires)), example.rule_id);
        EXPECT_EQ(ids_of(notes_on(example.near_miss)), "") << example.rule_id;
    }
}

TEST(Notes, SayThatALineStandsInFront) {
    const auto zip = make_zip(ZipLayout{.entries = {sample()}, .before = "#!/usr/bin/python3\n"});

    EXPECT_EQ(ids_of(notes_on(zip, {.may_have_shebang = true})), "unpack.shebang-prefix");
}

TEST(Notes, AllHaveAnExample) {
    const auto examples = note_examples();
    for (const auto& rule : rules()) {
        // Shown elsewhere: below, in archive_format_test.cpp and in tar_test.cpp.
        static constexpr std::array<std::string_view, 3> kOthers = {
            "unpack.shebang-prefix", "unpack.nested-not-opened", "unpack.tar-warning"};
        if (rule.severity != Severity::critical &&
            std::ranges::find(kOthers, rule.id) == kOthers.end()) {
            EXPECT_NE(std::ranges::find(examples, rule.id, &NoteExample::rule_id), examples.end())
                << rule.id;
        }
    }
}

TEST(Notes, AreMadeOnceForAllEntries) {
    const auto notes = notes_on(
        make_zip({stored("b", "").mode(0100600), sample(), stored("c", "").mode(0100000)}));

    ASSERT_EQ(ids_of(notes), "unpack.mode-unreadable");
    EXPECT_EQ(notes[0].location.path, "b");
    EXPECT_NE(notes[0].message.find("2 entries"), std::string::npos) << notes[0].message;
}

TEST(Notes, OnModesNeedModes) {
    EXPECT_EQ(ids_of(notes_on(make_zip({sample().central({.external_attributes = 0})}))),
              "unpack.mode-missing");
    EXPECT_EQ(ids_of(notes_on(make_zip({directory("d/").mode(040700)}))), "");
}

TEST(Notes, AreNeverCritical) {
    for (const auto& example : note_examples()) {
        for (const auto& note : notes_on(example.fires)) {
            EXPECT_LT(note.severity, Severity::critical) << note.rule_id;
        }
    }
}

} // namespace
} // namespace preflight::unpack
