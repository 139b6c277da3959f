// SPDX-License-Identifier: Apache-2.0
#include "preflight/scan/threads.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>
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

/// The threads besides the calling one.
class Threads::Crew {
public:
    explicit Crew(std::size_t size) {
        try {
            while (threads_.size() < size) {
                threads_.emplace_back([this, worker = threads_.size() + 1](
                                          const std::stop_token& stop) { serve(stop, worker); });
            }
        } catch (const std::system_error&) { // too many threads already
        }
    }

    /// Has everybody take part, the calling thread too, and returns when all are done.
    void play(Hand& hand) {
        {
            const std::scoped_lock lock(mutex_);
            hand_ = &hand;
            busy_ = threads_.size();
            ++round_;
        }
        begin_.notify_all();
        hand.take_part(0);
        std::unique_lock lock(mutex_);
        end_.wait(lock, [this] { return busy_ == 0; });
    }

private:
    void serve(const std::stop_token& stop, std::size_t worker) {
        std::size_t seen = 0; // rounds
        std::unique_lock lock(mutex_);
        while (begin_.wait(lock, stop, [&] { return round_ != seen; })) {
            seen = round_;
            auto& hand = *hand_;
            lock.unlock();
            hand.take_part(worker);
            lock.lock();
            if (--busy_ == 0) {
                end_.notify_one();
            }
        }
    }

    std::mutex mutex_;
    std::condition_variable_any begin_;
    std::condition_variable end_;
    Hand* hand_ = nullptr; ///< Of the current round.
    std::size_t round_ = 0;
    std::size_t busy_ = 0;
    std::vector<std::jthread> threads_; ///< Last, so that they end before what they look at.
};

Threads::Threads(std::size_t count) : count_(std::max<std::size_t>(count, 1)) {}

Threads::~Threads() = default;

void Threads::run(std::size_t tasks, const Work& work) {
    Hand hand(tasks, work);
    if (count_ > 1 && tasks > 1) {
        if (!crew_) {
            crew_ = std::make_unique<Crew>(count_ - 1);
        }
        crew_->play(hand);
    } else {
        hand.take_part(0);
    }
    hand.rethrow();
}

} // namespace preflight::scan
