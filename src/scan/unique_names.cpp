// SPDX-License-Identifier: Apache-2.0
#include "unique_names.hpp"

namespace preflight::scan {

std::string UniqueNames::take(const std::string& wanted) {
    auto name = wanted;
    if (!taken_.contains(wanted)) {
        taken_.insert(name);
        return name;
    }
    auto& number = last_number_.try_emplace(wanted, std::size_t{1}).first->second;
    do {
        name = wanted + "-" + std::to_string(++number);
    } while (!taken_.insert(name).second);
    return name;
}

} // namespace preflight::scan
