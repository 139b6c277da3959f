// SPDX-License-Identifier: Apache-2.0
#include "support/tar_builder.hpp"
#include "support/zip_builder.hpp"

#include "preflight/unpack/archive_format.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight::unpack {
namespace {

std::optional<ArchiveFormat> format_of(const std::string& bytes) {
    return find_archive_format(as_bytes(bytes));
}

TEST(FindArchiveFormat, GoesByTheFirstBytes) {
    const auto zip = test::make_zip({test::stored("a.py", "1")});
    const auto tar = test::make_tar({{.name = "a.py", .content = "1"}});

    EXPECT_EQ(format_of(zip), ArchiveFormat::zip);
    EXPECT_EQ(format_of(test::make_zip(std::vector<test::ZipEntry>())), ArchiveFormat::zip);
    EXPECT_EQ(format_of("#!/usr/bin/python3\n" + zip), ArchiveFormat::zip);
    EXPECT_EQ(format_of(tar), ArchiveFormat::tar);
    EXPECT_EQ(format_of(test::gzip(tar)), std::nullopt);
}

TEST(FindArchiveFormat, LeavesDataAlone) {
    EXPECT_EQ(format_of("no zip"), std::nullopt);
    EXPECT_EQ(format_of(std::string(512, 'x')), std::nullopt);
    EXPECT_EQ(format_of(test::gzip("{}")), std::nullopt);
    EXPECT_EQ(format_of("#!/bin/sh\nPK"), std::nullopt);
    EXPECT_EQ(format_of(""), std::nullopt);
    for (std::size_t length = 255; length < 262; ++length) {
        EXPECT_EQ(format_of(std::string(length, 'u')), std::nullopt) << length;
    }
}

TEST(IsDocument, GoesByTheEndOfTheName) {
    EXPECT_TRUE(is_document("model/weights.npz"));
    EXPECT_TRUE(is_document("template.docx"));
    EXPECT_FALSE(is_document("npz"));
    EXPECT_FALSE(is_document("x.npz.zip"));
}

TEST(NoteUnopened, CountsAllAndNamesTen) {
    std::set<std::string> paths;
    for (int index = 10; index < 21; ++index) {
        paths.insert(std::to_string(index) + ".zip");
    }

    const auto note = note_unopened(paths, {});

    EXPECT_EQ(note.severity, Severity::info);
    EXPECT_NE(note.message.find("11 archives"), std::string::npos);
    EXPECT_NE(note.message.find("'19.zip', ..."), std::string::npos);
    EXPECT_EQ(note.message.find("20.zip"), std::string::npos);
}

TEST(NoteUnopened, IsWorseWherePythonCanImportFromOne) {
    const auto note = note_unopened({"a.zip", "b.egg"}, {"b.egg"});

    EXPECT_EQ(note.severity, Severity::medium);
    EXPECT_NE(note.message.find("import from 'b.egg'"), std::string::npos);
}

} // namespace
} // namespace preflight::unpack
