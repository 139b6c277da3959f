// SPDX-License-Identifier: Apache-2.0
//
// R4 The count is the count. R5 Entries tile the file.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace preflight::hostile {
namespace {

using test::EndRecord;
using test::make_zip;
using test::stored;
using test::ZipEntry;
using test::ZipLayout;

using std::string_literals::operator""s;

constexpr std::uint32_t kLocalLength = 30 + 4 + 5;   // of sample()
constexpr std::uint32_t kCentralLength = 46 + 4;     // likewise
constexpr std::string_view kTarName = "folder/file"; // in front of a zip that is a tar as well

std::vector<ZipEntry> three() {
    return {sample(), packed_sample(), stored("c.py", "x = 1\n")};
}

void add_counts(Corpus& corpus) {
    for (const auto count : Words{0, 1, 2, 4, 5, 255, 0xfffe}) {
        corpus.add("eocd-count-mismatch",
                   "row 12, R4: 3 entries, " + std::to_string(count) + " counted",
                   make_zip(ZipLayout{.entries = three(), .end = {.entries = count}}));
    }
    corpus.add(kAccept, "row 12, R4: 3 entries, 3 counted", make_zip(three()));
    auto wordy = three();
    wordy[1] = wordy[1].central({.comment = text_of(1000)});
    corpus.add("eocd-count-mismatch",
               "row 12, R4: 3 entries, 4 counted, for which there would be room",
               make_zip(ZipLayout{.entries = wordy, .end = {.entries = 4}}));
    for (const auto length : Sizes{46, 50, 1000}) {
        corpus.add("eocd-count-mismatch",
                   "row 12, R4: bytes behind the last record that the directory counts as its own",
                   make_zip(ZipLayout{.entries = {sample()},
                                      .after_directory = text_of(length),
                                      .end = {.directory_size = static_cast<std::uint32_t>(
                                                  kCentralLength + length)}}));
    }
}

void add_central_signatures(Corpus& corpus) {
    for (const std::uint32_t signature : {0x02014b51U,
                                          0x02014c50U,
                                          0x02004b50U,
                                          0x03014b50U,
                                          0U,
                                          0xffffffffU,
                                          0x04034b50U,
                                          0x05054b50U,
                                          0x06054b51U,
                                          0x06064b50U,
                                          0x08074b50U}) {
        for (const auto place : Sizes{0, 1, 2}) {
            auto entries = three();
            entries[place] = entries[place].central({.signature = signature});
            corpus.add("cd-signature",
                       "R4: signature " + in_hex(signature) + " of record " + std::to_string(place),
                       make_zip(entries));
        }
    }
    corpus.add("cd-signature",
               "R4: the directory begins a byte later",
               make_zip(ZipLayout{.entries = {sample()},
                                  .end = {.directory_size = kCentralLength - 1,
                                          .directory_offset = kLocalLength + 1}}));
    corpus.add("cd-signature",
               "R4: the directory begins a byte earlier",
               make_zip(ZipLayout{.entries = {sample()},
                                  .end = {.directory_size = kCentralLength + 1,
                                          .directory_offset = kLocalLength - 1}}));
}

/// Lengths that let a record reach beyond the directory, or into the next record.
void add_central_lengths(Corpus& corpus) {
    for (const auto more : Words{1, 2, 45, 46, 0x7ff0, 0xfff0}) {
        const auto about = " too long by " + std::to_string(more);
        const auto name_length = static_cast<std::uint16_t>(4 + more);
        corpus.add("cd-overrun",
                   "R4: name" + about,
                   make_zip({sample().central({.name_length = name_length})}));
        corpus.add("cd-overrun",
                   "R4: extra fields" + about,
                   make_zip({sample().central({.extra_length = more})}));
        corpus.add("cd-overrun",
                   "R4: comment" + about,
                   make_zip({sample().central({.comment_length = more})}));
    }
    for (const auto more : Words{1, 2, 4}) {
        const auto about = " of the first of two too long by " + std::to_string(more);
        const auto name_length = static_cast<std::uint16_t>(4 + more);
        corpus.add("cd-signature",
                   "R4: name" + about,
                   make_zip({sample().central({.name_length = name_length}), packed_sample()}));
        corpus.add("cd-signature",
                   "R4: extra fields" + about,
                   make_zip({sample().central({.extra_length = more}), packed_sample()}));
        corpus.add("cd-signature",
                   "R4: comment" + about,
                   make_zip({sample().central({.comment_length = more}), packed_sample()}));
    }
    corpus.add("cd-signature",
               "R4: name of the first of two too short",
               make_zip({sample().central({.name_length = 3}), packed_sample()}));
    for (const auto disk : Words{1, 2, 255, 0xfffe}) {
        corpus.add("multi-disk",
                   "row 45, R2: an entry on disk " + in_hex(disk),
                   make_zip({sample().central({.disk = disk})}));
    }
}

void add_offsets(Corpus& corpus) {
    for (const std::uint32_t offset :
         {1U, 2U, 3U, 4U, 8U, 9U}) { // 9: the last at which a header would fit
        corpus.add("lfh-signature",
                   "R5: an entry said to lie at " + in_hex(offset),
                   make_zip({sample().central({.offset = offset})}));
    }
    for (const std::uint32_t offset : {10U,
                                       kLocalLength - 1,
                                       kLocalLength,
                                       kLocalLength + 46,
                                       0x7fffffffU,
                                       0x80000000U,
                                       0xfffffffeU}) {
        corpus.add("lfh-overrun",
                   "R5: an entry said to lie at " + in_hex(offset),
                   make_zip({sample().central({.offset = offset})}));
    }
    for (const std::uint32_t signature :
         {0x04034b51U, 0x04034c50U, 0x04024b50U, 0x05034b50U, 0U, 0x02014b50U, 0x08074b50U}) {
        corpus.add("lfh-signature",
                   "R5: local signature " + in_hex(signature),
                   make_zip({sample().local({.signature = signature})}));
        corpus.add("lfh-signature",
                   "R5: local signature " + in_hex(signature) + " of the second entry",
                   make_zip({sample(), packed_sample().local({.signature = signature})}));
    }
}

/// Lengths and sizes that move the end of an entry.
void add_ends(Corpus& corpus) {
    const auto next = packed_sample();
    for (const std::uint32_t more : {1U, 2U, 30U}) {
        const auto about = std::to_string(more);
        const auto size = 5 + more;
        const auto length = static_cast<std::uint16_t>(more);
        corpus.add("lfh-overrun",
                   "row 18, R4: the last entry's data too long by " + about,
                   make_zip({sample().both({.compressed_size = size})}));
        corpus.add("overlap",
                   "row 39, R5: data that reach into the next entry by " + about,
                   make_zip({sample().both({.compressed_size = size}), next}));
        corpus.add("lfh-overrun",
                   "R4: the last local header's extra fields too long by " + about,
                   make_zip({sample().local({.extra_length = length})}));
        corpus.add("overlap",
                   "R5: local extra fields that reach into the next entry by " + about,
                   make_zip({sample().local({.extra_length = length}), next}));
        corpus.add("overlap",
                   "R5: a local name that reaches into the next entry by " + about,
                   make_zip({sample().local({.name_length = static_cast<std::uint16_t>(4 + more)}),
                             next}));
    }
    for (const std::uint32_t less : {1U, 2U, 5U}) {
        const auto about = std::to_string(less);
        corpus.add("gap",
                   "row 18, R5: the last entry's data too short by " + about,
                   make_zip({sample().both({.compressed_size = 5 - less})}));
        corpus.add("gap",
                   "row 18, R5: the first entry's data too short by " + about,
                   make_zip({sample().both({.compressed_size = 5 - less}), next}));
        corpus.add("gap",
                   "row 18, R5: in the directory alone, data too short by " + about,
                   make_zip({sample().central({.compressed_size = 5 - less}), next}));
    }
    corpus.add("gap", "R5: a local name too short", make_zip({sample().local({.name_length = 3})}));
    for (const std::uint32_t size : {0x7fffffffU, 0x80000000U, 0xfffffffeU}) {
        corpus.add("lfh-overrun",
                   "row 18, R4: data of " + in_hex(size) + " bytes",
                   make_zip({sample().both({.compressed_size = size}), next}));
    }
    for (const auto length : Words{0x7fff, 0xffff}) {
        corpus.add("lfh-overrun",
                   "R4: a local name of " + in_hex(length),
                   make_zip({sample().local({.name_length = length}), next}));
        corpus.add("lfh-overrun",
                   "R4: local extra fields of " + in_hex(length),
                   make_zip({sample().local({.extra_length = length}), next}));
    }
}

void add_junk(Corpus& corpus) {
    for (const auto& junk : {"\0"s,
                             "x"s,
                             "PK\3\4"s,
                             "PK\7\x08"s + std::string(12, '\0'),
                             std::string(512, '\0'),
                             text_of(4096),
                             sample().local_record()}) {
        const auto about = "row 11, R5: " + std::to_string(junk.size()) + " bytes ";
        corpus.add("gap",
                   about + "in front of the first entry",
                   make_zip(ZipLayout{.entries = three(), .before = junk}));
        corpus.add(
            "cd-not-adjacent",
            about + "in front of everything, that offsets do not count",
            make_zip(ZipLayout{.entries = three(), .before = junk, .offsets_count_before = false}));
        corpus.add("gap",
                   about + "between two entries",
                   make_zip({sample(), packed_sample().junk_before(junk)}));
        corpus.add("gap",
                   about + "behind the second of three",
                   make_zip({sample(), packed_sample().junk_after(junk), stored("c.py", "")}));
        corpus.add("gap",
                   about + "in front of the directory",
                   make_zip(ZipLayout{.entries = three(), .before_directory = junk}));
        corpus.add("cd-not-adjacent",
                   "row 11, R2: " + std::to_string(junk.size()) +
                       " bytes in front of the end record",
                   make_zip(ZipLayout{.entries = three(), .before_end = junk}));
    }
}

/// A header of `tar` in front, as of an archive that is both.
std::string tar_header() {
    std::string header(512, '\0');
    header.replace(0, kTarName.size(), kTarName);
    header.replace(257, 5, "ustar");
    return header;
}

void add_prefixes(Corpus& corpus) {
    const std::array<std::pair<std::string_view, std::string>, 4> prefixes = {{
        {"a line of #!", "#!/usr/bin/env python3\n"},
        {"a self-extractor", "MZ" + std::string(1022, '\x90')},
        {"a tar", tar_header()},
        {"another zip", make_zip({stored("other.py", "y")})},
    }};
    for (const auto& [what, prefix] : prefixes) {
        corpus.add("gap",
                   "row 11, R5: " + std::string(what) + " in front, offsets count it",
                   make_zip(ZipLayout{.entries = three(), .before = prefix}));
        corpus.add("cd-not-adjacent",
                   "row 11, R2: " + std::string(what) + " in front, offsets do not count it",
                   make_zip(ZipLayout{
                       .entries = three(), .before = prefix, .offsets_count_before = false}));
    }
    const Traits program = {.suffix = ".pyz"};
    const auto with_prefix = [](const std::string& prefix) {
        return make_zip(ZipLayout{.entries = three(), .before = prefix});
    };
    corpus.add(kAccept,
               "row 11, R5: a .pyz with its line of #!",
               with_prefix("#!/usr/bin/env python3\n"),
               program);
    corpus.add(kAccept, "row 11, R5: a .pyz without a line of #!", with_prefix(""), program);
    for (const auto& prefix : {"#!/bin/sh"s,
                               "#!/bin/sh\n\n"s,
                               "#!/bin/sh\nexit\n"s,
                               "\n#!/bin/sh\n"s,
                               "# /bin/sh\n"s,
                               "#!/bin/sh\nPK\3\4"s}) {
        corpus.add("gap",
                   "row 11, R5: a .pyz with something else than one line of #! in front",
                   with_prefix(prefix),
                   program);
    }
}

/// Rows 2, 3 and 39.
void add_sharing(Corpus& corpus) {
    const auto again = stored("b.py", "12345").shares_local_header_of(0);
    corpus.add("overlap", "row 2, R5: two names on one local header", make_zip({sample(), again}));
    corpus.add("overlap",
               "row 2, R5: one name twice on one local header",
               make_zip({sample(), sample().shares_local_header_of(0)}));
    corpus.add("overlap",
               "row 2, R5: three names on one local header",
               make_zip({sample(), packed_sample(), again, again}));
    corpus.add("overlap",
               "row 2, R5: two names on one local header, the other first",
               make_zip(ZipLayout{.entries = {sample(), again}, .directory_order = {1, 0}}));
    for (const auto place : Sizes{0, 1, 2, 3}) {
        auto entries = three();
        entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(place),
                       stored("hidden.py", "import os\n").hidden());
        corpus.add("gap",
                   "row 3, R5: a local header that the directory does not list, at " +
                       std::to_string(place),
                   make_zip(entries));
    }
    const auto inner = stored("inner.py", "import os\n");
    const auto quoted = inner.local_record();
    for (const auto place : Sizes{0, 1, 7}) {
        const auto offset = static_cast<std::uint32_t>(30 + 1 + place);
        const auto outer = stored("a", text_of(place) + quoted + text_of(3));
        corpus.add(kAccept, "row 3, R5: an entry holds another zip's entry", make_zip({outer}));
        corpus.add("overlap",
                   "row 39, R5: an entry lies in the data of another",
                   make_zip({outer, inner.shares_local_header_of(0).central({.offset = offset})}));
    }
    corpus.add(kAccept,
               "R5: the directory in another order than the entries",
               make_zip(ZipLayout{.entries = three(), .directory_order = {2, 0, 1}}));
    corpus.add("duplicate",
               "row 32, R10: a CD order that swaps the winner",
               make_zip(ZipLayout{.entries = {sample(), stored("a.py", "other")},
                                  .directory_order = {1, 0}}));
}

} // namespace

void add_directories(Corpus& corpus) {
    add_counts(corpus);
    add_central_signatures(corpus);
    add_central_lengths(corpus);
    add_offsets(corpus);
    add_ends(corpus);
    add_junk(corpus);
    add_prefixes(corpus);
    add_sharing(corpus);
}

} // namespace preflight::hostile
