// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace preflight {

/// Text whose characters took two or four bytes each, and what that is called.
struct WideText {
    std::string_view encoding; ///< `UTF-16LE` for instance. Lives as long as the program.
    std::string text;          ///< In UTF-8; what stands for no character is U+FFFD.
};

/// Text in UTF-16 or UTF-32, told by its byte order mark or by the zeros beside a first character
/// of ASCII; nothing for any other text. Takes at most twice as many bytes as it is given.
///
/// Source: The Unicode Standard 15.0, sections 3.9, 3.10 and 23.8.
[[nodiscard]] std::optional<WideText> decode_wide(std::string_view bytes);

} // namespace preflight
