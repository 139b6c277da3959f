// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace preflight {

/// Those who do many like tasks at the same time. Threads are started by `scan` alone, so whoever
/// has use for them takes its workers as a parameter.
class Workers {
public:
    /// One task. No two calls with the same `worker` overlap, so what is kept for each worker needs
    /// no lock.
    using Work = std::function<void(std::size_t worker, std::size_t task)>;

    Workers() = default;
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    Workers(Workers&&) = delete;
    Workers& operator=(Workers&&) = delete;
    virtual ~Workers() = default;

    [[nodiscard]] virtual std::size_t count() const = 0;

    /// Calls `work` once for each of the tasks 0 to `tasks` - 1, which begin in this order, and
    /// returns when all are done. Once a call throws no further task begins, and what the lowest of
    /// those that threw has thrown is thrown here.
    virtual void run(std::size_t tasks, const Work& work) = 0;
};

/// The calling thread and no other.
class CallingThread final : public Workers {
public:
    [[nodiscard]] std::size_t count() const override { return 1; }
    void run(std::size_t tasks, const Work& work) override;
};

} // namespace preflight
