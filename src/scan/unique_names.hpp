// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace preflight::scan {

/// Hands out names, no two of them equal.
class UniqueNames {
public:
    /// `wanted`, or the first of `wanted-2`, `wanted-3`, ... that was not handed out yet.
    [[nodiscard]] std::string take(const std::string& wanted);

private:
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, std::size_t> last_number_; ///< By wanted name.
};

} // namespace preflight::scan
