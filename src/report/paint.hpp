// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"
#include "preflight/policy/gate.hpp"

#include <string>
#include <string_view>

namespace preflight::report {

/// Colours for a terminal, or none. Source: ECMA-48, section 8.3.117, SGR.
class Paint {
public:
    explicit Paint(bool has_colour) : has_colour_(has_colour) {}

    [[nodiscard]] std::string bold(std::string_view text) const { return with("1", text); }

    [[nodiscard]] std::string severity(Severity severity, std::string_view text) const {
        switch (severity) {
        case Severity::critical:
        case Severity::high:
            return with("31", text);
        case Severity::medium:
            return with("33", text);
        case Severity::low:
        case Severity::info:
            break;
        }
        return with("36", text);
    }

    [[nodiscard]] std::string verdict(policy::Verdict verdict) const {
        const auto name = policy::to_string(verdict);
        switch (verdict) {
        case policy::Verdict::passed:
            return with("1;32", name);
        case policy::Verdict::blocked:
            return with("1;31", name);
        case policy::Verdict::incomplete:
            break;
        }
        return with("1;33", name);
    }

private:
    [[nodiscard]] std::string with(std::string_view code, std::string_view text) const {
        if (!has_colour_) {
            return std::string(text);
        }
        return "\x1B[" + std::string(code) + "m" + std::string(text) + "\x1B[0m";
    }

    bool has_colour_;
};

} // namespace preflight::report
