// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/c_handle.hpp"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

namespace preflight {
namespace {

// A library in the style of C: an object that is made through an out-parameter, and counts who
// frees it.
struct Thing {
    int* freed;
};

int free_thing(Thing* thing) {
    ++*thing->freed;
    delete thing;
    return 0;
}

int open_thing(Thing** made, int* freed) {
    *made = new Thing{freed};
    return 0;
}

int refuse_to_open(Thing** made) {
    *made = nullptr;
    return -1;
}

using Handle = CHandle<Thing, free_thing>;

TEST(CHandle, FreesItsObjectOnce) {
    int freed = 0;

    {
        Handle handle(new Thing{&freed});
        const Handle other = std::move(handle);
    }

    EXPECT_EQ(freed, 1);
}

TEST(CHandle, IsAsLargeAsAPointer) {
    EXPECT_EQ(sizeof(Handle), sizeof(Thing*));
    EXPECT_FALSE(std::is_copy_constructible_v<Handle>);
}

TEST(Into, KeepsWhatACFunctionMakes) {
    int freed = 0;
    Handle handle;

    ASSERT_EQ(open_thing(into(handle), &freed), 0);

    ASSERT_NE(handle, nullptr);
    EXPECT_EQ(handle->freed, &freed);
    EXPECT_EQ(freed, 0);
}

TEST(Into, FreesWhatWasHeldBefore) {
    int freed_first = 0;
    int freed_second = 0;
    Handle handle(new Thing{&freed_first});

    open_thing(into(handle), &freed_second);

    EXPECT_EQ(freed_first, 1);
    EXPECT_EQ(freed_second, 0);
}

TEST(Into, HoldsNothingWhenNothingWasMade) {
    int freed = 0;
    Handle handle(new Thing{&freed});

    EXPECT_EQ(refuse_to_open(into(handle)), -1);

    EXPECT_EQ(handle, nullptr);
    EXPECT_EQ(freed, 1);
}

} // namespace
} // namespace preflight
