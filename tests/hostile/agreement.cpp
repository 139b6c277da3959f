// SPDX-License-Identifier: Apache-2.0
//
// R6 Local header and central directory agree.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <string_view>

namespace preflight::hostile {
namespace {

using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

constexpr unsigned kLevelBits = 1U << 1U | 1U << 2U;
constexpr unsigned kDescriptorBit = 1U << 3U;

void add_name_differences(Corpus& corpus) {
    for (const auto& name :
         {"b.py"s,  "A.py"s,    "a.pY"s,        "a.p"s,     "a.pyc"s,      ""s,         "a/py"s,
          "a\\py"s, "./a.py"s,  "a.py/"s,       "a.py\0"s,  "a.py\0.txt"s, " a.py"s,    "a.py "s,
          "/a.py"s, "../a.py"s, "a.p\xc3\xbf"s, "\xff.py"s, "a\n.py"s,     text_of(300)}) {
        corpus.add("name-mismatch",
                   "row 1, R6: a local name of " + std::to_string(name.size()) + " other bytes",
                   make_zip({sample().local({.name = name})}));
        corpus.add("name-mismatch",
                   "row 1, R6: a name of " + std::to_string(name.size()) +
                       " other bytes in the directory",
                   make_zip({packed_sample(), sample().central({.name = name})}));
    }
    corpus.add(
        "name-mismatch",
        "row 1, R6: two entries with each other's names",
        make_zip({sample().local({.name = "b.py"}), stored("b.py", "6").local({.name = "a.py"})}));
}

struct EntryKind {
    ZipEntry entry;
    std::string_view what;
    std::uint32_t crc32;
    std::uint32_t compressed_size;
    std::uint32_t size;
};

/// Each field of each header, wrong by itself, in a stored entry and in a deflated one.
void add_value_differences(Corpus& corpus) {
    const auto packed = test::deflated("a.py", text_of(2000));
    const auto packed_size = static_cast<std::uint32_t>(test::deflate(text_of(2000)).size());
    const std::array kinds = {
        EntryKind{sample(), "stored", test::crc32("12345"), 5, 5},
        EntryKind{packed, "deflated", test::crc32(text_of(2000)), packed_size, 2000}};
    for (const auto& kind : kinds) {
        const auto about = [&](std::string_view where, std::uint32_t wrong) {
            return "row 18, R6: " + std::string(kind.what) + ", " + std::string(where) + " is " +
                   in_hex(wrong);
        };
        for (const auto wrong : wrong_values(kind.crc32)) {
            corpus.add("crc-mismatch",
                       about("local CRC", wrong),
                       make_zip({kind.entry.local({.crc32 = wrong})}));
            corpus.add("crc-mismatch",
                       about("central CRC", wrong),
                       make_zip({kind.entry.central({.crc32 = wrong})}));
        }
        for (const auto wrong : wrong_values(kind.compressed_size)) {
            corpus.add("csize-mismatch",
                       about("local csize", wrong),
                       make_zip({kind.entry.local({.compressed_size = wrong})}));
        }
        for (const auto wrong : wrong_values(kind.size)) {
            corpus.add("usize-mismatch",
                       about("local usize", wrong),
                       make_zip({kind.entry.local({.size = wrong})}));
            corpus.add("usize-mismatch",
                       about("central usize", wrong),
                       make_zip({kind.entry.central({.size = wrong})}));
        }
        corpus.add("csize-mismatch",
                   about("all of the local header", 0),
                   make_zip({kind.entry.local({.compressed_size = 0, .size = 0})}));
        corpus.add("crc-mismatch",
                   about("all of the local header, without a descriptor,", 0),
                   make_zip({kind.entry.local({.crc32 = 0, .compressed_size = 0, .size = 0})}));
    }
}

void add_method_differences(Corpus& corpus) {
    const auto packed = packed_sample();
    for (const auto method : Words{0, 1, 6, 9, 12, 14, 93, 95, 98, 99, 0x0108, 0x0800, 0xffff}) {
        corpus.add("method-mismatch",
                   "row 15, R6: local method " + in_hex(method) + ", 8 in the directory",
                   make_zip({packed.local({.method = method})}));
        corpus.add("method-mismatch",
                   "row 15, R6: local method 8, " + in_hex(method) + " in the directory",
                   make_zip({packed.central({.method = method})}));
        if (method != 0) {
            corpus.add("method-mismatch",
                       "row 15, R6: local method " + in_hex(method) + ", 0 in the directory",
                       make_zip({sample().local({.method = method})}));
        }
    }
    corpus.add("method-mismatch",
               "row 15, R6: local method 8, 0 in the directory",
               make_zip({sample().local({.method = 8})}));
    corpus.add("method-mismatch",
               "row 15, R6: local method 0, 8 in the directory",
               make_zip({sample().central({.method = 8})}));
}

/// Each flag in one header alone. Row 24: the first of them says "encrypted".
void add_flag_differences(Corpus& corpus) {
    for (unsigned bit = 0; bit < 16; ++bit) {
        const auto flag = static_cast<std::uint16_t>(1U << bit);
        const auto about = " R6: flag " + std::to_string(bit) + " in the ";
        const bool is_level = (flag & kLevelBits) != 0;
        const auto in_local = make_zip({sample().local({.flags = flag})});
        const auto in_central = make_zip({sample().central({.flags = flag})});
        if (flag == kDescriptorBit) {
            // The local header alone may say so, but then R7 wants to see the descriptor.
            corpus.add("data-descriptor", "row 22," + about + "local header alone", in_local);
            corpus.add("dd-flag-cd-only", "row 23," + about + "directory alone", in_central);
            continue;
        }
        corpus.add(is_level ? kAccept : "flags-mismatch",
                   "row 24," + about + "local header alone",
                   in_local);
        corpus.add(is_level ? kAccept : "flags-mismatch",
                   "row 24," + about + "directory alone",
                   in_central);
    }
    const auto accented = stored("\xc3\xa9.py", "x");
    corpus.add("flags-mismatch",
               "row 31, R6: UTF-8 by the directory alone",
               make_zip({accented.local({.flags = 0})}));
    corpus.add("flags-mismatch",
               "row 31, R6: UTF-8 by the local header alone",
               make_zip({accented.central({.flags = 0})}));
    for (const auto bits : {0x0001U, 0x0041U, 0x2001U, 0x0020U, 0x0810U}) {
        const auto flags = static_cast<std::uint16_t>(bits | kDescriptorBit);
        corpus.add("flags-mismatch",
                   "row 24, R6: flags " + in_hex(flags) + " and 8",
                   make_zip({sample().data_descriptor().local({.flags = flags})}));
    }
    corpus.add("dd-flag-cd-only",
               "row 23, R6: flag 3 in the directory alone, and a descriptor",
               make_zip({sample().data_descriptor().local(
                   {.flags = 0, .crc32 = test::crc32("12345"), .compressed_size = 5, .size = 5})}));
    corpus.add(kAccept,
               "row 22, R6: flag 3 in the local header alone, and a descriptor",
               make_zip({sample().data_descriptor().central({.flags = 0})}));
}

/// What may differ.
void add_allowed_differences(Corpus& corpus) {
    corpus.add(
        kAccept, "R6: times differ", make_zip({sample().local({.time = 1, .date = 0x5821})}));
    corpus.add(kAccept, "R6: versions differ", make_zip({sample().local({.version_needed = 10})}));
    corpus.add(kAccept,
               "R6: extra fields differ",
               make_zip({sample()
                             .local({.extra = test::extra_field(0xcafe, "")})
                             .central({.comment = "a comment"})}));
    corpus.add(kAccept,
               "R6: an entry said to be text",
               make_zip({sample().central({.internal_attributes = 1})}));
}

/// With flag 3 each value of the local header is zero or right.
void add_values_before_descriptor(Corpus& corpus) {
    const auto described = sample().data_descriptor();
    const auto crc = test::crc32("12345");
    for (unsigned right = 0; right < 8; ++right) {
        corpus.add(kAccept,
                   "row 22, R6: values before a descriptor, zero or right: " +
                       std::to_string(right),
                   make_zip({described.local({.crc32 = (right & 1U) != 0 ? crc : 0,
                                              .compressed_size = (right & 2U) != 0 ? 5U : 0U,
                                              .size = (right & 4U) != 0 ? 5U : 0U})}));
    }
    for (const auto wrong : wrong_values(crc)) {
        if (wrong != 0) {
            corpus.add("dd-lfh-values",
                       "row 22, R6: CRC " + in_hex(wrong) + " before a descriptor",
                       make_zip({described.local({.crc32 = wrong})}));
        }
    }
    for (const auto wrong : wrong_values(5)) {
        if (wrong != 0) {
            corpus.add("dd-lfh-values",
                       "row 22, R6: csize " + in_hex(wrong) + " before a descriptor",
                       make_zip({described.local({.compressed_size = wrong})}));
            corpus.add("dd-lfh-values",
                       "row 22, R6: usize " + in_hex(wrong) + " before a descriptor",
                       make_zip({described.local({.size = wrong})}));
        }
    }
}

} // namespace

void add_agreement(Corpus& corpus) {
    add_name_differences(corpus);
    add_value_differences(corpus);
    add_method_differences(corpus);
    add_flag_differences(corpus);
    add_allowed_differences(corpus);
    add_values_before_descriptor(corpus);
}

} // namespace preflight::hostile
