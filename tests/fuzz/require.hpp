// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

/// What a harness holds its parser to: a property that fails stops the program, which is how a
/// fuzzer notices.
inline void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}
