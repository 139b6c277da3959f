// SPDX-License-Identifier: Apache-2.0
#include "rule_examples.hpp"
#include "verdict.hpp"

#include "preflight/unpack/inflater.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace preflight::unpack {
namespace {

using test::deflated;
using test::make_zip;
using test::stored;
using test::ZipEntry;

// A stream that zlib wrote, so that libdeflate is not tested against itself alone.
constexpr std::string_view kText = "ab, ab, ab, ab, ab, ab\n";
constexpr std::string_view kStream = {"\x4b\x4c\xd2\x51\x48\xc4\xc0\x5c\x00", 9};

ZipEntry holding(std::string_view stream) {
    return ZipEntry("a.txt", 8, std::string(stream), kText);
}

TEST(Inflater, UnpacksAStreamOfAnotherLibrary) {
    EXPECT_EQ(verdict_on(make_zip({holding(kStream)})), "accept");
}

TEST(Inflater, UnpacksEntriesOfAnySizeOneAfterAnother) {
    const std::string large(100'000, 'x');
    const auto zip = make_zip({deflated("small", "1"),
                               deflated("large", large),
                               stored("none", ""),
                               deflated("empty", ""),
                               stored("raw", "2")});
    const auto archive = parse_archive(as_bytes(zip));
    ASSERT_TRUE(archive) << archive.error().message;
    const auto& entries = archive->entries;

    Inflater inflater;

    EXPECT_EQ(as_text(inflater.inflate(entries[1]).value()), large);
    EXPECT_EQ(as_text(inflater.inflate(entries[0]).value()), "1");
    EXPECT_EQ(as_text(inflater.inflate(entries[3]).value()), "");
    EXPECT_EQ(as_text(inflater.inflate(entries[2]).value()), "");
    EXPECT_EQ(as_text(inflater.inflate(entries[4]).value()), "2");
    EXPECT_EQ(as_text(inflater.inflate(entries[1]).value()), large);
}

TEST(Inflater, CountsWhatCameOut) {
    const auto zip = make_zip({deflated("a", text_of(1000)),
                               deflated("b", "").data(test::deflate("x")).both({.size = 2})});
    const auto archive = parse_archive(as_bytes(zip));
    ASSERT_TRUE(archive) << archive.error().message;
    Inflater inflater;
    EXPECT_EQ(inflater.inflated_bytes(), 0U);

    ASSERT_TRUE(inflater.inflate(archive->entries[0]));
    EXPECT_EQ(inflater.inflated_bytes(), 1000U);
    ASSERT_FALSE(inflater.inflate(archive->entries[1]));
    EXPECT_EQ(inflater.inflated_bytes(), 1000U);
}

TEST(Inflater, RefusesAStreamThatIsShorterOrLonger) {
    for (std::size_t length = 0; length < kStream.size(); ++length) {
        EXPECT_EQ(verdict_on(make_zip({holding(kStream.substr(0, length))})),
                  "unpack.deflate-corrupt")
            << length;
    }
    EXPECT_EQ(verdict_on(make_zip({holding(std::string(kStream) + "x")})), "unpack.deflate-length");
    EXPECT_EQ(verdict_on(make_zip({holding(std::string(kStream) + std::string(kStream))})),
              "unpack.deflate-length");
}

TEST(Inflater, RefusesASizeThatIsOneTooSmallOrTooLarge) {
    const auto size = static_cast<std::uint32_t>(kText.size());

    EXPECT_EQ(verdict_on(make_zip({holding(kStream).both({.size = size - 1})})),
              "unpack.deflate-length");
    EXPECT_EQ(verdict_on(make_zip({holding(kStream).both({.size = size})})), "accept");
    EXPECT_EQ(verdict_on(make_zip({holding(kStream).both({.size = size + 1})})),
              "unpack.deflate-length");
}

TEST(Inflater, NeverYieldsOtherContentsAfterOneFlippedBit) {
    for (std::size_t bit = 0; bit < kStream.size() * 8; ++bit) {
        std::string damaged(kStream);
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
        const auto zip = make_zip({holding(damaged)});
        const auto archive = parse_archive(as_bytes(zip));
        ASSERT_TRUE(archive) << archive.error().message;
        Inflater inflater;
        if (const auto contents = inflater.inflate(archive->entries[0])) {
            EXPECT_EQ(as_text(*contents), kText) << "bit " << bit;
        }
    }
}

TEST(Inflater, SaysWhichEntryIsDamaged) {
    const auto zip = make_zip({sample(), stored("b.py", "67890").both({.crc32 = 1})});
    const auto archive = parse_archive(as_bytes(zip));
    ASSERT_TRUE(archive) << archive.error().message;
    Inflater inflater;

    const auto contents = inflater.inflate(archive->entries[1]);

    ASSERT_FALSE(contents);
    EXPECT_EQ(contents.error().rule_id, "unpack.crc-bad");
    EXPECT_EQ(contents.error().location.path, "b.py");
    EXPECT_EQ(contents.error().location.offset, sample().local_record().size());
}

} // namespace
} // namespace preflight::unpack
