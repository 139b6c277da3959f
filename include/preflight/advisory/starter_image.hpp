// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

namespace preflight::advisory {

/// The index of the advisories that come along: those of `advisories/`, compiled when the program
/// was built and embedded in it. Lives as long as the program; for Feed::open_starter().
[[nodiscard]] ByteView starter_image();

} // namespace preflight::advisory
