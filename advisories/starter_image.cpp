// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/starter_image.hpp"

// Made by the assembler, hence named as it names things, and of a size that C++ does not know.
// NOLINTBEGIN(modernize-avoid-c-arrays, readability-identifier-naming)
extern "C" const std::byte preflight_starter_image_begin[];
extern "C" const std::byte preflight_starter_image_end[];
// NOLINTEND(modernize-avoid-c-arrays, readability-identifier-naming)

namespace preflight::advisory {

ByteView starter_image() {
    return {preflight_starter_image_begin, preflight_starter_image_end};
}

} // namespace preflight::advisory
