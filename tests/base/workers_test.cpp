// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/workers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace preflight {
namespace {

TEST(CallingThread, DoesTheTasksInOrder) {
    CallingThread workers;
    std::vector<std::size_t> done;

    workers.run(3, [&](std::size_t worker, std::size_t task) {
        EXPECT_LT(worker, workers.count());
        done.push_back(task);
    });

    EXPECT_EQ(done, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(CallingThread, DoesNothingWithoutTasks) {
    CallingThread workers;

    workers.run(0, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(CallingThread, StopsAtTheFirstThatThrows) {
    CallingThread workers;
    std::size_t begun = 0;
    const auto work = [&](std::size_t, std::size_t task) {
        ++begun;
        if (task == 1) {
            throw std::runtime_error("no");
        }
    };

    EXPECT_THROW(workers.run(5, work), std::runtime_error);
    EXPECT_EQ(begun, 2);
}

} // namespace
} // namespace preflight
