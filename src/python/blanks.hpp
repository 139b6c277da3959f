// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace preflight::python {

/// How many bytes the white space character takes that `text` begins with; 0 if it begins with
/// something else. White space is what Python's str.isspace() says: 29 characters, the file, group,
/// record and unit separators among them.
[[nodiscard]] std::size_t blank_at_front(std::string_view text);

/// The same for the character that `text` ends with.
[[nodiscard]] std::size_t blank_at_back(std::string_view text);

/// `text` without the white space at both ends, as Python's str.strip() gives it. The view lies
/// inside `text`.
[[nodiscard]] std::string_view strip_blanks(std::string_view text);

} // namespace preflight::python
