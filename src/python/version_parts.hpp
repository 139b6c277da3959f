// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace preflight::python {

/// CPython refuses to convert more digits than this, leading zeros included
/// (sys.get_int_max_str_digits()).
inline constexpr std::size_t kMaxDigits = 4300;

/// In the order of versions.
enum class PreKind : std::uint8_t { none, alpha, beta, candidate };

/// The parts of a PEP 440 version as views into its text, numbers as the digits that stand there. A
/// number that is missing where one may be missing is empty and means 0.
struct VersionParts {
    std::string_view epoch;
    std::string_view release; ///< Digits parted by dots, nothing empty between them.
    std::string_view pre_number;
    std::string_view post_number;
    std::string_view dev_number;
    std::string_view
        local; ///< Letters and digits parted by `.`, `-` or `_`; empty where there is none.
    PreKind pre = PreKind::none;
    bool has_post = false;
    bool has_dev = false;

    [[nodiscard]] bool is_prerelease() const { return pre != PreKind::none || has_dev; }
};

/// Why a text is no version. Needs no memory: most of an index is built from texts, and some are
/// legacy.
struct VersionRefusal {
    std::string_view reason;
    std::size_t offset = 0;
};

/// Takes a text apart, white space around it dropped. The parts are matched greedily in their order
/// and must use up the text. Source: python-packaging.md, section 1.1.
[[nodiscard]] Result<VersionParts, VersionRefusal> find_version_parts(std::string_view text);

[[nodiscard]] constexpr bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

[[nodiscard]] constexpr char ascii_lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

[[nodiscard]] constexpr bool is_letter(char byte) {
    return ascii_lower(byte) >= 'a' && ascii_lower(byte) <= 'z';
}

/// What may stand between the parts of a version, and between the pieces of one part.
[[nodiscard]] constexpr bool is_separator(char byte) {
    return byte == '.' || byte == '-' || byte == '_';
}

/// The digits of a number without leading zeros; empty for 0.
[[nodiscard]] constexpr std::string_view significant_digits(std::string_view digits) {
    while (!digits.empty() && digits.front() == '0') {
        digits.remove_prefix(1);
    }
    return digits;
}

/// Takes the first piece and the separator behind it off a release or a local part.
[[nodiscard]] constexpr std::string_view take_piece(std::string_view& rest) {
    std::size_t length = 0;
    while (length < rest.size() && !is_separator(rest[length])) {
        ++length;
    }
    const auto piece = rest.substr(0, length);
    rest.remove_prefix(length < rest.size() ? length + 1 : length);
    return piece;
}

} // namespace preflight::python
