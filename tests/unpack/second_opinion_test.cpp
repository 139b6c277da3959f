// SPDX-License-Identifier: Apache-2.0
#include "rule_examples.hpp"
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <string>
#include <utility>

namespace preflight::unpack {
namespace {

using test::deflated;
using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipLayout;

/// What libarchive says of an archive that the walk accepts.
std::string opinion_on(const std::string& zip) {
    const auto archive = parse_archive(as_bytes(zip));
    EXPECT_TRUE(archive) << archive.error().message;
    const auto differential = archive ? find_differential(as_bytes(zip), *archive) : std::nullopt;
    return differential ? differential->rule_id : "alike";
}

TEST(FindDifferential, FindsNoneInHonestArchives) {
    EXPECT_EQ(opinion_on(make_zip(ZipLayout{})), "alike");
    EXPECT_EQ(
        opinion_on(make_zip({sample(), directory("d/"), deflated("d/b", "1"), link("l", "d/b")})),
        "alike");
    EXPECT_EQ(opinion_on(make_zip({directory("./"), stored("./a", "1")})), "alike");
    EXPECT_EQ(
        opinion_on(make_zip({sample().data_descriptor(), deflated("b", "2").data_descriptor()})),
        "alike");
    EXPECT_EQ(
        opinion_on(make_zip(ZipLayout{.entries = {sample().zip64()}, .zip64 = test::Zip64End{}})),
        "alike");
    EXPECT_EQ(opinion_on(make_zip(
                  ZipLayout{.entries = {sample(), stored("b", "2")}, .directory_order = {1, 0}})),
              "alike");
}

TEST(FindDifferential, FindsNoneInNearMisses) {
    for (const auto& example : refusal_examples()) {
        const auto archive = parse_archive(as_bytes(example.near_miss), {.limits = example.limits});
        ASSERT_TRUE(archive) << example.rule_id;
        EXPECT_FALSE(find_differential(as_bytes(example.near_miss), *archive)) << example.rule_id;
    }
}

TEST(FindDifferential, DoesNotDependOnTheLocale) {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    std::setlocale(LC_ALL, "C");

    EXPECT_EQ(opinion_on(make_zip({stored("caf\xc3\xa9.py", "1")})), "alike");
    EXPECT_EQ(opinion_on(make_zip({stored("caf\xc3\xa9.py", "1").both({.flags = 0})})), "alike");

    std::setlocale(LC_ALL, before.c_str());
}

TEST(FindDifferential, RefusesWhatLibarchiveCannotOpen) {
    // libarchive 3.6.2 looks for the end record in the last 16 KiB only.
    const auto commented = [](std::size_t length) {
        return make_zip(
            ZipLayout{.entries = {sample()}, .end = {.comment = std::string(length, ' ')}});
    };

    EXPECT_EQ(opinion_on(commented(16'000)), "alike");
    EXPECT_EQ(opinion_on(commented(20'000)), "unpack.parser-differential");
}

/// The archive as somebody might have read it who is mistaken.
std::string opinion_after(void (*change)(Archive& archive)) {
    const auto zip = make_zip({sample(), directory("d/"), link("l", "a.py")});
    auto archive = parse_archive(as_bytes(zip));
    change(archive.value());
    const auto differential = find_differential(as_bytes(zip), *archive);
    return differential ? differential->rule_id : "alike";
}

TEST(FindDifferential, ComparesNameTypeSizeTargetAndNumber) {
    const std::string differs = "unpack.parser-differential";

    EXPECT_EQ(opinion_after([](Archive&) {}), "alike");
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.entries[0].path = "b.py"; }), differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.entries[0].type = EntryType::link; }),
              differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.entries[1].type = EntryType::file; }),
              differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.entries[2].type = EntryType::file; }),
              differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { ++archive.entries[0].size; }), differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.link_targets[0] = "b.py"; }), differs);
    EXPECT_EQ(opinion_after([](Archive& archive) { archive.entries.pop_back(); }), differs);
    EXPECT_EQ(
        opinion_after([](Archive& archive) { archive.entries.push_back(archive.entries[0]); }),
        differs);
}

TEST(FindDifferential, SaysAtWhichEntry) {
    const auto zip = make_zip({stored("x", "1"), sample()});
    auto archive = parse_archive(as_bytes(zip));
    ASSERT_TRUE(archive);
    archive.value().entries[1].size = 7;

    const auto differential = find_differential(as_bytes(zip), *archive);

    ASSERT_TRUE(differential);
    EXPECT_EQ(differential->location.path, "a.py");
    EXPECT_EQ(differential->location.offset, stored("x", "1").local_record().size());
}

} // namespace
} // namespace preflight::unpack
