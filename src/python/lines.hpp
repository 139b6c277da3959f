// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace preflight::python {

/// Drops the byte order mark of UTF-8 that `text` may begin with.
void drop_byte_order_mark(std::string_view& text);

} // namespace preflight::python
