// SPDX-License-Identifier: Apache-2.0
//
// R12 Budget, but for the number of entries. R13 Inflate exactly.
#include "corpus.hpp"
#include "deflate_stream.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::hostile {
namespace {

using test::deflate;
using test::deflated;
using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

constexpr std::uint16_t kDeflated = 8;
constexpr std::uint64_t kMaxTotal = 262'144'000;
constexpr std::uint64_t kPiece = 1U << 20U; // 250 of them are kMaxTotal

/// A file of zeros, as small as deflate can make it.
ZipEntry zeros(const std::string& name, std::uint64_t count) {
    return ZipEntry(name, kDeflated, zeros_stream(count), "")
        .both({.crc32 = crc32_of_zeros(count), .size = static_cast<std::uint32_t>(count)});
}

/// Sizes beyond 32 bits, in zip64 fields.
ZipEntry vast(const std::string& name, std::uint64_t size) {
    return packed_sample().both(
        {.size = 0xffffffff, .name = name, .extra = test::zip64_extra({size})});
}

void add_totals(Corpus& corpus) {
    std::vector<ZipEntry> entries;
    for (std::uint64_t piece = 0; piece < kMaxTotal / kPiece; ++piece) {
        entries.push_back(zeros("f" + std::to_string(piece), kPiece));
    }
    corpus.add(kAccept, "row 40, R12: 262,144,000 bytes", make_zip(entries));
    auto more = entries;
    more.push_back(stored("x", "x"));
    corpus.add("too-large", "row 40, R12: 262,144,001 bytes", make_zip(more));
    more.back() = stored("x", "");
    corpus.add(kAccept, "row 40, R12: 262,144,000 bytes and an empty file", make_zip(more));
    entries.back() = zeros("less", kPiece - 1);
    corpus.add(kAccept, "row 40, R12: 262,143,999 bytes", make_zip(entries));

    corpus.add("too-large",
               "row 40, R12: one file of 262,144,001 bytes",
               make_zip({zeros("f", kMaxTotal + 1)}));
    for (const auto size : Longs{std::uint64_t{0xffffffff},
                                 std::uint64_t{1} << 32U,
                                 std::uint64_t{1} << 62U,
                                 std::uint64_t{1} << 63U,
                                 ~std::uint64_t{0} - 1,
                                 ~std::uint64_t{0}}) {
        corpus.add(
            "too-large", "row 40, R12: a file of " + in_hex(size), make_zip({vast("a", size)}));
        corpus.add("too-large",
                   "row 40, R12: two files of " + in_hex(size),
                   make_zip({vast("a", size), vast("b", size)}));
        corpus.add("too-large",
                   "row 40, R12: files of 5 and of " + in_hex(size) + ", whose sum may overflow",
                   make_zip({sample(), vast("b", size)}));
    }
}

/// A deflate stream of n bytes unpacks to no more than 1032 * (n + 1). What is possible and yet not
/// so is refused when it is inflated.
void add_ratios(Corpus& corpus) {
    for (const auto length : Sizes{1, 2, 10, 100, 1000, 100'000}) {
        const auto content = length < 5 ? text_of(length) : std::string(length, 'x') + "y";
        const auto entry = deflated("a", content);
        const auto compressed = static_cast<std::uint32_t>(deflate(content).size());
        const auto most = 1032 * (compressed + 1);
        const auto about = "row 40, R12: " + std::to_string(compressed) + " bytes said to hold ";
        corpus.add("deflate-length",
                   about + "1032 times as many and one more, less one",
                   make_zip({entry.both({.size = most - 1})}));
        corpus.add("deflate-length",
                   about + "1032 times as many and one more",
                   make_zip({entry.both({.size = most})}));
        corpus.add("ratio-impossible",
                   about + "a byte more than is possible",
                   make_zip({entry.both({.size = most + 1})}));
        corpus.add("ratio-impossible",
                   about + "a byte more than is possible, the second file",
                   make_zip({sample(), entry.both({.size = most + 1})}));
        corpus.add(
            "ratio-impossible", about + "200 MB", make_zip({entry.both({.size = 200'000'000})}));
    }
    for (const auto count : Longs{1, 258, 259, 100'000, 50'000'000}) {
        corpus.add(kAccept,
                   "row 40, R12: " + std::to_string(count) + " zeros, as small as can be",
                   make_zip({zeros("z", count)}));
    }
    corpus.add("ratio-impossible",
               "row 40, R12: no stream at all, said to hold 1033",
               make_zip({ZipEntry("a", kDeflated, "", "").both({.size = 1033})}));
}

void add_lengths(Corpus& corpus) {
    const auto text = text_of(500) + std::string(500, 'y');
    const auto entry = deflated("c.py", text);
    const auto stream = deflate(text);
    for (const std::uint32_t size : {0U, 1U, 5U, 500U, 999U, 1001U, 2000U, 4000U}) {
        corpus.add("deflate-length",
                   "row 19, R13: 1,000 bytes said to be " + std::to_string(size),
                   make_zip({entry.both({.size = size})}));
        corpus.add(
            "deflate-length",
            "row 19, R13: 1,000 bytes said to be " + std::to_string(size) + ", before a descriptor",
            make_zip({entry.data_descriptor({.size = size}).central({.size = size}), sample()}));
    }
    for (const auto& tail :
         {"\0"s, "x"s, std::string(4, '\0'), text_of(100), deflate("import os\n"), stream}) {
        corpus.add("deflate-length",
                   "row 20, R13: " + std::to_string(tail.size()) + " bytes behind the stream",
                   make_zip({entry.data(stream + tail)}));
        corpus.add("deflate-length",
                   "row 20, R13: " + std::to_string(tail.size()) +
                       " bytes behind the stream, after another",
                   make_zip({sample(), packed_sample(), entry.data(stream + tail)}));
    }
    corpus.add("deflate-length",
               "row 20, R13: two streams, said to be as long as both",
               make_zip({entry.data(stream + stream).both({.size = 2000})}));
}

void add_damage(Corpus& corpus) {
    const auto entry = packed_sample();
    const auto text = std::string(500, 'x') + std::string(500, 'y');
    const auto stream = deflate(text);
    const auto add = [&](const std::string& about, const std::string& bytes) {
        corpus.add("deflate-corrupt", "row 20, R13: " + about, make_zip({entry.data(bytes)}));
        corpus.add("deflate-corrupt",
                   "row 20, R13: " + about + ", after others",
                   make_zip({sample(), stored("e", ""), entry.data(bytes)}));
    };
    add("no stream at all", "");
    for (std::size_t less = 1; less < stream.size(); ++less) {
        add("a stream without its last " + std::to_string(less) + " bytes",
            stream.substr(0, stream.size() - less));
    }
    add("a block of the type that does not exist", "\7\0\0\0\0\0\0\0"s);
    add("a stored block whose lengths disagree", "\1\4\0\0\0abcd"s);
    add("a stored block longer than the stream",
        "\1\5\0\xfa\xff"
        "abcd"s);
    add("a copy from before the beginning", stream_without_beginning());
    add("zlib's header in front", "\x78\x9c" + stream);
    add("gzip's header in front", "\x1f\x8b\x08\0\0\0\0\0\0\3"s + stream);
    add("0xff, nothing else", std::string(50, '\xff'));
}

/// Row 56: more codes than there are. zlib refuses such a block, libdeflate 1.14 does not.
void add_declared_codes(Corpus& corpus) {
    for (const unsigned literals : {286U, 287U, 288U}) {
        for (const unsigned distances : {1U, 30U, 31U, 32U}) {
            const auto stream = zeros_stream(1000, {literals, distances});
            corpus.add(kAccept,
                       "row 56: " + std::to_string(literals) + " literal and length codes, " +
                           std::to_string(distances) + " distance codes",
                       make_zip({ZipEntry("z", kDeflated, stream, std::string(1000, '\0'))}));
        }
    }
}

void add_checksums(Corpus& corpus) {
    const auto text = std::string(500, 'x') + std::string(500, 'y');
    for (unsigned bit = 0; bit < 32; bit += 3) {
        const auto about =
            "row 21, R13: bit " + std::to_string(bit) + " of the CRC wrong in both headers";
        corpus.add("crc-bad",
                   about + ", stored",
                   make_zip({sample().both({.crc32 = test::crc32("12345") ^ (1U << bit)})}));
        corpus.add("crc-bad",
                   about + ", deflated",
                   make_zip({packed_sample().both({.crc32 = test::crc32(text) ^ (1U << bit)})}));
    }
    for (const std::uint32_t crc : {0U, 1U, 0xffffffffU}) {
        corpus.add("crc-bad",
                   "row 21, R13: CRC " + in_hex(crc) + " in both headers",
                   make_zip({sample(), packed_sample().both({.crc32 = crc})}));
        const auto descriptor = sample().data_descriptor({.crc32 = crc}).central({.crc32 = crc});
        corpus.add("crc-bad",
                   "row 21, R13: CRC " + in_hex(crc) + " in directory and descriptor",
                   make_zip({descriptor, packed_sample()}));
    }
    corpus.add("crc-bad",
               "row 21, R13: an empty file with a CRC",
               make_zip({stored("a", "").both({.crc32 = 1})}));
    corpus.add("crc-bad",
               "row 21, R13: one byte of the contents changed",
               make_zip({sample().data("12346")}));
}

/// Says 5 bytes, holds 5 GB. Its end is never seen.
void add_hidden_bomb(Corpus& corpus) {
    const auto stream = zeros_stream(5'000'000'000);
    corpus.add("deflate-length",
               "row 19, R13: 5 bytes that are 5 GB",
               make_zip({ZipEntry("a", kDeflated, stream, "12345")}),
               {.kind = Kind::bomb});
}

} // namespace

void add_contents(Corpus& corpus) {
    add_totals(corpus);
    add_ratios(corpus);
    add_lengths(corpus);
    add_damage(corpus);
    add_declared_codes(corpus);
    add_checksums(corpus);
    add_hidden_bomb(corpus);
}

} // namespace preflight::hostile
