// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/cli/run.hpp"
#include "preflight/scan/progress.hpp"

#include <chrono>
#include <functional>
#include <iosfwd>
#include <mutex>
#include <string>

namespace preflight::cli {

/// One line on a terminal that says how far a scan is, for scans that take longer than a second. It
/// is gone when the scan ends.
class ProgressLine final : public scan::Progress {
public:
    using Now = std::function<std::chrono::milliseconds()>;

    /// `now` tells the time since whatever moment; `stream` is the terminal.
    ProgressLine(std::ostream& stream, Now now);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;
    ~ProgressLine() override;

    void begin(std::string_view artifact, std::uint64_t bytes) override;
    void advance(std::uint64_t bytes) override;

private:
    void show();

    std::ostream& stream_;
    Now now_;
    std::mutex mutex_; ///< Of all that follows.
    std::chrono::milliseconds next_;
    std::string artifact_;
    std::uint64_t bytes_ = 0;
    std::uint64_t done_ = 0;
    bool is_shown_ = false;
};

/// Calls `work` with somebody to tell how far it is: a line for whoever waits at a terminal, else
/// nobody. Gives what it gives.
template <class Work>
auto with_progress(Environment& environment, const Work& work) {
    if (!environment.errors_are_terminal) {
        scan::NoProgress nobody;
        return work(nobody);
    }
    ProgressLine line(environment.errors, [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    });
    return work(line);
}

} // namespace preflight::cli
