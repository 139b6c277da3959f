// SPDX-License-Identifier: Apache-2.0
//
// R7 Data descriptor.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::hostile {
namespace {

using test::DataDescriptor;
using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

constexpr std::array kLayouts = {DataDescriptor{.has_signature = true, .is_wide = false},
                                 DataDescriptor{.has_signature = true, .is_wide = true},
                                 DataDescriptor{.has_signature = false, .is_wide = false},
                                 DataDescriptor{.has_signature = false, .is_wide = true}};

std::string name_of(const DataDescriptor& layout) {
    return (layout.has_signature ? "signed, " : "unsigned, ") +
           std::string(layout.is_wide ? "64" : "32") + " bits";
}

/// The descriptor as it stands behind the data of `entry`.
std::string bytes_of(const ZipEntry& entry, const DataDescriptor& descriptor) {
    return entry.data_descriptor(descriptor).local_record().substr(entry.local_record().size());
}

/// Flag 3 and zeros, but no descriptor; `tail` stands in its place.
ZipEntry announced(const ZipEntry& entry, const std::string& tail) {
    return entry.local({.flags = 8, .crc32 = 0, .compressed_size = 0, .size = 0})
        .central({.flags = 8})
        .junk_after(tail);
}

void add_wrong_values(Corpus& corpus, const DataDescriptor& layout) {
    const auto about = "row 22, R7: " + name_of(layout);
    const auto add = [&](const std::string& what, const DataDescriptor& lie) {
        corpus.add(
            "data-descriptor", about + ", " + what, make_zip({sample().data_descriptor(lie)}));
        corpus.add("data-descriptor",
                   about + ", in front of another entry, " + what,
                   make_zip({sample().data_descriptor(lie), packed_sample()}));
    };
    for (const auto wrong : wrong_values(test::crc32("12345"))) {
        auto lie = layout;
        lie.crc32 = wrong;
        add("CRC " + in_hex(wrong), lie);
    }
    for (const auto wrong : Longs{0U, 4U, 6U, 261U, 0x80000005U}) {
        auto lie = layout;
        lie.compressed_size = wrong;
        add("csize " + in_hex(wrong), lie);
        lie = layout;
        lie.size = wrong;
        add("usize " + in_hex(wrong), lie);
    }
    if (layout.is_wide) {
        auto lie = layout;
        lie.size = (std::uint64_t{1} << 32U) + 5;
        add("usize right in its lower half", lie);
        lie = layout;
        lie.compressed_size = (std::uint64_t{1} << 63U) + 5;
        add("csize right in its lower half", lie);
    }
}

void add_wrong_lengths(Corpus& corpus, const DataDescriptor& layout) {
    const auto about = "row 22, R7: " + name_of(layout);
    const auto whole = bytes_of(sample(), layout);
    for (const auto less : Sizes{1, 2, 4}) {
        const auto tail = whole.substr(0, whole.size() - less);
        corpus.add("data-descriptor",
                   about + ", too short by " + std::to_string(less),
                   make_zip({announced(sample(), tail)}));
        corpus.add("data-descriptor",
                   about + ", in front of another entry, too short by " + std::to_string(less),
                   make_zip({announced(sample(), tail), packed_sample()}));
    }
    for (const auto& junk : {"x"s, "\0"s, "PK\3\5"s, std::string(8, '\0')}) {
        corpus.add("data-descriptor",
                   about + ", and " + std::to_string(junk.size()) + " bytes more",
                   make_zip({announced(sample(), whole + junk)}));
        corpus.add("data-descriptor",
                   about + ", in front of another entry, and " + std::to_string(junk.size()) +
                       " bytes more",
                   make_zip({announced(sample(), whole + junk), packed_sample()}));
    }
    corpus.add(
        "data-descriptor", about + ", twice", make_zip({announced(sample(), whole + whole)}));
}

void add_layouts(Corpus& corpus) {
    for (const auto& layout : kLayouts) {
        corpus.add(kAccept,
                   "row 22, R7: " + name_of(layout),
                   make_zip({sample().data_descriptor(layout)}));
        corpus.add(kAccept,
                   "row 22, R7: several, " + name_of(layout),
                   make_zip({packed_sample().data_descriptor(layout),
                             stored("e", "").data_descriptor(layout),
                             sample()}));
        add_wrong_values(corpus, layout);
        add_wrong_lengths(corpus, layout);
    }
}

void add_missing(Corpus& corpus) {
    corpus.add("data-descriptor",
               "row 22, R7: announced in both headers, missing",
               make_zip({announced(sample(), "")}));
    corpus.add("data-descriptor",
               "row 22, R7: announced in both headers, missing, another entry follows",
               make_zip({announced(sample(), ""), packed_sample()}));
    corpus.add("data-descriptor",
               "row 22, R7: announced, the values are right, missing",
               make_zip({sample().both({.flags = 8})}));
    for (const auto& tail : {"PK\7\x08"s,
                             "PK\7\x09"s + std::string(12, '\0'),
                             std::string(12, '\0'),
                             std::string(16, '\0'),
                             std::string(24, '\xff')}) {
        corpus.add("data-descriptor",
                   "row 22, R7: something else in its place",
                   make_zip({announced(sample(), tail)}));
    }
}

/// Row 22: a stored entry whose size only its descriptor tells, and which holds what looks like
/// one.
void add_ambiguous(Corpus& corpus) {
    const std::string signature = "PK\7\x08";
    const auto fake = signature + std::string(12, '\0');
    for (const auto& content : {signature,
                                signature + "x",
                                "x" + signature,
                                fake,
                                text_of(1000) + fake + sample().local_record(),
                                fake + text_of(100'000)}) {
        const auto entry = stored("a.py", content);
        for (const auto& layout : kLayouts) {
            corpus.add("stored-dd-ambiguous",
                       "row 22, R7: stored, " + name_of(layout) + ", " +
                           std::to_string(content.size()) + " bytes",
                       make_zip({entry.data_descriptor(layout)}));
        }
        const auto size = static_cast<std::uint32_t>(content.size());
        corpus.add(kAccept,
                   "row 22, R7: stored, its size stands in the local header",
                   make_zip({entry.data_descriptor().local({.compressed_size = size})}));
        corpus.add(kAccept, "row 22, R7: stored, without a descriptor", make_zip({entry}));
    }
    corpus.add(kAccept,
               "row 22, R7: nearly a signature",
               make_zip({stored("a.py", "PK\7\x07PK\7PK").data_descriptor()}));
    // A deflate stream of one stored block: a deflated entry that holds the signature as it is.
    const auto block = "\1\4\0\xfb\xff"s + signature;
    corpus.add(kAccept,
               "row 22, R7: deflated, and the compressed bytes hold the signature",
               make_zip({ZipEntry("a.py", 8, block, signature).data_descriptor()}));
}

} // namespace

void add_descriptors(Corpus& corpus) {
    add_layouts(corpus);
    add_missing(corpus);
    add_ambiguous(corpus);
}

} // namespace preflight::hostile
