// SPDX-License-Identifier: Apache-2.0
//
// Every limit at one less, exactly, and one more.
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace preflight::unpack {
namespace {

using test::deflated;
using test::extra_field;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;
using test::ZipLayout;

std::vector<ZipEntry> files(std::size_t count) {
    std::vector<ZipEntry> entries;
    for (std::size_t index = 0; index < count; ++index) {
        entries.push_back(stored("f" + std::to_string(index), ""));
    }
    return entries;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t time = 0; time < times; ++time) {
        all += text;
    }
    return all;
}

std::string verdict_on_name(const std::string& name) {
    return verdict_on(make_zip({stored(name, "x")}));
}

TEST(Limits, OnEntries) {
    const auto verdict_at = [](std::size_t count) {
        return verdict_on(make_zip(files(count)), {.limits = {.max_entries = 10}});
    };

    EXPECT_EQ(verdict_at(9), "accept");
    EXPECT_EQ(verdict_at(10), "accept");
    EXPECT_EQ(verdict_at(11), "unpack.too-many-entries");
}

TEST(Limits, OnTheSumOfSizes) {
    const auto verdict_at = [](std::size_t size) {
        return verdict_on(make_zip({stored("a", text_of(60)), deflated("b", text_of(size - 60))}),
                          {.limits = {.max_total_bytes = 100}});
    };

    EXPECT_EQ(verdict_at(99), "accept");
    EXPECT_EQ(verdict_at(100), "accept");
    EXPECT_EQ(verdict_at(101), "unpack.too-large");
}

TEST(Limits, OnTheSumOfSizesHoldWhereSixtyFourBitsWouldOverflow) {
    const auto huge = deflated("b", "x").both(
        {.size = 0xFFFFFFFF, .extra = test::zip64_extra({0xFFFFFFFFFFFFFFFF})});

    EXPECT_EQ(verdict_on(make_zip({sample(), huge})), "unpack.too-large");
}

TEST(Limits, NameTheEntryAtWhichTheSumIsTooLarge) {
    const auto zip =
        make_zip({stored("a", text_of(60)), stored("b", text_of(60)), stored("c", text_of(60))});

    const auto archive = parse_archive(as_bytes(zip), {.limits = {.max_total_bytes = 100}});

    ASSERT_FALSE(archive);
    EXPECT_EQ(archive.error().location.path, "b");
}

TEST(Limits, OnTheRatio) {
    // RFC 1951: a symbol of length 258 can take two bits, so no stream yields more than 1032 to 1.
    const auto verdict_at = [](std::uint32_t size) {
        return verdict_on(make_zip({deflated("a", "x").both({.size = size})}));
    };
    const auto most = static_cast<std::uint32_t>(1032 * (test::deflate("x").size() + 1));

    EXPECT_EQ(verdict_at(most - 1), "unpack.deflate-length");
    EXPECT_EQ(verdict_at(most), "unpack.deflate-length");
    EXPECT_EQ(verdict_at(most + 1), "unpack.ratio-impossible");
}

TEST(Limits, OnARealBomb) {
    const std::string zeros(10'000'000, '\0');

    EXPECT_EQ(verdict_on(make_zip({deflated("a", zeros)})), "accept");
    EXPECT_EQ(
        verdict_on(make_zip({deflated("a", zeros)}), {.limits = {.max_total_bytes = 9'999'999}}),
        "unpack.too-large");
}

TEST(Limits, OnAPath) {
    const auto verdict_at = [](std::size_t length) {
        const auto parents = repeated(text_of(199) + "/", 19); // 3,800 bytes
        return verdict_on_name(parents + text_of(length - parents.size()));
    };

    EXPECT_EQ(verdict_at(3'999), "accept");
    EXPECT_EQ(verdict_at(4'000), "accept");
    EXPECT_EQ(verdict_at(4'001), "unpack.name-too-long");
}

TEST(Limits, OnAPathThatIsGiven) {
    const ParseOptions options = {.limits = {.max_path_bytes = 4}};

    EXPECT_EQ(verdict_on(make_zip({stored("a.p", "x")}), options), "accept");
    EXPECT_EQ(verdict_on(make_zip({stored("a.py", "x")}), options), "accept");
    EXPECT_EQ(verdict_on(make_zip({stored("./a.py", "x")}), options), "accept");
    EXPECT_EQ(verdict_on(make_zip({stored("ab.py", "x")}), options), "unpack.name-too-long");
}

TEST(Limits, OnAComponent) {
    EXPECT_EQ(verdict_on_name("a/" + text_of(254) + "/b"), "accept");
    EXPECT_EQ(verdict_on_name("a/" + text_of(255) + "/b"), "accept");
    EXPECT_EQ(verdict_on_name("a/" + text_of(256) + "/b"), "unpack.name-too-long");
}

TEST(Limits, OnTheNumberOfComponents) {
    EXPECT_EQ(verdict_on_name(repeated("a/", 126) + "b"), "accept");
    EXPECT_EQ(verdict_on_name(repeated("a/", 127) + "b"), "accept");
    EXPECT_EQ(verdict_on_name(repeated("a/", 128) + "b"), "unpack.name-too-long");
}

TEST(Limits, OnTheTargetOfALink) {
    const auto verdict_at = [](std::size_t length) {
        return verdict_on(make_zip({link("l", text_of(length))}));
    };

    EXPECT_EQ(verdict_at(0), "unpack.symlink-target");
    EXPECT_EQ(verdict_at(1), "accept");
    EXPECT_EQ(verdict_at(4'094), "accept");
    EXPECT_EQ(verdict_at(4'095), "accept");
    EXPECT_EQ(verdict_at(4'096), "unpack.symlink-target");
}

TEST(Limits, OnTheLinksFoundOnTheWay) {
    const auto verdict_at = [](int links_on_the_way) {
        std::vector<ZipEntry> entries = {stored("file", "x")};
        std::string target = "file";
        for (int number = 0; number <= links_on_the_way; ++number) {
            entries.push_back(link("l" + std::to_string(number), target));
            target = "l" + std::to_string(number);
        }
        return verdict_on(make_zip(entries));
    };

    EXPECT_EQ(verdict_at(39), "accept");
    EXPECT_EQ(verdict_at(40), "accept");
    EXPECT_EQ(verdict_at(41), "unpack.symlink-escape");
}

TEST(Limits, OnExtraFields) {
    const auto verdict_at = [](std::uint16_t count) {
        std::string extra;
        for (std::uint16_t id = 0; id < count; ++id) {
            extra += extra_field(static_cast<std::uint16_t>(0x5000 + id), "");
        }
        return verdict_on(make_zip({sample().local({.extra = extra})}));
    };

    EXPECT_EQ(verdict_at(63), "accept");
    EXPECT_EQ(verdict_at(64), "accept");
    EXPECT_EQ(verdict_at(65), "unpack.extra-too-many");
}

TEST(Limits, OnTheComment) {
    const auto zip_with = [](std::size_t length) {
        return make_zip(ZipLayout{.entries = {sample()}, .end = {.comment = text_of(length)}});
    };

    EXPECT_EQ(verdict_on(zip_with(65'534)), "accept");
    EXPECT_EQ(verdict_on(zip_with(65'535)), "accept");
    EXPECT_EQ(verdict_on(zip_with(65'535) + "x"), "unpack.no-eocd"); // where nobody looks for it
}

TEST(Limits, OnTheVersion) {
    const auto verdict_at = [](std::uint16_t version) {
        return verdict_on(make_zip({sample().both({.version_needed = version})}));
    };

    EXPECT_EQ(verdict_at(44), "accept");
    EXPECT_EQ(verdict_at(45), "accept");
    EXPECT_EQ(verdict_at(46), "unpack.version-needed");
}

TEST(Limits, AreCheckedBeforeAMillionEntriesAreRead) {
    const auto record = stored("a", "").central_record(0);
    const auto directory = repeated(record, 1'000'000);
    const auto zip = make_zip(ZipLayout{.before = directory,
                                        .zip64 = test::Zip64End{.entries = 1'000'000,
                                                                .directory_size = directory.size(),
                                                                .directory_offset = 0}});

    EXPECT_EQ(verdict_on(zip), "unpack.too-many-entries");
}

TEST(Limits, DoNotTrustACountThatTheDirectoryCannotHold) {
    const auto zip = make_zip(
        ZipLayout{.entries = {sample()}, .zip64 = test::Zip64End{.entries = 0xFFFFFFFFFFFF}});

    EXPECT_EQ(verdict_on(zip), "unpack.eocd-count-mismatch");
}

} // namespace
} // namespace preflight::unpack
