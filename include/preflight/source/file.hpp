// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace preflight::source {

/// One regular file of an artifact, wherever its bytes came from. All that an analyser is given.
///
/// Path and bytes are borrowed for the length of the call; what is needed later is copied.
struct File {
    std::string_view path;  ///< '/'-separated, relative to the root of the artifact.
    std::uint32_t mode = 0; ///< Unix permission bits; 0 where the artifact records none.
    ByteView bytes;
};

} // namespace preflight::source
