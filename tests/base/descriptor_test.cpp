// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/descriptor.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace preflight {
namespace {

TEST(Descriptor, ClosesWhatItOwns) {
    const int number = ::open("/", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(number, 0);
    {
        const Descriptor descriptor(number);
        EXPECT_EQ(descriptor.number(), number);
        EXPECT_NE(::fcntl(number, F_GETFD), -1);
    }
    EXPECT_EQ(::fcntl(number, F_GETFD), -1);
}

TEST(Descriptor, LeavesNoneAlone) {
    const Descriptor none(-1);

    EXPECT_EQ(none.number(), -1);
}

} // namespace
} // namespace preflight
