// SPDX-License-Identifier: Apache-2.0
//
// R8 Plain features.
#include "corpus.hpp"
#include "samples.hpp"

#include <string>

namespace preflight::hostile {
namespace {

using test::deflated;
using test::make_zip;

constexpr unsigned kAllowedFlags = 1U << 1U | 1U << 2U | 1U << 11U;
constexpr unsigned kDescriptorFlag = 1U << 3U;

/// Row 46 names bits 5, 6 and 13; row 24 bit 0.
void add_flags(Corpus& corpus) {
    for (unsigned bit = 0; bit < 16; ++bit) {
        const auto flag = static_cast<std::uint16_t>(1U << bit);
        const auto about = "row 46, R8: flag " + std::to_string(bit);
        if ((flag & kAllowedFlags) != 0) {
            corpus.add(kAccept, about, make_zip({sample().both({.flags = flag})}));
            continue;
        }
        if (flag == kDescriptorFlag) {
            corpus.add(
                kAccept, about + " and a descriptor", make_zip({sample().data_descriptor()}));
            continue;
        }
        const auto with_others = static_cast<std::uint16_t>(flag | kAllowedFlags);
        corpus.add(
            "flags-unsupported", about + ", stored", make_zip({sample().both({.flags = flag})}));
        corpus.add("flags-unsupported",
                   about + ", deflated, after another",
                   make_zip({sample(), packed_sample().both({.flags = flag})}));
        corpus.add("flags-unsupported",
                   about + " and all that are allowed",
                   make_zip({sample().both({.flags = with_others})}));
        corpus.add("flags-unsupported",
                   about + " and a descriptor",
                   make_zip({sample().both({.flags = flag}).data_descriptor()}));
    }
    corpus.add("flags-unsupported",
               "row 46, R8: encrypted, strongly, and the directory too",
               make_zip({sample().both({.flags = 0x2041})}));
    corpus.add(kAccept,
               "R8: all flags that are allowed",
               make_zip({packed_sample().both({.flags = 0x0806})}));
}

void add_methods(Corpus& corpus) {
    for (std::uint16_t method = 1; method <= 99; ++method) {
        if (method != 8) {
            corpus.add("method-unsupported",
                       "row 17, R8: method " + std::to_string(method),
                       make_zip({sample().both({.method = method})}));
        }
    }
    for (const auto method :
         Words{0x0100, 0x0108, 0x0208, 0x0800, 0x8000, 0x8008, 0xff08, 0xffff}) {
        corpus.add("method-unsupported",
                   "row 16, R8: method " + in_hex(method) + ", deflated",
                   make_zip({packed_sample().both({.method = method})}));
        corpus.add("method-unsupported",
                   "row 16, R8: method " + in_hex(method) + ", stored",
                   make_zip({sample().both({.method = method})}));
    }
    corpus.add("method-unsupported",
               "row 17, R8: one of three",
               make_zip({sample(), packed_sample().both({.method = 14}), test::stored("c", "")}));
    corpus.add(kAccept, "R8: methods 0 and 8", make_zip({sample(), packed_sample()}));
}

/// The version is the low byte; the high byte, where 7-Zip writes the host, says nothing.
void add_versions(Corpus& corpus) {
    for (const auto version :
         Words{46, 50, 51, 52, 61, 62, 63, 64, 127, 128, 255, 0x032e, 0xff2e, 0x0aff}) {
        const auto about = "row 48, R8: version needed " + in_hex(version);
        corpus.add("version-needed", about, make_zip({sample().both({.version_needed = version})}));
        corpus.add("version-needed",
                   about + ", local",
                   make_zip({sample().local({.version_needed = version})}));
        corpus.add("version-needed",
                   about + ", central",
                   make_zip({sample(), packed_sample().central({.version_needed = version})}));
    }
    for (const auto version : Words{0, 10, 20, 44, 45, 0x0314, 0x032d, 0xff2d}) {
        corpus.add(kAccept,
                   "row 48, R8: version needed " + in_hex(version),
                   make_zip({sample().both({.version_needed = version})}));
    }
}

void add_stored_sizes(Corpus& corpus) {
    for (const auto wrong : wrong_values(5)) {
        corpus.add("stored-size",
                   "row 19, R8: stored, usize " + in_hex(wrong),
                   make_zip({sample().both({.size = wrong})}));
        corpus.add("stored-size",
                   "row 19, R8: stored, usize " + in_hex(wrong) + ", a descriptor",
                   make_zip({sample().data_descriptor({.size = wrong}).central({.size = wrong})}));
    }
    corpus.add("stored-size",
               "row 19, R8: stored, empty, usize 1",
               make_zip({test::stored("a", "").both({.size = 1})}));
    corpus.add("stored-size",
               "row 19, R8: a directory, usize 1",
               make_zip({test::directory("a/").both({.size = 1})}));
    corpus.add("stored-size",
               "row 19, R8: deflated bytes said to be stored",
               make_zip({packed_sample().both({.method = 0})}));
}

/// Found by tests/differential: Java decodes each comment while it lists entries, and throws.
void add_comments(Corpus& corpus) {
    for (const auto& comment :
         {"\x99", "caf\xe9", "\xc3", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80"}) {
        for (const std::uint16_t flags : {std::uint16_t{0}, std::uint16_t{0x0800}}) {
            corpus.add("comment-not-utf8",
                       "R8: a comment of an entry that is not UTF-8",
                       make_zip({sample().both({.flags = flags}).central({.comment = comment})}));
        }
    }
    for (const auto& comment : {"a comment", "caf\xc3\xa9", "\xe2\x82\xac"}) {
        corpus.add(kAccept,
                   "R8: a comment of an entry in UTF-8",
                   make_zip({sample().central({.comment = comment})}));
    }
}

} // namespace

void add_features(Corpus& corpus) {
    add_flags(corpus);
    add_methods(corpus);
    add_versions(corpus);
    add_comments(corpus);
    add_stored_sizes(corpus);
}

} // namespace preflight::hostile
