// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

namespace preflight::python {

void drop_byte_order_mark(std::string_view& text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
}

} // namespace preflight::python
