// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace preflight {
namespace {

TEST(Result, HoldsAValue) {
    const Result<std::string> result = std::string("value");

    ASSERT_TRUE(result);
    EXPECT_TRUE(result.has_value());
    EXPECT_EQ(result.value(), "value");
    EXPECT_EQ(*result, "value");
    EXPECT_EQ(result->size(), 5U);
}

TEST(Result, HoldsAnError) {
    const Result<std::string> result = InputError{"no digit", 7};

    ASSERT_FALSE(result);
    EXPECT_FALSE(result.has_value());
    EXPECT_EQ(result.error().message, "no digit");
    EXPECT_EQ(result.error().offset, 7U);
}

TEST(Result, ThrowsWhenAskedForTheSideThatIsNotThere) {
    const Result<int> good = 1;
    const Result<int> bad = InputError{};

    EXPECT_THROW(static_cast<void>(bad.value()), std::bad_variant_access);
    EXPECT_THROW(static_cast<void>(*bad), std::bad_variant_access);
    EXPECT_THROW(static_cast<void>(good.error()), std::bad_variant_access);
}

TEST(Result, LetsItsValueBeChanged) {
    Result<std::string> result = std::string("a");

    result.value() += 'b';
    *result += 'c';
    result->push_back('d');

    EXPECT_EQ(result.value(), "abcd");
}

TEST(Result, GivesAwayAValueThatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(3);

    const auto owned = std::move(result).value();

    EXPECT_EQ(*owned, 3);
}

TEST(Result, IsNeverFineByDefault) {
    EXPECT_FALSE(std::is_default_constructible_v<Result<int>>);
    EXPECT_FALSE((std::is_convertible_v<Result<int>, bool>));
}

} // namespace
} // namespace preflight
