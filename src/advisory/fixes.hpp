// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {

/// A version that a record names as fixed.
struct Fix {
    std::string text; ///< In normal form.
    bool is_prerelease = false;
};

/// The PEP 440 versions above `key` that `fixed` events of the records in `naming` name and no
/// record in `affecting` affects: in ascending order, each once.
[[nodiscard]] std::vector<Fix> find_fixes(std::string_view key,
                                          std::span<const Advisory* const> naming,
                                          std::span<const Advisory* const> affecting);

/// The smallest final release, else the smallest pre-release; empty where there is neither.
[[nodiscard]] std::string choose_fix(std::span<const Fix> fixes);

} // namespace preflight::advisory
