// SPDX-License-Identifier: Apache-2.0
//
// R9 Extra fields.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <string_view>

namespace preflight::hostile {
namespace {

using test::extra_field;
using test::HeaderChange;
using test::little32;
using test::little64;
using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

constexpr std::uint32_t kSentinel32 = 0xffffffff;
constexpr std::uint16_t kSentinel16 = 0xffff;
constexpr std::uint16_t kZip64 = 0x0001;
constexpr std::uint16_t kUnicodePath = 0x7075;

/// In the local header, and in the central one.
void add_everywhere(Corpus& corpus,
                    std::string_view verdict,
                    const std::string& about,
                    const std::string& extra) {
    corpus.add(verdict, about + ", local", make_zip({sample().local({.extra = extra})}));
    corpus.add(verdict, about + ", central", make_zip({sample().central({.extra = extra})}));
}

/// `count` fields that mean nothing, none twice.
std::string many_fields(std::size_t count) {
    std::string extra;
    for (std::size_t number = 0; number < count; ++number) {
        extra += extra_field(static_cast<std::uint16_t>(0xa000 + number), "");
    }
    return extra;
}

void add_shapes(Corpus& corpus) {
    const auto whole = extra_field(0xcafe, "");
    for (const auto& tail : {"\0"s, "\0\0"s, "\0\0\0"s, "\xfe\xca\0"s, "abc"s}) {
        add_everywhere(corpus,
                       "extra-malformed",
                       "row 47, R9: a rest of " + std::to_string(tail.size()),
                       tail);
        add_everywhere(corpus,
                       "extra-malformed",
                       "row 47, R9: a field and a rest of " + std::to_string(tail.size()),
                       whole + tail);
    }
    for (const auto length : Words{1, 2, 255, 0x7fff, 0xffff}) {
        const auto cut = "\xff\xca"s + test::little16(length);
        add_everywhere(corpus,
                       "extra-overflow",
                       "row 47, R9: a field of " + std::to_string(length) + " that is not there",
                       cut);
        add_everywhere(corpus,
                       "extra-overflow",
                       "row 47, R9: a field too long by one",
                       whole + cut + text_of(length > 255 ? 3 : length - 1U));
    }
    for (const auto count : Sizes{63, 64}) {
        add_everywhere(
            corpus, kAccept, "R9: " + std::to_string(count) + " fields", many_fields(count));
    }
    for (const auto count : Sizes{65, 66, 1000, 16'383}) {
        add_everywhere(corpus,
                       "extra-too-many",
                       "R9: " + std::to_string(count) + " fields",
                       many_fields(count));
    }
}

void add_duplicates(Corpus& corpus) {
    for (const auto id : Words{kZip64,
                               std::uint16_t{0x5455},
                               std::uint16_t{0xcafe},
                               std::uint16_t{0},
                               std::uint16_t{0xffff}}) {
        const auto field = extra_field(id, "");
        auto apart = field + extra_field(0x1234, "abcd");
        apart += field;
        add_everywhere(
            corpus, "extra-duplicate", "R9: field " + in_hex(id) + " twice", field + field);
        add_everywhere(
            corpus, "extra-duplicate", "R9: field " + in_hex(id) + " twice, apart", apart);
    }
    const auto path = test::unicode_path_extra("a.py", "a.py");
    add_everywhere(corpus, "extra-duplicate", "row 25, R9: the name twice more", path + path);
    add_everywhere(corpus,
                   "extra-duplicate",
                   "row 25, R9: a Unicode path twice, once another",
                   path + test::unicode_path_extra("a.py", "b.py"));
    add_everywhere(corpus,
                   "extra-duplicate",
                   "R9: the last of 64 fields is there already",
                   many_fields(63) + extra_field(0xa000, ""));
}

void add_unicode_paths(Corpus& corpus) {
    const auto path = [](char version, const std::string& of, const std::string& name) {
        return extra_field(kUnicodePath,
                           std::string(1, version) + little32(test::crc32(of)) + name);
    };
    add_everywhere(
        corpus, kAccept, "row 25, R9: a Unicode path that is the name", path(1, "a.py", "a.py"));
    add_everywhere(corpus,
                   kAccept,
                   "row 25, R9: a Unicode path of version 2 that is the name",
                   path(2, "a.py", "a.py"));
    add_everywhere(corpus,
                   kAccept,
                   "row 25, R9: a Unicode path with a wrong CRC that is the name",
                   path(1, "x", "a.py"));
    for (const auto& name : {"b.py"s,
                             ""s,
                             "a.p"s,
                             "a.pyc"s,
                             "A.py"s,
                             "a.py\0"s,
                             "./a.py"s,
                             "../a.py"s,
                             "a.py/"s,
                             "\xc3\xa9.py"s}) {
        const auto about =
            "row 25, R9: a Unicode path of " + std::to_string(name.size()) + " other bytes";
        add_everywhere(corpus, "unicode-path-differs", about, path(1, "a.py", name));
        add_everywhere(
            corpus, "unicode-path-differs", about + ", version 2", path(2, "a.py", name));
        add_everywhere(corpus, "unicode-path-differs", about + ", wrong CRC", path(1, "x", name));
    }
    for (const auto length : Sizes{0, 1, 4}) {
        add_everywhere(corpus,
                       "unicode-path-differs",
                       "row 25, R9: a Unicode path cut to " + std::to_string(length),
                       extra_field(kUnicodePath, text_of(length)));
    }
}

void add_kinds(Corpus& corpus) {
    // "xl", which libarchive takes the type of an entry from, and AES.
    for (const auto id : Words{0x6c78, 0x9901}) {
        for (const auto& content :
             {""s, "x"s, "\x0f\x1e\3\0\0\xa1\0\0"s, "\2\0AE\3\x08\0"s, text_of(1000)}) {
            add_everywhere(corpus,
                           "extra-forbidden",
                           "row 7, R9: field " + in_hex(id) + " of " +
                               std::to_string(content.size()) + " bytes",
                           extra_field(id, content));
        }
    }
    const auto time = "\1\0\0\0\x4e"s;
    for (const auto& extra : {extra_field(0x5455, time),
                              extra_field(0x7875, "\1\4\0\0\0\0\4\0\0\0\0"s),
                              extra_field(0xcafe, ""),
                              extra_field(0xd935, "\4\0\0\0"s),
                              extra_field(0x6c79, "x"),
                              extra_field(0x9902, "x"),
                              extra_field(0x7076, "x")}) {
        add_everywhere(corpus, kAccept, "R9: a field that is common or unknown", extra);
    }
}

/// What a zip64 field of `length` bytes says about `sample()`, which lies at 0 on disk 0.
std::string true_values(std::size_t length) {
    return (little64(5) + little64(5) + little64(0) + little32(0) + std::string(64, '\0'))
        .substr(0, length);
}

/// A field that nobody refers to: none of its lengths but 0, 8, 16, 24 and 28, none of its values
/// but the true ones.
void add_unneeded_zip64(Corpus& corpus) {
    for (std::size_t length = 0; length <= 32; ++length) {
        const bool is_allowed = length % 8 == 0 ? length <= 24 : length == 28;
        add_everywhere(corpus,
                       is_allowed ? kAccept : "zip64-extra-unneeded",
                       "R9: an unneeded zip64 field of " + std::to_string(length),
                       extra_field(kZip64, true_values(length)));
    }
    for (const auto place : Sizes{0, 8, 16, 24}) {
        for (const char wrong : {'\1', '\4', '\6', '\xff'}) {
            auto values = true_values(28);
            values[place] = wrong;
            add_everywhere(corpus,
                           "zip64-extra-unneeded",
                           "R9: an unneeded zip64 field, wrong at byte " + std::to_string(place),
                           extra_field(kZip64, values));
        }
        auto values = true_values(28);
        values[place + 3] = '\x80';
        add_everywhere(corpus,
                       "zip64-extra-unneeded",
                       "R9: an unneeded zip64 field, wrong at byte " + std::to_string(place + 3),
                       extra_field(kZip64, values));
    }
    const auto zeros = extra_field(kZip64, std::string(16, '\0'));
    corpus.add(kAccept,
               "R9: zeros in the zip64 field before a descriptor",
               make_zip({sample().data_descriptor().local({.extra = zeros})}));
    corpus.add(kAccept,
               "R9: the truth in the zip64 field before a descriptor",
               make_zip({sample().data_descriptor().local(
                   {.extra = extra_field(kZip64, true_values(16))})}));
    corpus.add("zip64-extra-unneeded",
               "R9: zeros in the central zip64 field",
               make_zip({sample().data_descriptor().central({.extra = zeros})}));
    corpus.add("zip64-extra-unneeded",
               "R9: neither zero nor true in the zip64 field before a descriptor",
               make_zip({sample().data_descriptor().local(
                   {.extra = extra_field(kZip64, little64(0) + little64(6))})}));
}

/// Which fields of a header refer to the zip64 field, and what that must hold then.
struct Reference {
    std::string_view what;
    HeaderChange change;
    std::size_t length;
    bool stands_in_local; ///< Whether a local header can refer so, too.
};

const std::array kReferences = {
    Reference{"usize", {.size = kSentinel32}, 8, true},
    Reference{"csize", {.compressed_size = kSentinel32}, 8, true},
    Reference{"both sizes", {.compressed_size = kSentinel32, .size = kSentinel32}, 16, true},
    Reference{"offset", {.offset = kSentinel32}, 8, false},
    Reference{"usize and offset", {.size = kSentinel32, .offset = kSentinel32}, 16, false},
    Reference{"sizes and offset",
              {.compressed_size = kSentinel32, .size = kSentinel32, .offset = kSentinel32},
              24,
              false},
    Reference{"disk", {.disk = kSentinel16}, 4, false},
    Reference{"everything",
              {.compressed_size = kSentinel32,
               .size = kSentinel32,
               .disk = kSentinel16,
               .offset = kSentinel32},
              28,
              false},
};

/// The values that are referred to, in the order of the format, as true_values() has all of them.
std::string referred_values(const Reference& reference, std::size_t length) {
    const auto& change = reference.change;
    const auto values = (change.size ? little64(5) : "") +
                        (change.compressed_size ? little64(5) : "") +
                        (change.offset ? little64(0) : "") + (change.disk ? little32(0) : "");
    return (values + std::string(64, '\0')).substr(0, length);
}

void add_referred_zip64(Corpus& corpus) {
    for (const auto& reference : kReferences) {
        const auto about = "R9: " + std::string(reference.what) + " in a zip64 field";
        const auto add =
            [&](std::string_view verdict, const std::string& what, const HeaderChange& extra) {
                corpus.add(verdict,
                           about + what + ", central",
                           make_zip({sample().central(reference.change).central(extra)}));
                if (reference.stands_in_local) {
                    corpus.add(verdict,
                               about + what + ", local",
                               make_zip({sample().local(reference.change).local(extra)}));
                }
            };
        add("zip64-extra-missing", " that is missing", {});
        add("zip64-extra-missing",
            " in the place of which stands another",
            {.extra = extra_field(0xcafe, true_values(28))});
        for (std::size_t length = 0; length <= 32; ++length) {
            add(length == reference.length ? kAccept : "zip64-extra-length",
                " of " + std::to_string(length),
                {.extra = extra_field(kZip64, referred_values(reference, length))});
        }
    }
}

void add_wrong_zip64(Corpus& corpus) {
    const auto central = [](const HeaderChange& change, const std::string& values) {
        return make_zip({sample().central(change).central({.extra = extra_field(kZip64, values)})});
    };
    for (const auto wrong : Longs{std::uint64_t{0},
                                  std::uint64_t{4},
                                  std::uint64_t{6},
                                  (std::uint64_t{1} << 32U) + 5,
                                  ~std::uint64_t{0}}) {
        corpus.add("usize-mismatch",
                   "row 18, R6: zip64 usize " + in_hex(wrong),
                   central({.size = kSentinel32}, little64(wrong)));
        corpus.add("usize-mismatch",
                   "row 18, R6: local zip64 usize " + in_hex(wrong),
                   make_zip({sample().local(
                       {.size = kSentinel32, .extra = extra_field(kZip64, little64(wrong))})}));
        corpus.add("csize-mismatch",
                   "row 18, R6: local zip64 csize " + in_hex(wrong),
                   make_zip({sample().local({.compressed_size = kSentinel32,
                                             .extra = extra_field(kZip64, little64(wrong))})}));
        if (wrong > 5) {
            corpus.add("lfh-overrun",
                       "row 18, R4: zip64 csize " + in_hex(wrong),
                       central({.compressed_size = kSentinel32}, little64(wrong)));
            corpus.add(wrong == 6 ? "lfh-signature" : "lfh-overrun",
                       "R5: zip64 offset " + in_hex(wrong),
                       central({.offset = kSentinel32}, little64(wrong)));
        } else {
            corpus.add("gap",
                       "row 18, R5: zip64 csize " + in_hex(wrong),
                       central({.compressed_size = kSentinel32}, little64(wrong)));
        }
    }
    for (const std::uint32_t disk : {1U, 0xffffU, 0xffffffffU}) {
        corpus.add("multi-disk",
                   "row 45, R2: zip64 disk of an entry " + in_hex(disk),
                   central({.disk = kSentinel16}, little32(disk)));
    }
    corpus.add(kAccept,
               "R9: zip64 in both headers",
               make_zip({packed_sample().zip64(), sample().zip64()}));
}

} // namespace

void add_extra_fields(Corpus& corpus) {
    add_shapes(corpus);
    add_duplicates(corpus);
    add_unicode_paths(corpus);
    add_kinds(corpus);
    add_unneeded_zip64(corpus);
    add_referred_zip64(corpus);
    add_wrong_zip64(corpus);
}

} // namespace preflight::hostile
