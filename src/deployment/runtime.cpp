// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/runtime.hpp"

#include "preflight/base/text.hpp"

#include <charconv>

namespace preflight::deployment {

std::string_view to_string(Architecture architecture) {
    return architecture == Architecture::arm64 ? "arm64" : "x86_64";
}

Result<Architecture> parse_architecture(std::string_view text) {
    if (text == "x86_64") {
        return Architecture::x86_64;
    }
    if (text == "arm64") {
        return Architecture::arm64;
    }
    return InputError{"architecture " + in_quotes(text) + " is neither x86_64 nor arm64"};
}

Result<Runtime> parse_runtime(std::string_view text) {
    constexpr std::string_view kPrefix = "python3.";
    const auto digits =
        text.starts_with(kPrefix) ? text.substr(kPrefix.size()) : std::string_view();
    Runtime runtime;
    const auto* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, runtime.minor);
    const bool is_plain =
        !digits.empty() && digits.front() != '-' && (digits.front() != '0' || digits.size() == 1);
    if (!is_plain || error != std::errc() || stopped != end || runtime.minor > 99) {
        return InputError{"runtime " + in_quotes(text) +
                          " is not of the form python3.N, for example python3.12"};
    }
    return runtime;
}

} // namespace preflight::deployment
