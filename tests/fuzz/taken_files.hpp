// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/inventory/conclude.hpp"
#include "preflight/inventory/identify.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// One file of an artifact; borrows from the input.
struct InputFile {
    std::string_view path;
    std::string_view bytes;
};

/// What a scan makes of the files of one artifact.
struct TakenFiles {
    preflight::inventory::FileList files;
    preflight::inventory::Inventory inventory;
};

/// `inputs` have no path twice.
inline TakenFiles take_files(const std::vector<InputFile>& inputs,
                             preflight::deployment::Role role) {
    namespace inventory = preflight::inventory;
    TakenFiles taken;
    std::vector<inventory::Fact> facts;
    for (const auto& input : inputs) {
        const auto bytes = preflight::as_bytes(input.bytes);
        std::ranges::move(inventory::examine({.path = input.path, .bytes = bytes}),
                          std::back_inserter(facts));
        taken.files.add(input.path, bytes.size(), preflight::crypto::sha256(bytes));
    }
    taken.files.sort();
    taken.inventory = inventory::conclude(facts, taken.files, role);
    return taken;
}

inline void require_printable(std::string_view text) {
    require(preflight::printable(text) == text);
}

inline void require_host(const preflight::inventory::Distribution& distribution,
                         std::size_t index,
                         const preflight::inventory::Inventory& inventory) {
    if (distribution.host_index) {
        require(*distribution.host_index < inventory.distributions.size());
        require(*distribution.host_index != index);
        require(distribution.host ==
                inventory.distributions[*distribution.host_index].package.name);
    }
}

/// What holds of every inventory.
inline void require_sound(const TakenFiles& taken) {
    const auto& [files, inventory] = taken;
    const auto& distributions = inventory.distributions;
    require(std::ranges::is_sorted(distributions, {}, &preflight::inventory::Distribution::path));
    for (std::size_t index = 0; index < distributions.size(); ++index) {
        const auto& distribution = distributions[index];
        require(!distribution.package.name.empty() && !distribution.package.version.empty());
        require(!distribution.path.empty());
        require_printable(distribution.installer);
        require_host(distribution, index, inventory);
    }
    for (const auto& finding : inventory.findings) {
        require(finding.rule_id.starts_with("inventory."));
        require(!finding.location.path.empty() && !finding.message.empty());
        require_printable(finding.message);
        require_printable(finding.remedy);
    }
    for (const auto& incomplete : inventory.incomplete) {
        require_printable(incomplete.what);
        require_printable(incomplete.why);
    }
    require(inventory.vouched_by.size() == files.size());
    for (const auto& owner : inventory.vouched_by) {
        require(!owner || *owner < distributions.size());
    }
}
