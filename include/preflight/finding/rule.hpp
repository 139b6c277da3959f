// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

/// The words that every module speaks: a rule, that it fired, and what could not be looked at.
namespace preflight {

/// How bad it is, in ascending order.
enum class Severity { info, low, medium, high, critical };

inline constexpr std::array kSeverityNames = {std::string_view("info"),
                                              std::string_view("low"),
                                              std::string_view("medium"),
                                              std::string_view("high"),
                                              std::string_view("critical")};

[[nodiscard]] constexpr std::string_view to_string(Severity severity) {
    return kSeverityNames[static_cast<std::size_t>(severity)];
}

/// The severity of that name, or nothing.
[[nodiscard]] std::optional<Severity> find_severity(std::string_view name);

/// What a check looks for, apart from any place where it found it.
struct Rule {
    std::string_view id; ///< `<module>.<what-is-wrong>`; never used for anything else later.
    Severity severity = Severity::critical;
    std::string_view summary; ///< One sentence.
    std::string_view remedy;  ///< What the reader should do, in the imperative.
};

} // namespace preflight
