// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include "preflight/unpack/archive.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace preflight::unpack {
namespace {

using test::make_zip;
using test::stored;

std::string verdict_on_type(const std::string& name,
                            std::string_view contents,
                            unsigned host,
                            std::uint32_t attributes) {
    return verdict_on(
        make_zip({stored(name, contents)
                      .central({.version_made_by = static_cast<std::uint16_t>(host << 8U | 20U),
                                .external_attributes = attributes})}));
}

TEST(EntryTypes, OfFilesAreRegularOrAbsent) {
    for (const unsigned host : {0U, 3U, 10U, 19U}) {
        for (const std::uint32_t type :
             {010000U, 020000U, 060000U, 0140000U, 0160000U, 0170000U, 030000U}) {
            EXPECT_EQ(verdict_on_type("a", "x", host, type << 16U), "unpack.special-file")
                << host << ' ' << type;
        }
        EXPECT_EQ(verdict_on_type("a", "x", host, 0), "accept") << host;
        EXPECT_EQ(verdict_on_type("a", "x", host, 0100644U << 16U), "accept") << host;
        EXPECT_EQ(verdict_on_type("a", "x", host, 040755U << 16U), "unpack.dir-attr-mismatch")
            << host;
        EXPECT_EQ(verdict_on_type("a", "", host, 0x10), "unpack.dos-dir-attr") << host;
    }
}

TEST(EntryTypes, OfDirectoriesFollowFromTheName) {
    for (const std::uint32_t attributes :
         {0U, 0x10U, 040755U << 16U, 0100644U << 16U, 0xFFFF0010U}) {
        EXPECT_EQ(verdict_on_type("a/", "", 3, attributes), "accept") << attributes;
        EXPECT_EQ(verdict_on_type("a/", "x", 3, attributes), "unpack.dir-with-data") << attributes;
    }
}

TEST(EntryTypes, AreNoVolumeLabelsForInfoZip) {
    // Info-ZIP 6.0 does not extract these, all others do.
    for (const unsigned host : {0U, 5U, 6U, 11U}) {
        EXPECT_EQ(verdict_on_type("a.py", "x", host, 0x08), "unpack.special-file") << host;
        EXPECT_EQ(verdict_on_type("a.py", "x", host, 0x27), "accept") << host;
    }
    EXPECT_EQ(verdict_on_type("a.py", "x", 3, 0100644U << 16U | 0x08), "accept");
}

} // namespace
} // namespace preflight::unpack
