// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/examine.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace preflight::inventory {
namespace {

constexpr std::string_view kMetadata = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n";

std::vector<Fact> examine_file(std::string_view path, std::string_view bytes) {
    return examine({.path = path, .bytes = as_bytes(bytes)});
}

/// The one thing that a file says.
template <class What>
What read(std::string_view path, std::string_view bytes) {
    const auto facts = examine_file(path, bytes);
    EXPECT_EQ(facts.size(), 1U) << path;
    if (facts.size() != 1 || !std::holds_alternative<What>(facts.front().what)) {
        ADD_FAILURE() << path << " says something else";
        return {};
    }
    EXPECT_EQ(facts.front().path, path);
    return std::get<What>(facts.front().what);
}

TEST(Examine, ReadsCoreMetadataOfEveryForm) {
    for (const auto* path : {"demo-1.0.dist-info/METADATA",
                             "python/demo-1.0.dist-info/METADATA",
                             "demo.egg-info/PKG-INFO",
                             "a/demo-1.0-py3.9.egg-info",
                             "demo-1.0-py3.9.egg/EGG-INFO/PKG-INFO",
                             "demo-1.0-py3.9.egg!/EGG-INFO/PKG-INFO",
                             "EGG-INFO/PKG-INFO"}) {
        const auto core = read<CoreMetadata>(path, kMetadata).core;

        EXPECT_EQ(core.name, "demo");
        EXPECT_EQ(core.version, "1.0");
        EXPECT_TRUE(core.problems.empty());
    }
}

TEST(Examine, KeepsNothingOfOtherFiles) {
    for (const auto* path : {"",
                             "METADATA",
                             "PKG-INFO",
                             "demo/METADATA",
                             "demo-1.0.dist-info",
                             "demo-1.0.dist-info.txt",
                             "demo-1.0.dist-info/PKG-INFO",
                             "demo-1.0.dist-info/metadata",
                             "demo-1.0.dist-info/licenses/METADATA",
                             "demo.egg-info/METADATA",
                             "demo.dist-infos/METADATA",
                             "EGG-INFO",
                             "MY-EGG-INFO/PKG-INFO",
                             "demo.egg",
                             "tests/requirements.txt",
                             "vendor.txt",
                             "pip/vendor.txt",
                             "app.py",
                             "bin/tool"}) {
        EXPECT_TRUE(examine_file(path, kMetadata).empty()) << path;
    }
}

TEST(Examine, KeepsARecordForLaterUnlessItIsTooLong) {
    const std::string_view path = "demo-1.0.dist-info/RECORD";

    EXPECT_EQ(read<RecordText>(path, "a,,\n").text, "a,,\n");
    EXPECT_FALSE(read<RecordText>(path, std::string(kMaxRecordBytes - 1, 'a')).is_too_long);
    EXPECT_FALSE(read<RecordText>(path, std::string(kMaxRecordBytes, 'a')).is_too_long);
    const auto longer = read<RecordText>(path, std::string(kMaxRecordBytes + 1, 'a'));
    EXPECT_TRUE(longer.is_too_long);
    EXPECT_TRUE(longer.text.empty());
}

TEST(Examine, ReadsWhatElseMetadataFoldersHold) {
    EXPECT_EQ(read<TopLevelNames>("a-1.dist-info/top_level.txt", "yaml\n_yaml\n").names,
              (std::vector<std::string>{"yaml", "_yaml"}));
    EXPECT_EQ(read<InstalledFiles>("a-1.egg-info/installed-files.txt", "../a/x.py\n").paths,
              std::vector<std::string>{"a/x.py"});
    const auto entries =
        read<EntryPoints>("a-1.dist-info/entry_points.txt", "[console_scripts]\na = b:c\n").entries;
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries.front().module, "b");
    EXPECT_EQ(entries.front().attribute, "c");
}

TEST(Examine, ReadsListsOfVendoredCopies) {
    const auto list = read<VendorList>("pip/_vendor/vendor.txt",
                                       "CacheControl==0.14.0\n    msgpack==1.1.0\nsix>=1\n");

    ASSERT_EQ(list.pins.size(), 2U);
    EXPECT_EQ(list.pins[0].name, "cachecontrol");
    EXPECT_EQ(list.pins[1].line, 2U);
    EXPECT_EQ(list.other_lines, 1U);
    EXPECT_EQ(read<VendorList>("setuptools/_vendor/vendored.txt", "a==1\n").pins.size(), 1U);
    EXPECT_EQ(read<VendorList>("pipenv/patched/patched.txt", "a==1\n").pins.size(), 1U);
}

