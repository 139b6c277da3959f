// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <string>
#include <string_view>

namespace preflight::deployment {

enum class Architecture { x86_64, arm64 };

[[nodiscard]] std::string_view to_string(Architecture architecture);

/// Reads `x86_64` or `arm64`.
[[nodiscard]] Result<Architecture> parse_architecture(std::string_view text);

/// Oldest and newest Python 3 minor version whose rules are known here.
/// Source: lambda-platform.md, section 4, as of November 2026.
inline constexpr int kOldestMinor = 9;
inline constexpr int kNewestMinor = 14;

/// A Python runtime of Lambda, `python3.12`.
struct Runtime {
    int minor = kNewestMinor;

    [[nodiscard]] std::string name() const { return "python3." + std::to_string(minor); }
    /// One that is not known is judged by the rules of the newest.
    [[nodiscard]] bool is_known() const { return minor >= kOldestMinor && minor <= kNewestMinor; }
};

/// Reads `python3.N`, N from 0 to 99, whether that runtime is known or not.
[[nodiscard]] Result<Runtime> parse_runtime(std::string_view text);

} // namespace preflight::deployment
