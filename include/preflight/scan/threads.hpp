// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/workers.hpp"

#include <cstddef>

namespace preflight::scan {

/// The calling thread and, while run() has tasks for them, up to `count` - 1 others. Where the
/// system refuses to start one, the rest do its share.
class Threads final : public Workers {
public:
    explicit Threads(std::size_t count) : count_(count == 0 ? 1 : count) {}

    [[nodiscard]] std::size_t count() const override { return count_; }
    void run(std::size_t tasks, const Work& work) override;

private:
    std::size_t count_;
};

} // namespace preflight::scan
