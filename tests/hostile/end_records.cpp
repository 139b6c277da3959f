// SPDX-License-Identifier: Apache-2.0
//
// R1 One end record. R2 One disk, one directory, adjacent. R3 zip64 leaves no choice.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <set>
#include <string>

namespace preflight::hostile {
namespace {

using test::EndRecord;
using test::make_zip;
using test::Zip64End;
using test::ZipLayout;

using std::string_literals::operator""s;

constexpr std::size_t kEndSize = 22; // APPNOTE.TXT 6.3.10, section 4.3.16
const std::string kEndSignature = "PK\5\6";

std::string with_end(const EndRecord& end) {
    return make_zip(ZipLayout{.entries = {sample()}, .end = end});
}

std::string with_zip64(const Zip64End& zip64, const EndRecord& end = {}) {
    return make_zip(ZipLayout{.entries = {sample()}, .zip64 = zip64, .end = end});
}

/// Each record's begin, the end of its signature, of its fixed part and of its name, and one byte
/// to both sides.
void add_truncations(Corpus& corpus) {
    const auto zip = make_zip({sample()});
    const std::size_t directory = 30 + 4 + 5; // header, name, data
    const std::size_t end = directory + 46 + 4;
    std::set<std::size_t> cuts;
    for (const auto boundary : Sizes{kEndSize,
                                     std::size_t{30},
                                     std::size_t{34},
                                     directory,
                                     directory + 4,
                                     directory + 46,
                                     end,
                                     end + 4,
                                     end + 10,
                                     end + 12,
                                     end + 16,
                                     end + 20,
                                     end + kEndSize - 1}) {
        cuts.insert({boundary - 1, boundary, boundary + 1});
    }
    cuts.insert({0, 1, 4});
    for (const auto cut : cuts) {
        if (cut >= zip.size()) {
            continue;
        }
        const auto* const verdict = cut < kEndSize  ? "too-small"
                                    : cut < end + 4 ? "no-eocd"
                                                    : "eocd-not-at-end";
        corpus.add(
            verdict, "row 44, R1: cut to " + std::to_string(cut) + " bytes", zip.substr(0, cut));
    }
    corpus.add(kAccept, "row 44, R1: not cut", zip);
}

void add_what_follows(Corpus& corpus) {
    const auto zip = make_zip({sample()});
    const auto other = make_zip({packed_sample()});
    for (const auto& tail : {"\0"s,
                             "x"s,
                             "\n"s,
                             "\r\n"s,
                             "PK"s,
                             std::string(22, '\0'),
                             std::string(512, '\0'),
                             std::string(10240, '\0'),
                             text_of(65535)}) {
        corpus.add("eocd-not-at-end",
                   "row 10, R1: " + std::to_string(tail.size()) + " bytes behind the end",
                   zip + tail);
    }
    corpus.add("cd-not-adjacent", "row 10, R2: another zip appended as it is", zip + other);
    corpus.add("gap",
               "row 10, R5: another zip appended, its offsets right",
               make_zip(ZipLayout{.entries = {packed_sample()}, .before = zip}));
    corpus.add("no-eocd",
               "row 44, R1: no end record",
               make_zip(ZipLayout{.entries = {sample()}, .has_end = false}));
    corpus.add("no-eocd",
               "row 8, R1: an end record where nobody looks for it",
               with_end({.comment = text_of(65535)}) + "x");
    corpus.add("no-eocd", "R1: 22 zeros", std::string(22, '\0'));
    corpus.add("no-eocd", "R1: a megabyte of zeros", std::string(1 << 20, '\0'));
    for (const std::uint32_t bit : {0U, 9U, 17U, 25U, 31U}) {
        corpus.add("no-eocd",
                   "R1: bit " + std::to_string(bit) + " of the signature is wrong",
                   with_end({.signature = 0x06054b50U ^ (1U << bit)}));
    }
}

void add_comments(Corpus& corpus) {
    for (const auto length : Sizes{1, 2, 100, 16'000}) {
        corpus.add(kAccept,
                   "row 8, R1: comment of " + std::to_string(length),
                   with_end({.comment = text_of(length)}));
    }
    // Section 6b: libarchive does not find an end record that lies more than 16 KiB before the end.
    for (const auto length : Sizes{17'000, 20'000, 32'768, 65'534, 65'535}) {
        corpus.add("parser-differential",
                   "row 8, R1: comment of " + std::to_string(length),
                   with_end({.comment = text_of(length)}));
    }
    for (const auto length : Words{0, 1, 2, 4, 5, 6, 22, 0x7fff, 0xffff}) {
        if (length != 3) {
            corpus.add("eocd-not-at-end",
                       "row 10, R1: a comment of 3 is said to have " + std::to_string(length),
                       with_end({.comment_length = length, .comment = "abc"}));
        }
    }
}

/// Rows 8 and 9: signatures of an end record in places where none belongs.
void add_second_end_records(Corpus& corpus) {
    const auto fake = [](std::size_t comment_length) {
        return kEndSignature + std::string(16, '\0') +
               test::little16(static_cast<std::uint16_t>(comment_length));
    };
    corpus.add("eocd-in-comment",
               "row 9, R1: an empty archive's end record as comment",
               with_end({.comment = fake(0)}));
    corpus.add("eocd-in-comment",
               "row 9, R1: another archive as comment",
               with_end({.comment = make_zip({packed_sample()})}));
    corpus.add("eocd-in-comment",
               "row 9, R1: the same archive as comment",
               with_end({.comment = make_zip({sample()})}));
    for (const auto place : Sizes{0, 1, 21, 22, 96}) {
        corpus.add("eocd-in-comment",
                   "row 9, R1: the signature at " + std::to_string(place) + " of the comment",
                   with_end({.comment = text_of(place) + kEndSignature + text_of(96 - place)}));
        corpus.add("eocd-in-comment",
                   "row 9, R1: an end record with a comment at " + std::to_string(place) +
                       " of the comment",
                   with_end({.comment = text_of(place) + fake(96 - place) + text_of(96 - place)}));
    }
    corpus.add("eocd-in-comment",
               "row 9, R1: signatures, nothing else, as comment",
               with_end({.comment = repeated(kEndSignature, 16'383)}));
    const auto rest = make_zip({test::stored("a", fake(0))}).size() - (30 + 1) - kEndSize;
    corpus.add("eocd-in-comment",
               "row 9, R1: an entry's content is an end record whose comment ends the file",
               make_zip({test::stored("a", fake(rest))}));
    corpus.add(kAccept,
               "row 9, R1: an entry's content is an end record that ends elsewhere",
               make_zip({test::stored("a", fake(3))}));
    corpus.add(kAccept,
               "row 9, R1: most of the signature as comment",
               with_end({.comment = "..PK\5\7..PK\5"}));
}

void add_disks_and_counts(Corpus& corpus) {
    for (const auto disk : Words{1, 2, 255, 256, 0xfffe, 0xffff}) {
        const auto about = "row 45, R2: disk " + in_hex(disk);
        corpus.add("multi-disk", about, with_end({.disk = disk}));
        corpus.add("multi-disk", about + " of the directory", with_end({.directory_disk = disk}));
        corpus.add("multi-disk",
                   about + " in both places",
                   with_end({.disk = disk, .directory_disk = disk}));
    }
    for (const auto count : Words{0, 2, 3, 256, 0xfffe, 0xffff}) {
        const auto about = "row 45, R2: " + in_hex(count);
        corpus.add("eocd-counts",
                   about + " entries on this disk, 1 in all",
                   with_end({.entries_here = count}));
        corpus.add("eocd-counts",
                   about + " entries in all, 1 on this disk",
                   with_end({.entries_here = 1, .entries = count}));
    }
    corpus.add("zip64-missing", "R2: the counts refer to zip64", with_end({.entries = 0xffff}));
    // A field that holds its sentinel gives no number that the position could be compared with, so
    // it is the reference that is wrong, not the position.
    corpus.add(
        "zip64-missing", "R2: the size refers to zip64", with_end({.directory_size = 0xffffffff}));
    corpus.add("zip64-missing",
               "R2: the offset refers to zip64",
               with_end({.directory_offset = 0xffffffff}));
    corpus.add("zip64-missing",
               "R2: all refer to zip64",
               make_zip(ZipLayout{.entries = {sample()},
                                  .zip64 = Zip64End{.has_record = false, .has_locator = false}}));
    corpus.add("zip64-missing",
               "row 14, R2: a record without a locator",
               with_zip64({.has_locator = false}));
    corpus.add("zip64-missing",
               "R3: a byte between locator and end record",
               make_zip(ZipLayout{.entries = {sample()}, .before_end = "x", .zip64 = Zip64End{}}));
}

void add_positions(Corpus& corpus) {
    const std::uint32_t size = 46 + 4;
    const std::uint32_t offset = 30 + 4 + 5;
    for (const auto wrong : wrong_values(size)) {
        corpus.add("cd-not-adjacent",
                   "R2: directory size " + in_hex(wrong),
                   with_end({.directory_size = wrong}));
    }
    for (const auto wrong : wrong_values(offset)) {
        corpus.add("cd-not-adjacent",
                   "R2: directory offset " + in_hex(wrong),
                   with_end({.directory_offset = wrong}));
    }
    for (const auto& junk :
         {"x"s, "\0"s, "PK\1\2"s, std::string(20, '\0'), text_of(22), text_of(76), text_of(4096)}) {
        const auto about = std::to_string(junk.size()) + " bytes ";
        corpus.add("cd-not-adjacent",
                   "R2: " + about + "behind the directory",
                   make_zip(ZipLayout{.entries = {sample()}, .after_directory = junk}));
        corpus.add("zip64-eocd-misplaced",
                   "row 14, R3: " + about + "between record and locator",
                   with_zip64({.between = junk}));
        corpus.add("cd-not-adjacent",
                   "R2: " + about + "between directory and zip64 record",
                   make_zip(ZipLayout{
                       .entries = {sample()}, .after_directory = junk, .zip64 = Zip64End{}}));
    }
}

void add_zip64_locators(Corpus& corpus) {
    for (const std::uint32_t number : {0U, 2U, 0x100U, 0xffffffffU}) {
        corpus.add(
            "zip64-locator", "R3: " + in_hex(number) + " disks", with_zip64({.disks = number}));
        if (number != 0) {
            corpus.add("zip64-locator",
                       "R3: disk " + in_hex(number),
                       with_zip64({.locator_disk = number}));
        }
    }
    const std::uint64_t truth = 30 + 4 + 5 + 46 + 4;
    for (const auto offset : Longs{truth - 1,
                                   truth + 1,
                                   std::uint64_t{0},
                                   truth + 56,
                                   truth + 76,
                                   truth << 32U,
                                   std::uint64_t{1} << 63U,
                                   ~std::uint64_t{0},
                                   ~std::uint64_t{0} - 55}) {
        corpus.add("zip64-eocd-misplaced",
                   "row 14, R3: record said to lie at " + in_hex(offset),
                   with_zip64({.locator_offset = offset}));
    }
    corpus.add("zip64-eocd-misplaced",
               "row 14, R3: a locator without a record",
               with_zip64({.has_record = false}));
    corpus.add("zip64-eocd-misplaced",
               "row 13, R3: the record has a tail",
               with_zip64({.extensible_data = text_of(8)}));
    corpus.add("zip64-eocd-misplaced",
               "row 13, R3: the record has a tail that it does not count",
               with_zip64({.record_size = 44, .extensible_data = text_of(8)}));
    corpus.add("zip64-eocd-misplaced",
               "row 13, R3: a second record in front, to which the locator points",
               with_zip64({.between = with_zip64({}).substr(truth, 56), .locator_offset = truth}));
    for (const auto size : Longs{std::uint64_t{0},
                                 std::uint64_t{43},
                                 std::uint64_t{45},
                                 std::uint64_t{56},
                                 std::uint64_t{64},
                                 ~std::uint64_t{0},
                                 ~std::uint64_t{0} - 11}) {
        corpus.add(
            "zip64-ext", "R3: record size " + in_hex(size), with_zip64({.record_size = size}));
    }
}

/// Row 13: what the end record says beside what the zip64 record says. One entry.
void add_zip64_disagreement(Corpus& corpus) {
    const Zip64End plain = {.masks_end_record = false};
    corpus.add(kAccept, "R3: both records say the same", with_zip64(plain));
    corpus.add(kAccept, "R3: the end record refers to zip64", with_zip64({}));
    for (const auto count : Words{0, 2, 255, 0xfffe}) {
        corpus.add("zip64-eocd-disagree",
                   "row 13, R3: the end record counts " + in_hex(count),
                   with_zip64(plain, {.entries = count}));
        corpus.add("zip64-eocd-disagree",
                   "row 13, R3: the end record counts " + in_hex(count) + " here",
                   with_zip64(plain, {.entries_here = count, .entries = 0xffff}));
    }
    corpus.add("eocd-counts",
               "row 45, R2: the end record contradicts itself before zip64 is looked at",
               with_zip64(plain, {.entries_here = 2, .entries = 1}));
    for (const auto wrong : wrong_values(46 + 4)) {
        corpus.add("zip64-eocd-disagree",
                   "row 13, R3: the end record's size is " + in_hex(wrong),
                   with_zip64(plain, {.directory_size = wrong}));
    }
    for (const auto wrong : wrong_values(30 + 4 + 5)) {
        corpus.add("zip64-eocd-disagree",
                   "row 13, R3: the end record's offset is " + in_hex(wrong),
                   with_zip64(plain, {.directory_offset = wrong}));
    }
    for (const auto& masked : std::array{EndRecord{.disk = 0xffff},
                                         EndRecord{.directory_disk = 0xffff},
                                         EndRecord{.entries_here = 0xffff, .entries = 1},
                                         EndRecord{.entries_here = 1, .entries = 0xffff},
                                         EndRecord{.directory_size = 0xffffffff},
                                         EndRecord{.directory_offset = 0xffffffff}}) {
        corpus.add(kAccept, "R3: one field refers to zip64", with_zip64(plain, masked));
    }
}

void add_zip64_records(Corpus& corpus) {
    for (const std::uint32_t disk : {1U, 0xffffU, 0xffffffffU}) {
        corpus.add(
            "multi-disk", "row 45, R2: zip64 disk " + in_hex(disk), with_zip64({.disk = disk}));
        corpus.add("multi-disk",
                   "row 45, R2: zip64 disk of the directory " + in_hex(disk),
                   with_zip64({.directory_disk = disk}));
    }
    for (const auto count :
         Longs{std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{1} << 32U, ~std::uint64_t{0}}) {
        corpus.add("eocd-counts",
                   "row 45, R2: zip64 counts 1, here " + in_hex(count),
                   with_zip64({.entries_here = count}));
        corpus.add("eocd-count-mismatch",
                   "row 12, R4: zip64 counts " + in_hex(count),
                   with_zip64({.entries = count}));
    }
    for (const auto off : Longs{std::uint64_t{1},
                                std::uint64_t{39},
                                std::uint64_t{1} << 32U,
                                std::uint64_t{1} << 63U}) {
        corpus.add("cd-not-adjacent",
                   "R2: zip64 size off by " + in_hex(off),
                   with_zip64({.directory_size = 50 + off}));
        corpus.add("cd-not-adjacent",
                   "R2: zip64 offset off by " + in_hex(off),
                   with_zip64({.directory_offset = 39 + off}));
    }
    for (const auto off : Longs{std::uint64_t{1} << 32U, std::uint64_t{1} << 63U}) {
        corpus.add("cd-not-adjacent",
                   "R2: zip64 size and offset whose sum is right if 64 bits overflow",
                   with_zip64({.directory_size = 50 - off, .directory_offset = 39 + off}));
    }
    corpus.add("cd-signature",
               "R4: zip64 size and offset off by 1, their sum is right",
               with_zip64({.directory_size = 49, .directory_offset = 40}));
}

void add_empty_archives(Corpus& corpus) {
    corpus.add(kEmpty, "row 58: no entries", make_zip(ZipLayout{}));
    corpus.add(kEmpty,
               "row 58: no entries, a comment",
               make_zip(ZipLayout{.end = {.comment = "nothing"}}));
    corpus.add(kEmpty, "row 58: no entries, zip64", make_zip(ZipLayout{.zip64 = Zip64End{}}));
    corpus.add("gap", "row 58, R5: no entries, but bytes", make_zip(ZipLayout{.before = "x"}));
    corpus.add("gap", "row 3, R5: no entries, but a local header", make_zip({sample().hidden()}));
    corpus.add("eocd-count-mismatch",
               "row 12, R4: no entries, 1 counted",
               make_zip(ZipLayout{.end = {.entries = 1}}));
}

} // namespace

void add_end_records(Corpus& corpus) {
    add_truncations(corpus);
    add_what_follows(corpus);
    add_comments(corpus);
    add_second_end_records(corpus);
    add_disks_and_counts(corpus);
    add_positions(corpus);
    add_zip64_locators(corpus);
    add_zip64_disagreement(corpus);
    add_zip64_records(corpus);
    add_empty_archives(corpus);
}

} // namespace preflight::hostile
