// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/workers.hpp"

namespace preflight {

void CallingThread::run(std::size_t tasks, const Work& work) {
    for (std::size_t task = 0; task < tasks; ++task) {
        work(0, task);
    }
}

} // namespace preflight
