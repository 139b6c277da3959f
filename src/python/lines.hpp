// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace preflight::python {

/// Drops the byte order mark of UTF-8 that `text` may begin with.
void drop_byte_order_mark(std::string_view& text);

/// Takes `piece` off the front of `rest`, if it stands there.
bool take_front(std::string_view& rest, std::string_view piece);

/// Takes the first line off `rest`, and its end with it: LF, CRLF or CR, where Python ends a line
/// of a file that it reads as text.
[[nodiscard]] std::string_view take_line(std::string_view& rest);

/// The same for the lines that Python's str.splitlines() gives, which end at eight more characters.
[[nodiscard]] std::string_view take_split_line(std::string_view& rest);

/// The beginning of a text, as many whole characters as fit into `max_bytes`.
[[nodiscard]] std::string_view cut_text(std::string_view text, std::size_t max_bytes);

/// Whether a line names an encoding that gives bytes another meaning than UTF-8 does. Comments
/// alone declare one, but a line that is split elsewhere may belong to a comment. Source: PEP 263.
[[nodiscard]] bool declares_other_encoding(std::string_view line);

} // namespace preflight::python
