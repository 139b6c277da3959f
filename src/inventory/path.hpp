// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Pieces of '/'-separated paths inside an artifact.
namespace preflight::inventory {

[[nodiscard]] constexpr std::string_view last_component(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

/// What stands before the last component; empty where that is all there is.
[[nodiscard]] constexpr std::string_view parent_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

} // namespace preflight::inventory
