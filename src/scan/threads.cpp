// SPDX-License-Identifier: Apache-2.0
#include "preflight/scan/threads.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace preflight::scan {

namespace {

/// The tasks of one run, handed out in order to whoever asks.
class Hand {
public:
    Hand(std::size_t tasks, const Workers::Work& work) : tasks_(tasks), work_(work) {}

    /// Works until nothing is left.
    void take_part(std::size_t worker) noexcept {
        for (auto task = next_++; task < tasks_; task = next_++) {
            try {
                work_(worker, task);
            } catch (...) {
                keep(std::current_exception(), task);
            }
        }
    }

    /// To be called when nobody takes part any more.
    void rethrow() const {
        if (thrown_) {
            std::rethrow_exception(thrown_);
        }
    }

private:
    void keep(std::exception_ptr thrown, std::size_t task) {
        next_ = tasks_;
        const std::scoped_lock lock(mutex_);
        // Tasks begin in order, so every lower one has begun, too, and is heard before the end.
        if (!thrown_ || task < thrower_) {
            thrown_ = std::move(thrown);
            thrower_ = task;
        }
    }

    std::size_t tasks_;
    const Workers::Work& work_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::exception_ptr thrown_;
    std::size_t thrower_ = 0;
};

} // namespace

void Threads::run(std::size_t tasks, const Work& work) {
    Hand hand(tasks, work);
    {
        std::vector<std::jthread> others; // joined at the end of this block
        try {
            for (std::size_t worker = 1; worker < std::min(count_, tasks); ++worker) {
                others.emplace_back([&hand, worker] { hand.take_part(worker); });
            }
        } catch (const std::system_error&) { // too many threads already
        }
        hand.take_part(0);
    }
    hand.rethrow();
}

} // namespace preflight::scan
