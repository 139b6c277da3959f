// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/hex.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace preflight {
namespace {

TEST(ToHex, GivesNothingForNothing) {
    EXPECT_EQ(to_hex({}), "");
}

TEST(ToHex, WritesTwoLowerCaseDigitsForEachByte) {
    EXPECT_EQ(to_hex(as_bytes(std::string_view("\x00\x01\x09\x0a\x10\x7f\x80\xff", 8))),
              "0001090a107f80ff");
}

} // namespace
} // namespace preflight
