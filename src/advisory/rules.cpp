// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

#include "preflight/advisory/match.hpp"

#include <array>

namespace preflight::advisory {

std::span<const Rule> rules() {
    static constexpr std::array kRules = {kKnownVulnerability, kMaliciousPackage};
    return kRules;
}

} // namespace preflight::advisory
