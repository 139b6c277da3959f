// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace preflight {

/// One character of UTF-8 text.
struct CodePoint {
    char32_t value = 0;
    std::uint8_t length = 0; ///< In bytes, 1 to 4.
};

/// The character that `text` begins with, or nothing if it begins with none: an empty text, a stray
/// or missing continuation byte, an overlong form, a surrogate, more than U+10FFFF. Source: RFC
/// 3629, section 4.
[[nodiscard]] std::optional<CodePoint> find_code_point(std::string_view text);

/// Appends a character that find_code_point() would find. Source: RFC 3629, section 3.
void append_utf8(std::string& text, char32_t character);

[[nodiscard]] bool is_utf8(std::string_view text);

[[nodiscard]] bool is_ascii(std::string_view text);

/// Whether a character only changes how its neighbours look: controls of C0 and C1, DEL, zero-width
/// characters, line and paragraph separators, marks of writing direction.
[[nodiscard]] bool is_invisible(char32_t character);

/// Text from a package in a form that is safe to print: invisible characters and bytes that are no
/// UTF-8 become
/// `\xNN`, byte by byte, and so do two colons at the start, with blanks before them or not, and
/// `##[` anywhere, which GitHub Actions would read as a command.
[[nodiscard]] std::string printable(std::string_view text);

/// `printable` text between single quotes, as messages name a value.
[[nodiscard]] std::string in_quotes(std::string_view text);

} // namespace preflight
