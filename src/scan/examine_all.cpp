// SPDX-License-Identifier: Apache-2.0
#include "examine_all.hpp"

namespace preflight::scan {

void add_unreached(const std::vector<std::uint8_t>& reached, Outcomes& outcomes) {
    for (std::size_t index = 0; index < reached.size(); ++index) {
        if (reached[index] == 0) {
            outcomes.files.push_back({.index = index, .what = Unexamined{}});
        }
    }
}

} // namespace preflight::scan
