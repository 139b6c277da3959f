// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/descriptor.hpp"

#include <unistd.h>

namespace preflight {

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

} // namespace preflight