TEST(Examine, ReadsVersionsThatModulesSay) {
    for (const auto* path : {"requests/__version__.py",
                             "six.py",
                             "botocore/vendored/six.py",
                             "a/__init__.py",
                             "a/_version.py"}) {
        EXPECT_EQ(read<VersionLiteral>(path, "__version__ = '1.2'\n").version, "1.2") << path;
    }
    EXPECT_EQ(read<VersionLiteral>("a/VERSION", "1.2\n").version, "1.2");
    EXPECT_TRUE(examine_file("mine.py", "__version__ = '1.2'\n").empty());
}

TEST(Examine, SeesWhoImportsTheSdk) {
    for (const auto* source : {"import boto3\n",
                               "import os\nfrom botocore.config import Config\n",
                               "from boto3 import client",
                               "import s3transfer.manager # for uploads"}) {
        EXPECT_EQ(examine_file("orders/app.py", source).size(), 1U) << source;
    }
    for (const auto* source : {"import boto3_mock\n",
                               "# import boto3\n",
                               "x = 'import boto3'\n",
                               "    import boto3\n",
                               ""}) {
        EXPECT_TRUE(examine_file("orders/app.py", source).empty()) << source;
    }
    EXPECT_TRUE(examine_file("boto3/session.py", "import botocore.session\n").empty());
}

TEST(Examine, ReadsPathFilesAndEggLinks) {
    EXPECT_EQ(read<python::PathFile>("a.pth", "vendor\nimport os\n").code.size(), 1U);
    EXPECT_EQ(read<EggLink>("a.egg-link", "/home/me/a\n../\n").target, "/home/me/a");
    EXPECT_EQ(read<EggLink>("a.egg-link", "::error\n").target, "\\x3a\\x3aerror");
}

TEST(Examine, ReadsTheRequirementsFileOfAPackage) {
    for (const auto* path :
         {"requirements.txt", "python/requirements.txt", ".requirements.zip!/requirements.txt"}) {
        EXPECT_EQ(read<python::RequirementsFile>(path, "a==1\n").pins.size(), 1U) << path;
    }
}

TEST(Examine, KnowsLibrariesWithoutSymbols) {
    // ELF header of 64 bytes, whose one section header stands behind it.
    std::string library = "\x7F"
                          "ELF\x02\x01";
    library.resize(128);
    library[0x28] = 64;
    library[0x3A] = 64;
    library[0x3C] = 1;

    EXPECT_EQ(examine_file("a.so", library).size(), 1U);
    for (std::size_t size = 0; size < 64 + 8; ++size) {
        EXPECT_TRUE(examine_file("a.so", library.substr(0, size)).empty()) << size;
    }
    library[64 + 4] = 2; // SHT_SYMTAB
    EXPECT_TRUE(examine_file("a.so", library).empty());
}

std::string installer_of(std::string_view bytes) {
    return read<Installer>("demo-1.0.dist-info/INSTALLER", bytes).name;
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

DirectUrl direct_url_of(std::string_view bytes) {
    return read<DirectUrl>("demo-1.0.dist-info/direct_url.json", bytes);
}

TEST(ExamineDirectUrl, TellsWhichOfItsFormsItHas) {
    EXPECT_EQ(
        direct_url_of(R"({"url": "https://example.org/a.git", "vcs_info": {"vcs": "git"}})").form,
        "vcs");
    EXPECT_EQ(direct_url_of(R"({"url": "https://example.org/a.whl", "archive_info": {}})").form,
              "archive");
    EXPECT_EQ(direct_url_of(R"({"url": "file:///home/a", "dir_info": {"editable": true}})").form,
              "directory");
}

TEST(ExamineDirectUrl, KeepsNothingOfTheUrlItself) {
    const auto facts =
        direct_url_of(R"({"url": "https://user:word@example.org/a.whl", "archive_info": {}})");

    EXPECT_EQ(facts.form, "archive");
    EXPECT_EQ(facts.problem, "");
}

TEST(ExamineDirectUrl, NotesAFormThatItDoesNotKnow) {
    for (const auto* text : {R"({"url": "https://example.org"})", "[]", "null", "\"vcs_info\""}) {
        const auto facts = direct_url_of(text);

        EXPECT_EQ(facts.form, "") << text;
        EXPECT_EQ(facts.problem, "direct_url.json: neither vcs_info, archive_info nor dir_info")
            << text;
    }
}

TEST(ExamineDirectUrl, NotesWhatIsNoJson) {
    EXPECT_EQ(direct_url_of("{").problem, "direct_url.json: not valid JSON");
    EXPECT_EQ(direct_url_of(R"({"vcs_info": {}, "vcs_info": {}})").problem,
              "direct_url.json: the key 'vcs_info' occurs twice");
}

} // namespace
} // namespace preflight::inventory
