// SPDX-License-Identifier: Apache-2.0
#include "support/zip_builder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

using std::string_literals::operator""s;

namespace preflight::test {
namespace {

// What follows the signature of a header up to the lengths, for the file "a" that holds "x". CRC-32
// of "x": 0x8cdc1683.
const std::string kVersionToDate = "\x14\0\0\0\0\0\0\0\x21\0"s;
const std::string kCrcAndSizes = "\x83\x16\xdc\x8c\1\0\0\0\1\0\0\0"s;
const std::string kLengths = "\1\0\0\0"s;
const std::string kLocal = "PK\3\4" + kVersionToDate + kCrcAndSizes + kLengths + "ax";
const std::string kCentral = "PK\1\2\x1e\3" + kVersionToDate + kCrcAndSizes + kLengths +
                             "\0\0\0\0\0\0\0\0\xa4\x81"s + "\0\0\0\0a"s;
const std::string kEnd = "PK\5\6\0\0\0\0\1\0\1\0\x2f\0\0\0\x20\0\0\0\0\0"s;

TEST(MakeZip, WritesAnHonestFile) {
    EXPECT_EQ(make_zip({stored("a", "x")}), kLocal + kCentral + kEnd);
}

TEST(MakeZip, WritesAnArchiveWithoutEntries) {
    EXPECT_EQ(make_zip(ZipLayout{}), "PK\5\6"s + std::string(18, '\0'));
}

TEST(MakeZip, ChangesOneHeaderAndLeavesTheOther) {
    const auto central = stored("a", "x").central({.name = "b"});
    const auto local = stored("a", "x").local({.flags = 1});

    EXPECT_EQ(central.local_record(), kLocal);
    EXPECT_EQ(central.central_record(0).back(), 'b');
    EXPECT_EQ(local.central_record(0), kCentral);
    EXPECT_EQ(local.local_record().substr(6, 2), "\1\0"s);
}

TEST(MakeZip, WritesALengthThatIsNotTrue) {
    const auto record = stored("a", "x").local({.name_length = 9}).local_record();

    EXPECT_EQ(record.size(), kLocal.size());
    EXPECT_EQ(record.substr(26, 2), "\x09\0"s);
}

struct DescriptorLayout {
    const char* name;
    bool has_signature;
    bool is_wide;
    std::string bytes;
};

class WritesDataDescriptor : public testing::TestWithParam<DescriptorLayout> {};

TEST_P(WritesDataDescriptor, InTheLayoutAskedFor) {
    const auto record = stored("a", "x")
                            .data_descriptor({.has_signature = GetParam().has_signature,
                                              .is_wide = GetParam().is_wide})
                            .local_record();

    EXPECT_EQ(record.substr(6, 2), "\x08\0"s);
    EXPECT_EQ(record.substr(14, 12), std::string(12, '\0'));
    EXPECT_EQ(record.substr(kLocal.size()), GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    WritesDataDescriptor,
    testing::Values(
        DescriptorLayout{"Signed32", true, false, "PK\7\x8\x83\x16\xdc\x8c\1\0\0\0\1\0\0\0"s},
        DescriptorLayout{"Bare32", false, false, "\x83\x16\xdc\x8c\1\0\0\0\1\0\0\0"s},
        DescriptorLayout{
            "Signed64", true, true, "PK\7\x8\x83\x16\xdc\x8c\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"s},
        DescriptorLayout{
            "Bare64", false, true, "\x83\x16\xdc\x8c\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"s}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MakeZip, SetsTheDescriptorFlagBesideOthers) {
    const auto entry = stored("a", "x").both({.flags = 1}).data_descriptor();

    EXPECT_EQ(entry.local_record().substr(6, 2), "\x09\0"s);
    EXPECT_EQ(entry.central_record(0).substr(8, 2), "\x09\0"s);
}

TEST(MakeZip, MasksSizesThatStandInAZip64Field) {
    const auto record = stored("a", "x").zip64().local_record();

    EXPECT_EQ(record.substr(18, 8), std::string(8, '\xff'));
    EXPECT_EQ(record.substr(31, 20), "\1\0\x10\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"s);
}

TEST(MakeZip, WritesZip64EndRecordAndLocator) {
    const auto zip = make_zip({.entries = {stored("a", "x")}, .zip64 = Zip64End{}});

    const auto record_offset = kLocal.size() + kCentral.size();
    EXPECT_EQ(zip.substr(record_offset),
              "PK\6\6" + little64(44) + "\x1e\3\x2d\0"s + little64(0) + little64(1) + little64(1) +
                  little64(kCentral.size()) + little64(kLocal.size()) + "PK\6\7" + little32(0) +
                  little64(record_offset) + little32(1) + "PK\5\6\0\0\0\0"s +
                  std::string(12, '\xff') + "\0\0"s);
}

TEST(MakeZip, PutsJunkWhereItIsAskedTo) {
    const auto zip = make_zip({.entries = {stored("a", "x").junk_before("(1)").junk_after("(2)")},
                               .before = "(0)",
                               .before_directory = "(3)",
                               .after_directory = "(4)",
                               .before_end = "(5)",
                               .after = "(6)"});

    const auto central = stored("a", "x").central_record(6);
    EXPECT_TRUE(zip.starts_with("(0)(1)" + kLocal + "(2)(3)" + central + "(4)(5)PK\5\6"));
    EXPECT_TRUE(zip.ends_with("(6)"));
}

TEST(MakeZip, CountsOffsetsAfterAStubWhenAskedTo) {
    const auto zip =
        make_zip({.entries = {stored("a", "x")}, .before = "stub", .offsets_count_before = false});

    EXPECT_EQ(zip, "stub" + kLocal + kCentral + kEnd);
}

TEST(MakeZip, OrdersTheDirectoryApartFromTheEntries) {
    const auto zip =
        make_zip({.entries = {stored("a", "x"), stored("b", "x")}, .directory_order = {1, 0}});

    const auto directory = zip.substr(2 * kLocal.size());
    EXPECT_EQ(directory[46], 'b');
    EXPECT_EQ(directory[kCentral.size() + 46], 'a');
}

TEST(MakeZip, LetsTwoEntriesShareOneLocalHeader) {
    const auto zip = make_zip({stored("a", "x"), stored("b", "x").shares_local_header_of(0)});

    EXPECT_EQ(zip.substr(kLocal.size(), kCentral.size()), kCentral);
    EXPECT_EQ(zip.substr(kLocal.size() + kCentral.size() + 42, 5), "\0\0\0\0b"s);
}

TEST(MakeZip, HidesAnEntryFromTheDirectory) {
    const auto zip = make_zip({stored("a", "x"), stored("b", "x").hidden()});

    EXPECT_EQ(zip.size(), 2 * kLocal.size() + kCentral.size() + kEnd.size());
    EXPECT_EQ(zip.substr(zip.size() - kEnd.size() + 8, 4), "\1\0\1\0"s);
}

TEST(MakeZip, OverridesTheEndRecord) {
    const auto zip = make_zip({.entries = {stored("a", "x")},
                               .end = {.entries_here = 2, .entries = 3, .comment = "hello"}});

    EXPECT_EQ(zip.substr(kLocal.size() + kCentral.size() + 8, 4), "\2\0\3\0"s);
    EXPECT_TRUE(zip.ends_with("\x05\0hello"s));
}

TEST(MakeZip, MarksNamesBeyondAsciiAsUtf8) {
    EXPECT_EQ(stored("\xc3\xa9", "").local_record().substr(6, 2), "\0\x08"s);
}

} // namespace
} // namespace preflight::test
