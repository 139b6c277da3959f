// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <string>

namespace preflight {

/// Bytes in lower-case hexadecimal, two digits each.
[[nodiscard]] std::string to_hex(ByteView bytes);

} // namespace preflight
