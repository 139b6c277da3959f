// SPDX-License-Identifier: Apache-2.0
#include "progress_line.hpp"

#include "preflight/base/text.hpp"

#include <ostream>
#include <utility>

namespace preflight::cli {

namespace {

constexpr std::chrono::milliseconds kPatience{1'000}; // until the line appears
constexpr std::chrono::milliseconds kPause{100};      // from one line to the next
constexpr std::string_view kClearLine = "\r\x1b[K";   // ECMA-48, section 8.3.41

} // namespace

ProgressLine::ProgressLine(std::ostream& stream, Now now)
    : stream_(stream), now_(std::move(now)), next_(now_() + kPatience) {}

ProgressLine::~ProgressLine() {
    if (is_shown_) {
        stream_ << kClearLine << std::flush;
    }
}

void ProgressLine::begin(std::string_view artifact, std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    artifact_ = printable(artifact);
    bytes_ = bytes;
    done_ = 0;
    show();
}

void ProgressLine::advance(std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    done_ += bytes;
    show();
}

void ProgressLine::show() {
    const auto now = now_();
    if (now < next_) {
        return;
    }
    next_ = now + kPause;
    is_shown_ = true;
    constexpr std::uint64_t kMB = 1'000'000;
    stream_ << kClearLine << "scanning " << artifact_;
    if (bytes_ > 0) {
        stream_ << ": " << done_ / kMB << " of " << bytes_ / kMB << " MB";
    }
    stream_ << std::flush;
}

} // namespace preflight::cli
