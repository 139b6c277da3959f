// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/inventory/conclude.hpp"
#include "preflight/inventory/examine.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {

/// One file of an artifact.
struct Item {
    std::string path;
    std::string bytes;
};

/// What is left of an artifact that holds some files.
struct TakenInventory {
    FileList files;
    Inventory inventory;
};

inline TakenInventory take(const std::vector<Item>& items,
                           deployment::Role role = deployment::Role::function) {
    TakenInventory taken;
    std::vector<Fact> facts;
    for (const auto& item : items) {
        const auto bytes = as_bytes(item.bytes);
        std::ranges::move(examine({.path = item.path, .bytes = bytes}), std::back_inserter(facts));
        taken.files.add(item.path, bytes.size(), crypto::sha256(bytes));
    }
    taken.files.sort();
    taken.inventory = conclude(facts, taken.files, role);
    return taken;
}

inline Inventory take_inventory(const std::vector<Item>& items,
                                deployment::Role role = deployment::Role::function) {
    return take(items, role).inventory;
}

/// The first finding of a rule.
inline const Finding* find(const Inventory& inventory, std::string_view rule) {
    const auto found = std::ranges::find(inventory.findings, rule, &Finding::rule_id);
    return found == inventory.findings.end() ? nullptr : &*found;
}

} // namespace preflight::inventory
