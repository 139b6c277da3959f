// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/examine.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {
namespace {

constexpr std::string_view kMetadata = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n";

std::optional<MetadataFacts> examine_file(std::string_view path, std::string_view bytes) {
    return examine({.path = path, .bytes = as_bytes(bytes)});
}

struct Row {
    std::string_view path;
    std::string_view folder;
    Origin origin;
    MetadataPiece piece;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.path;
}

class Examine : public testing::TestWithParam<Row> {};

TEST_P(Examine, TellsWhichPieceOfWhichFolderAFileIs) {
    const auto facts = examine_file(GetParam().path, kMetadata);

    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->folder, GetParam().folder);
    EXPECT_EQ(facts->origin, GetParam().origin);
    EXPECT_EQ(facts->piece, GetParam().piece);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    Examine,
    testing::Values(
        Row{"demo-1.0.dist-info/METADATA",
            "demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::core_metadata},
        Row{"python/demo-1.0.dist-info/INSTALLER",
            "python/demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::installer},
        Row{"demo-1.0.dist-info/direct_url.json",
            "demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::direct_url},
        Row{"demo-1.0.dist-info/RECORD",
            "demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::other},
        Row{"demo-1.0.dist-info/PKG-INFO",
            "demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::other},
        Row{"demo-1.0.dist-info/metadata",
            "demo-1.0.dist-info",
            Origin::dist_info,
            MetadataPiece::other},
        Row{"demo.egg-info/PKG-INFO",
            "demo.egg-info",
            Origin::egg_info,
            MetadataPiece::core_metadata},
        Row{"demo.egg-info/METADATA", "demo.egg-info", Origin::egg_info, MetadataPiece::other},
        Row{"a/demo-1.0-py3.9.egg-info",
            "a/demo-1.0-py3.9.egg-info",
            Origin::egg_info,
            MetadataPiece::core_metadata},
        Row{"demo-1.0-py3.9.egg/EGG-INFO/PKG-INFO",
            "demo-1.0-py3.9.egg/EGG-INFO",
            Origin::egg,
            MetadataPiece::core_metadata},
        Row{"EGG-INFO/PKG-INFO", "EGG-INFO", Origin::egg, MetadataPiece::core_metadata}));

TEST(Examine, KeepsNothingOfOtherFiles) {
    for (const auto* path : {"",
                             "METADATA",
                             "PKG-INFO",
                             "demo/METADATA",
                             "demo-1.0.dist-info",
                             "demo-1.0.dist-info.txt",
                             "demo-1.0.dist-info/licenses/METADATA",
                             "demo.dist-infos/METADATA",
                             "EGG-INFO",
                             "MY-EGG-INFO/PKG-INFO",
                             "demo.egg"}) {
        EXPECT_FALSE(examine_file(path, kMetadata)) << path;
    }
}

TEST(Examine, ReadsCoreMetadata) {
    const auto facts = examine_file("demo-1.0.dist-info/METADATA", kMetadata);

    EXPECT_EQ(facts->core.name, "demo");
    EXPECT_EQ(facts->core.version, "1.0");
    EXPECT_TRUE(facts->core.problems.empty());
}

TEST(Examine, ReadsAnEggInfoThatIsAFile) {
    EXPECT_EQ(examine_file("demo-1.0.egg-info", kMetadata)->core.name, "demo");
}

TEST(Examine, ReadsOnlyThePieceThatAFileIs) {
    const auto facts = examine_file("demo-1.0.dist-info/RECORD", kMetadata);

    EXPECT_EQ(facts->core.name, "");
    EXPECT_EQ(facts->value, "");
}

std::string installer_of(std::string_view bytes) {
    return examine_file("demo-1.0.dist-info/INSTALLER", bytes)->value;
}

TEST(ExamineInstaller, KeepsTheFirstWord) {
    EXPECT_EQ(installer_of("pip\n"), "pip");
    EXPECT_EQ(installer_of("uv"), "uv");
    EXPECT_EQ(installer_of("poetry 1.8.3\r\n"), "poetry");
    EXPECT_EQ(installer_of(""), "");
    EXPECT_EQ(installer_of("\npip"), "");
}

TEST(ExamineInstaller, KeepsNoMoreThanFortyBytes) {
    EXPECT_EQ(installer_of(std::string(40, 'a')), std::string(40, 'a'));
    EXPECT_EQ(installer_of(std::string(41, 'a')), std::string(40, 'a'));
}

TEST(ExamineInstaller, MakesItPrintable) {
    EXPECT_EQ(installer_of("::error\n"), R"(\x3a\x3aerror)");
    EXPECT_EQ(installer_of("\x1B[2J\xFF\n"), R"(\x1b[2J\xff)");
}

MetadataFacts direct_url_of(std::string_view bytes) {
    return *examine_file("demo-1.0.dist-info/direct_url.json", bytes);
}

TEST(ExamineDirectUrl, TellsWhichOfItsFormsItHas) {
    EXPECT_EQ(
        direct_url_of(R"({"url": "https://example.org/a.git", "vcs_info": {"vcs": "git"}})").value,
        "vcs");
    EXPECT_EQ(direct_url_of(R"({"url": "https://example.org/a.whl", "archive_info": {}})").value,
              "archive");
    EXPECT_EQ(direct_url_of(R"({"url": "file:///home/a", "dir_info": {"editable": true}})").value,
              "directory");
}

TEST(ExamineDirectUrl, KeepsNothingOfTheUrlItself) {
    const auto facts =
        direct_url_of(R"({"url": "https://user:word@example.org/a.whl", "archive_info": {}})");

    EXPECT_EQ(facts.value, "archive");
    EXPECT_TRUE(facts.problems.empty());
}

TEST(ExamineDirectUrl, NotesAFormThatItDoesNotKnow) {
    for (const auto* text : {R"({"url": "https://example.org"})", "[]", "null", "\"vcs_info\""}) {
        const auto facts = direct_url_of(text);

        EXPECT_EQ(facts.value, "") << text;
        EXPECT_EQ(facts.problems,
                  std::vector<std::string>{
                      "direct_url.json: neither vcs_info, archive_info nor dir_info"})
            << text;
    }
}

TEST(ExamineDirectUrl, NotesWhatIsNoJson) {
    EXPECT_EQ(direct_url_of("{").problems,
              std::vector<std::string>{"direct_url.json: not valid JSON"});
    EXPECT_EQ(direct_url_of(R"({"vcs_info": {}, "vcs_info": {}})").problems,
              std::vector<std::string>{"direct_url.json: the key 'vcs_info' occurs twice"});
}

} // namespace
} // namespace preflight::inventory
