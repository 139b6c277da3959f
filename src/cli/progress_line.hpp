// SPDX-License-Identifier: Apache-2.0
#pragma once

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

} // namespace preflight::cli
