// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/unpack/archive.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preflight::unpack {

/// An archive that breaks one rule, and one that only nearly does.
struct RuleExample {
    std::string_view rule_id;
    std::string fires;
    std::string near_miss;
    Limits limits;
};

/// One for each refusal, in the order of R1 to R13 of hostile-archives.md, section 5.
[[nodiscard]] std::vector<RuleExample> refusal_examples();

} // namespace preflight::unpack
