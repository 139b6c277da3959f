// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/match.hpp"
#include "preflight/deployment/deployment.hpp"
#include "preflight/inventory/conclude.hpp"
#include "preflight/scan/scan.hpp"
#include "preflight/unpack/archive.hpp"

#include <algorithm>
#include <iterator>

namespace preflight::scan {

std::vector<Rule> all_rules() {
    std::vector<Rule> all;
    for (const auto rules :
         {advisory::rules(), deployment::rules(), inventory::rules(), unpack::rules()}) {
        std::ranges::copy(rules, std::back_inserter(all));
    }
    return all;
}

} // namespace preflight::scan
