// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/node.hpp"

#include <algorithm>

namespace preflight::document {

const Node* Node::find(std::string_view name) const {
    const auto* map = as_map();
    if (map == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(
        *map, name, [](const auto& member) -> std::string_view { return member.first.text; });
    return found == map->end() ? nullptr : &found->second;
}

} // namespace preflight::document
