// SPDX-License-Identifier: Apache-2.0
// error: ignoring returned value of type .*Result
//
// A Result holds the news that an input is wrong; who drops it has not heard them.
#include "preflight/base/result.hpp"

preflight::Result<int> parse_number();

int main() {
#ifdef PREFLIGHT_VALID
    const auto number = parse_number();
    return number ? number.value() : 0;
#else
    parse_number();
    return 0;
#endif
}
