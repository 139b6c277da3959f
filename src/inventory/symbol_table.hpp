// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

namespace preflight::inventory {

/// Whether some bytes are a 64-bit little-endian ELF file whose section headers can be read and
/// name no table of symbols for a linker or debugger, as `strip` leaves it.
///
/// Source: ELF-64 Object File Format, sections 3 and 4.
[[nodiscard]] bool is_stripped_library(ByteView bytes);

} // namespace preflight::inventory
