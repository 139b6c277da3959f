// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/conclude.hpp"

#include "census.hpp"
#include "package_name.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace preflight::inventory {

namespace {

constexpr std::array<std::string_view, 11> kOriginNames = {"dist-info",
                                                           "egg-info",
                                                           "egg",
                                                           "wheel",
                                                           "requirements",
                                                           "lockfile",
                                                           "vendored",
                                                           "sbom",
                                                           "version-literal",
                                                           "fingerprint",
                                                           "runtime"};
constexpr std::array<std::string_view, 3> kConfidenceNames = {"low", "medium", "high"};
constexpr std::array<std::string_view, 4> kStateNames = {"installed", "stale", "ghost", "packed"};

} // namespace

void sort_by_path(Inventory& inventory) {
    auto& distributions = inventory.distributions;
    std::vector<std::size_t> order(distributions.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t index) -> const std::string& {
        return distributions[index].path;
    });
    std::vector<std::size_t> place(order.size());
    std::vector<Distribution> sorted;
    sorted.reserve(order.size());
    for (const auto index : order) {
        place[index] = sorted.size();
        sorted.push_back(std::move(distributions[index]));
    }
    for (auto& distribution : sorted) {
        if (distribution.host_index) {
            distribution.host_index = place[*distribution.host_index];
        }
    }
    for (auto& owner : inventory.vouched_by) {
        owner = owner ? std::optional(place[*owner]) : std::nullopt;
    }
    distributions = std::move(sorted);
}

std::string_view to_string(Origin origin) {
    return kOriginNames.at(static_cast<std::size_t>(origin));
}

std::string_view to_string(Confidence confidence) {
    return kConfidenceNames.at(static_cast<std::size_t>(confidence));
}

std::string_view to_string(State state) {
    return kStateNames.at(static_cast<std::size_t>(state));
}

std::span<const Rule> rules() {
    return kRules;
}

Inventory conclude(std::span<const Fact> facts, const FileList& files, deployment::Role role) {
    Census census(facts, files, role);
    add_installed(census);
    read_records(census);
    decide_states(census);
    attribute_modules(census);
    add_carried(census);
    add_unattributed(census);
    judge_records(census);
    add_path_files(census);
    for (const auto& claim : census.claims) {
        census.inventory.vouched_by.push_back(claim.is_verified ? std::optional(claim.owner)
                                                                : std::nullopt);
    }
    sort_by_path(census.inventory);
    return std::move(census.inventory);
}

Inventory conclude(const python::RequirementsFile& file) {
    Inventory inventory;
    for (const auto& pin : file.pins) {
        inventory.distributions.push_back({.package = make_package_name(pin.name, pin.version),
                                           .origin = Origin::requirements,
                                           .line = pin.line});
    }
    for (const auto& line : file.unjudged) {
        inventory.incomplete.push_back({.kind = IncompleteKind::requirement,
                                        .what = line.text,
                                        .why = line.why,
                                        .line = line.line});
    }
    return inventory;
}

} // namespace preflight::inventory
