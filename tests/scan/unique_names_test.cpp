// SPDX-License-Identifier: Apache-2.0
#include "unique_names.hpp"

#include <gtest/gtest.h>

namespace preflight::scan {
namespace {

TEST(UniqueNames, NumberWhatIsWantedAgain) {
    UniqueNames names;

    EXPECT_EQ(names.take("f.zip"), "f.zip");
    EXPECT_EQ(names.take("f.zip"), "f.zip-2");
    EXPECT_EQ(names.take("f.zip"), "f.zip-3");
    EXPECT_EQ(names.take("g.zip"), "g.zip");
}

TEST(UniqueNames, StepOverNumbersThatSomebodyWanted) {
    UniqueNames names;

    EXPECT_EQ(names.take("f-2"), "f-2");
    EXPECT_EQ(names.take("f"), "f");
    EXPECT_EQ(names.take("f"), "f-3");
    EXPECT_EQ(names.take("f-2"), "f-2-2");
}

} // namespace
} // namespace preflight::scan
