// SPDX-License-Identifier: Apache-2.0
//
// R11 Types, but for links.
#include "corpus.hpp"
#include "samples.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace preflight::hostile {
namespace {

using test::deflated;
using test::directory;
using test::make_zip;
using test::stored;
using test::ZipEntry;

// POSIX <sys/stat.h>
constexpr std::uint32_t kRegular = 0100000;
constexpr std::uint32_t kDirectory = 0040000;
constexpr std::uint32_t kLink = 0120000;

constexpr std::uint8_t kUnix = 3; // APPNOTE.TXT 6.3.10, section 4.4.2.2

// All that APPNOTE names, and some that it does not.
constexpr std::array<std::uint8_t, 24> kHosts = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,   10,  11,
                                                 12, 13, 14, 15, 16, 17, 18, 19, 30, 127, 128, 255};

ZipEntry with_attributes(const ZipEntry& entry, std::uint8_t host, std::uint32_t attributes) {
    const auto made_by = static_cast<std::uint16_t>(unsigned{host} << 8U | 20U);
    return entry.central({.version_made_by = made_by, .external_attributes = attributes});
}

std::string_view verdict_on_type(std::uint8_t host, std::uint32_t type) {
    switch (type) {
    case 0:
    case kRegular:
        return kAccept;
    case kDirectory:
        return "dir-attr-mismatch";
    case kLink:
        return host == kUnix ? kAccept : "special-file";
    default:
        return "special-file";
    }
}

/// Every type, known or not, said by every host: of a file, and of an empty directory, where the
/// name decides alone.
void add_types_and_hosts(Corpus& corpus) {
    for (const auto host : kHosts) {
        for (std::uint32_t type = 0; type < 0200000; type += 010000) {
            const auto* const row = type == kDirectory ? "row 4"
                                    : type == kLink    ? "row 51"
                                                       : "row 5";
            const auto about =
                std::string(row) + ", R11: type " + in_hex(type) + ", host " + std::to_string(host);
            const auto attributes = (type | 0644U) << 16U;
            corpus.add(verdict_on_type(host, type),
                       about,
                       make_zip({with_attributes(sample(), host, attributes)}));
            if (host == 0 || host == kUnix || host == 19) {
                corpus.add(kAccept,
                           about + ", an empty directory",
                           make_zip({with_attributes(stored("a/", ""), host, attributes)}));
                corpus.add("dir-with-data",
                           "row 6, R11: a directory that holds data, type " + in_hex(type) +
                               ", host " + std::to_string(host),
                           make_zip({with_attributes(stored("a/", "x"), host, attributes)}));
            }
        }
    }
}

/// Attributes of MS-DOS: the low byte. A volume label is no file to Info-ZIP where the host is one
/// of those that have such labels, and a file to everybody else: measured, see
/// src/unpack/types.cpp.
void add_dos_attributes(Corpus& corpus) {
    constexpr std::array<std::uint8_t, 4> kHostsWithLabels = {0, 5, 6, 11};
    constexpr std::uint32_t kMode = (kRegular | 0644U) << 16U;
    for (const auto host : Bytes{0, 3, 5, 6, 7, 11, 14, 19}) {
        for (const std::uint32_t bit : {0x01U, 0x02U, 0x04U, 0x08U, 0x10U, 0x20U, 0x40U, 0x80U}) {
            const bool is_label =
                bit == 0x08 && std::ranges::find(kHostsWithLabels, host) != kHostsWithLabels.end();
            const auto verdict = bit == 0x10 ? "dos-dir-attr" : is_label ? "special-file" : kAccept;
            const auto about =
                "row 4, R11: DOS attribute " + in_hex(bit) + ", host " + std::to_string(host);
            corpus.add(verdict, about, make_zip({with_attributes(sample(), host, bit)}));
            corpus.add(verdict,
                       about + ", with a mode",
                       make_zip({with_attributes(sample(), host, kMode | bit)}));
        }
    }
    corpus.add("dir-attr-mismatch",
               "row 4, R11: a file said to be a directory twice over",
               make_zip({with_attributes(sample(), kUnix, (kDirectory | 0755U) << 16U | 0x10U)}));
    corpus.add("dos-dir-attr",
               "row 4, R11: an empty file said to be a directory",
               make_zip({with_attributes(stored("a", ""), 0, 0x10)}));
    corpus.add(
        "dos-dir-attr",
        "row 4, R11: a link said to be a directory",
        make_zip({with_attributes(stored("a", "b"), kUnix, (kLink | 0777U) << 16U | 0x10U)}));
    corpus.add(kAccept, "row 4, R11: an honest directory", make_zip({directory("a/")}));
}

void add_directories_with_data(Corpus& corpus) {
    corpus.add("dir-with-data",
               "row 6, R11: a directory that holds deflated data",
               make_zip({deflated("a/", text_of(1000))}));
    corpus.add("dir-with-data",
               "row 6, R11: a directory that holds code",
               make_zip({stored("pkg/", "import os\n"), sample()}));
    corpus.add("dir-with-data",
               "row 6, R11: a directory that holds data before a descriptor",
               make_zip({stored("a/", "x").data_descriptor()}));
    corpus.add(
        kAccept, "row 6, R11: a directory of nothing, deflated", make_zip({deflated("a/", "")}));
    corpus.add(kAccept,
               "row 6, R11: a directory of nothing before a descriptor",
               make_zip({directory("a/").data_descriptor()}));
    // Nobody inflates a directory, so these would carry bytes that nobody looks at. R13 makes no
    // exception for them.
    corpus.add("crc-bad",
               "row 21, R13: a directory of nothing with a CRC",
               make_zip({directory("a/").both({.crc32 = 1})}));
    corpus.add("deflate-length",
               "row 20, R13: a directory of nothing that holds a stream of something",
               make_zip({deflated("a/", "").data(test::deflate("import os\n"))}));
    corpus.add("deflate-length",
               "row 20, R13: a directory of nothing, and bytes behind the stream",
               make_zip({deflated("a/", "").data(test::deflate("") + text_of(1000))}));
    corpus.add("deflate-corrupt",
               "row 20, R13: a directory of nothing that holds no stream",
               make_zip({deflated("a/", "").data(std::string(100, '\x07'))}));
}

/// Rows 37 and 38: oddities that are no reason to refuse.
void add_modes(Corpus& corpus) {
    for (const std::uint32_t bits : {04000U, 02000U, 01000U, 07000U}) {
        corpus.add(kAccept,
                   "row 37, R11: mode " + in_hex(bits | 0755U),
                   make_zip({sample().mode(kRegular | bits | 0755U)}));
    }
    for (const std::uint32_t bits : {0U, 0600U, 0400U, 0640U}) {
        corpus.add(kAccept,
                   "row 38, R11: mode " + in_hex(bits),
                   make_zip({sample().mode(kRegular | bits)}));
    }
    corpus.add(
        "special-file", "row 5, R11: set-user-id on a socket", make_zip({sample().mode(0144755)}));
    corpus.add("special-file",
               "row 5, R11: the last of three is a pipe",
               make_zip({sample(), packed_sample(), stored("-", "x").mode(0010644)}));
    corpus.add(
        kAccept, "row 43: a zip in a zip", make_zip({stored("inner.zip", make_zip({sample()}))}));
}

} // namespace

void add_types(Corpus& corpus) {
    add_types_and_hosts(corpus);
    add_dos_attributes(corpus);
    add_directories_with_data(corpus);
    add_modes(corpus);
}

} // namespace preflight::hostile
