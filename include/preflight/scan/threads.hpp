// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/workers.hpp"

#include <cstddef>
#include <memory>

namespace preflight::scan {

/// The calling thread and up to `count` - 1 others, which are started when they are needed for the
/// first time and then wait for the next run. Where the system refuses to start one, the rest do
/// its share. For one caller at a time.
class Threads final : public Workers {
public:
    /// A count of 0, as of a machine that does not tell, is one.
    explicit Threads(std::size_t count);
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;
    Threads(Threads&&) = delete;
    Threads& operator=(Threads&&) = delete;
    ~Threads() override;

    [[nodiscard]] std::size_t count() const override { return count_; }
    void run(std::size_t tasks, const Work& work) override;

private:
    class Crew;

    std::size_t count_;
    std::unique_ptr<Crew> crew_; ///< The others, once there are any.
};

} // namespace preflight::scan
