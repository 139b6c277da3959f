// SPDX-License-Identifier: Apache-2.0
//
// Archives that are dear to look at, because there is a great many of something. Where the rules
// allow it, what breaks one of them stands last.
#include "corpus.hpp"
#include "large_zip.hpp"
#include "samples.hpp"

#include <string>
#include <vector>

namespace preflight::hostile {
namespace {

using test::deflated;
using test::extra_field;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;
using test::ZipLayout;

constexpr Traits kBomb = {.kind = Kind::bomb};
constexpr std::uint32_t kLinkMode = 0120777;

std::string crowd_of(std::uint32_t entries) {
    LargeZip zip(stored(numbered_name(0), ""));
    for (std::uint32_t entry = 0; entry < entries; ++entry) {
        zip.add(numbered_name(entry));
    }
    return zip.finish();
}

/// Row 41, and the limit of R12 on entries.
void add_entries(Corpus& corpus) {
    corpus.add(kAccept, "row 41, R12: 199,999 entries", crowd_of(199'999));
    corpus.add(kAccept, "row 41, R12: 200,000 entries", crowd_of(200'000));
    corpus.add("too-many-entries", "row 41, R12: 200,001 entries", crowd_of(200'001), kBomb);
    corpus.add("too-many-entries", "row 41, R12: 1,000,000 entries", crowd_of(1'000'000), kBomb);

    LargeZip zip(stored(numbered_name(0), ""));
    for (std::uint32_t entry = 0; entry < 1'000'000; ++entry) {
        zip.add_to_directory(numbered_name(entry), 0);
    }
    corpus.add(
        "too-many-entries", "row 41, R12: 1,000,000 records, and no entry", zip.finish(), kBomb);
    for (const auto count : Longs{std::uint64_t{1'000'000},
                                  std::uint64_t{1} << 32U,
                                  std::uint64_t{1} << 62U,
                                  ~std::uint64_t{0}}) {
        corpus.add(
            "eocd-count-mismatch",
            "row 41, R4: " + in_hex(count) + " entries counted, 1 there",
            make_zip(ZipLayout{.entries = {sample()}, .zip64 = test::Zip64End{.entries = count}}),
            kBomb);
    }
}

/// 200,000 entries of which the last is refused.
void add_late_refusals(Corpus& corpus) {
    const auto add = [&](std::string_view verdict, const std::string& about, const ZipEntry& last) {
        LargeZip zip(stored(numbered_name(0), ""));
        for (std::uint32_t entry = 0; entry + 1 < 200'000; ++entry) {
            zip.add(numbered_name(entry));
        }
        zip.add(last);
        corpus.add(verdict, about + " the last of 200,000", zip.finish());
    };
    add("duplicate", "row 32, R10: a duplicate,", stored(numbered_name(100'000), "x"));
    add("file-as-directory",
        "row 34, R10: a file below a file,",
        stored(numbered_name(100'000) + "/x", "x"));
    add("symlink-escape", "row 35, R11: a link,", link("l", "../x"));
    add("ratio-impossible",
        "row 40, R12: an impossible size,",
        deflated("a", "x").both({.size = 100'000}));
    add("crc-bad", "row 21, R13: a wrong CRC,", sample().both({.crc32 = 1}));
}

/// 2 to the power of 17 names that differ in case alone.
void add_case_collisions(Corpus& corpus) {
    constexpr unsigned kLetters = 17;
    LargeZip zip(stored(std::string(kLetters, 'a'), ""));
    for (std::uint32_t number = 0; number < 1U << kLetters; ++number) {
        std::string name;
        for (unsigned letter = 0; letter < kLetters; ++letter) {
            name += (number >> letter & 1U) != 0 ? 'A' : 'a';
        }
        zip.add(name);
    }
    corpus.add(kAccept, "row 33, R10: 131,072 names that differ in case", zip.finish());
}

/// Row 55.
void add_deep_names(Corpus& corpus) {
    const auto folders = repeated("a/", 1'989);
    LargeZip zip(stored(folders + numbered_name(0), ""));
    for (std::uint32_t entry = 0; entry < 7'000; ++entry) {
        zip.add(folders + numbered_name(entry));
    }
    corpus.add("name-too-long", "row 55, R10: 7,000 names of 1,990 components", zip.finish());
}

/// Unflagged names that become three times as long when read as Python reads them.
void add_code_page_names(Corpus& corpus) {
    const auto folders = repeated(repeated("\xc3\xa9", 120) + "/", 8);
    LargeZip zip(stored(folders + numbered_name(0), "").both({.flags = 0}));
    for (std::uint32_t entry = 0; entry < 20'000; ++entry) {
        zip.add(folders + numbered_name(entry));
    }
    zip.add(folders + numbered_name(10'000));
    corpus.add("duplicate",
               "row 53, R10: 20,001 unflagged names of 1,934 bytes, the last a duplicate",
               zip.finish());
}

/// Accents in the wrong order, which composing would have to sort: the name is too long for that.
void add_accents(Corpus& corpus) {
    const auto above = repeated("\xcc\x81", 16'383); // U+0301, class 230
    const auto below = repeated("\xcc\xa3", 16'383); // U+0323, class 220
    corpus.add("name-too-long",
               "row 33, R10: a name of 32,766 accents, half of them in the wrong place",
               make_zip({stored("q" + above + below, "x")}));
}

void add_many_links(Corpus& corpus) {
    const auto add = [&](std::uint32_t links,
                         const std::string& about,
                         const std::string& target,
                         const std::string& rule = "symlink-escape") {
        LargeZip zip(deflated(numbered_name(0), target).mode(kLinkMode));
        for (std::uint32_t entry = 0; entry < links; ++entry) {
            zip.add(numbered_name(entry));
        }
        zip.add(link("zzz", "../x"));
        corpus.add(rule,
                   "row 35, R11: " + std::to_string(links) + " links " + about +
                       ", and one that escapes",
                   zip.finish());
    };
    add(20'000, "of 2,047 components", repeated("a/", 2'047) + "b");
    add(20'000, "of 4,095 bytes that go down and up", repeated("a/../", 819));
    add(20'000, "to one that does not exist", "x");
    // Those of an archive may take 8 MiB together.
    add(50'000, "of 4,095 bytes, 205 MB in all", text_of(4'095), "symlink-target");
}

/// R9: all the extra fields that 16 bits admit.
void add_many_extra_fields(Corpus& corpus) {
    const auto fields = [](std::size_t count, std::size_t length) {
        std::string extra;
        for (std::size_t number = 0; number < count; ++number) {
            extra += extra_field(static_cast<std::uint16_t>(0x5000 + number), text_of(length));
        }
        return extra;
    };
    const auto crowd = [&](std::uint32_t entries, const std::string& extra, const ZipEntry& last) {
        LargeZip zip(stored(numbered_name(0), "").both({.extra = extra}));
        for (std::uint32_t entry = 0; entry < entries; ++entry) {
            zip.add(numbered_name(entry));
        }
        zip.add(last);
        return zip.finish();
    };
    const auto last = stored("zzz", "");
    corpus.add(
        "extra-too-many",
        "R9: 65,535 bytes of extra fields in each of 400 entries, the last with one field too many",
        crowd(400, fields(64, 1'019), last.both({.extra = fields(65, 0)})));
    corpus.add("extra-duplicate",
               "R9: 64 extra fields in each of 50,000 entries, a duplicate in the last",
               crowd(50'000, fields(64, 0), last.both({.extra = fields(63, 0) + fields(1, 0)})));
    corpus.add("extra-too-many",
               "R9: 16,383 extra fields in each of 400 entries",
               crowd(400, fields(16'383, 0), last));
}

/// Row 22.
void add_many_descriptors(Corpus& corpus) {
    const auto zip_of = [](const ZipEntry& pattern, const ZipEntry& last) {
        LargeZip zip(pattern);
        for (std::uint32_t entry = 0; entry < 100'000; ++entry) {
            zip.add(numbered_name(entry));
        }
        zip.add(last);
        return zip.finish();
    };
    const auto pattern = stored(numbered_name(0), "x");
    corpus.add("data-descriptor",
               "row 22, R7: 100,000 descriptors, the last is wrong",
               zip_of(pattern.data_descriptor({.has_signature = false, .is_wide = true}),
                      stored("zzz", "x").data_descriptor({.crc32 = 1})));
    corpus.add("data-descriptor",
               "row 22, R7: 100,000 descriptors announced, none there",
               zip_of(pattern.both({.flags = 8}), stored("zzz", "x")));
    corpus.add(
        "stored-dd-ambiguous",
        "row 22, R7: 40 MB of nearly a descriptor, at their end one",
        make_zip({stored("a", repeated("PK\7", 13'000'000) + "PK\7\x08").data_descriptor()}));
}

} // namespace

void add_crowds(Corpus& corpus) {
    add_entries(corpus);
    add_late_refusals(corpus);
    add_case_collisions(corpus);
    add_deep_names(corpus);
    add_code_page_names(corpus);
    add_accents(corpus);
    add_many_links(corpus);
    add_many_extra_fields(corpus);
    add_many_descriptors(corpus);
}

} // namespace preflight::hostile
