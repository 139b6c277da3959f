// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/name.hpp"

#include <gtest/gtest.h>

namespace preflight::python {
namespace {

TEST(NormalizeName, LowersLettersAndJoinsSeparators) {
    EXPECT_EQ(normalize_name("Django"), "django");
    EXPECT_EQ(normalize_name("oslo.concurrency"), "oslo-concurrency");
    EXPECT_EQ(normalize_name("A._-b__C"), "a-b-c");
    EXPECT_EQ(normalize_name("already-normal"), "already-normal");
}

TEST(NormalizeName, TakesAnyText) {
    EXPECT_EQ(normalize_name(""), "");
    EXPECT_EQ(normalize_name("._."), "-");
    EXPECT_EQ(normalize_name("_a b\xFF_"), "-a b\xFF-");
}

TEST(IsValidName, AsksForLettersOrDigitsAtBothEnds) {
    EXPECT_TRUE(is_valid_name("a"));
    EXPECT_TRUE(is_valid_name("7"));
    EXPECT_TRUE(is_valid_name("a.-_B9"));
    EXPECT_FALSE(is_valid_name(""));
    EXPECT_FALSE(is_valid_name("-a"));
    EXPECT_FALSE(is_valid_name("a_"));
    EXPECT_FALSE(is_valid_name("a b"));
    EXPECT_FALSE(is_valid_name("caf\xC3\xA9"));
    EXPECT_FALSE(is_valid_name("a\n"));
}

TEST(MakePurl, WritesNameAndVersion) {
    EXPECT_EQ(make_purl("django", "1.11.1"), "pkg:pypi/django@1.11.1");
    EXPECT_EQ(make_purl("jw-util", ""), "pkg:pypi/jw-util");
}

TEST(MakePurl, EncodesWhatMayNotStandInAVersion) {
    EXPECT_EQ(make_purl("torch", "2.0+cu118"), "pkg:pypi/torch@2.0%2Bcu118");
    EXPECT_EQ(make_purl("a", "1!2.0"), "pkg:pypi/a@1%212.0");
    EXPECT_EQ(make_purl("a b", "1 @\xC3\xA9~_:"), "pkg:pypi/a%20b@1%20%40%C3%A9~_:");
}

} // namespace
} // namespace preflight::python
