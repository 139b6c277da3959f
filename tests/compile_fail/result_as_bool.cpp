// SPDX-License-Identifier: Apache-2.0
// error: cannot convert .*Result.* to .bool. in return
//
// That there is a value is asked for by name; a Result does not turn into a number by itself.
#include "preflight/base/result.hpp"

bool is_number(const preflight::Result<int>& number) {
#ifdef PREFLIGHT_VALID
    return number.has_value();
#else
    return number;
#endif
}
