// SPDX-License-Identifier: Apache-2.0
#include "mixtures.hpp"

#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <map>
#include <utility>

namespace preflight::deployment {

namespace {

Finding make_mixed(const Copy& copy, std::string message) {
    auto finding = make_finding(kMixedPackage, {.path = copy.path});
    finding.artifact = copy.place.artifact;
    finding.package = copy.package;
    finding.message = std::move(message);
    return finding;
}

/// The copy of each name whose metadata Python finds: the first on the path, code or not. Source:
/// Python 3.13, Library Reference, importlib.metadata, "Distribution Discovery".
std::map<std::string_view, std::size_t> find_metadata(const Layers& layers,
                                                      const Runtime& runtime) {
    std::map<std::string_view, std::size_t> first_of;
    std::map<std::string_view, std::uint64_t> ranks;
    for (std::size_t index = 0; index < layers.copies.size(); ++index) {
        const auto& copy = layers.copies[index];
        const auto rank = copy.has_metadata ? find_import_rank(copy.place, runtime) : std::nullopt;
        if (!rank) {
            continue;
        }
        const auto [best, is_new] = ranks.try_emplace(copy.package.name, *rank);
        if (is_new || *rank < best->second) {
            best->second = *rank;
            first_of[copy.package.name] = index;
        }
    }
    return first_of;
}

/// The copies of each name that are imported.
using Imported = std::multimap<std::string_view, std::size_t>;

Imported find_imported(const Layers& layers) {
    Imported imported;
    for (std::size_t index = 0; index < layers.copies.size(); ++index) {
        if (layers.placements[index].is_effective()) {
            imported.emplace(layers.copies[index].package.name, index);
        }
    }
    return imported;
}

/// The copy that the code of a name is imported from, unless that is in `artifact` as well.
std::optional<std::size_t> find_code(const Layers& layers,
                                     const Imported& imported,
                                     std::string_view name,
                                     const std::string& artifact) {
    std::optional<std::size_t> found;
    const auto [first, last] = imported.equal_range(name);
    for (auto copy = first; copy != last; ++copy) {
        if (layers.copies[copy->second].place.artifact == artifact) {
            return std::nullopt;
        }
        found = copy->second;
    }
    return found;
}

void add_split(const Layers& layers,
               const Imported& imported,
               std::size_t index,
               std::vector<Finding>& findings) {
    const auto& copy = layers.copies[index];
    const auto& placement = layers.placements[index];
    if (placement.is_effective()) {
        return;
    }
    const auto metadata = "the metadata of " + to_label(copy.package) + " come from " +
                          in_quotes(copy.place.artifact);
    if (placement.shadowed_by_module) {
        const auto& loose = layers.loose[*placement.shadowed_by_module];
        findings.push_back(make_mixed(copy,
                                      metadata + ", and its code from " + in_quotes(loose.path) +
                                          " of " + in_quotes(loose.place.artifact) +
                                          ", whose version is not known"));
    } else if (const auto code =
                   find_code(layers, imported, copy.package.name, copy.place.artifact)) {
        const auto& other = layers.copies[*code];
        findings.push_back(make_mixed(copy,
                                      metadata + ", and the code that is imported is that of " +
                                          to_label(other.package) + " in " +
                                          in_quotes(other.place.artifact)));
    }
}

} // namespace

void conclude_mixtures(const Layers& layers,
                       const Runtime& runtime,
                       std::vector<Finding>& findings) {
    const auto imported = find_imported(layers);
    for (const auto& [name, index] : find_metadata(layers, runtime)) {
        add_split(layers, imported, index, findings);
    }
    for (std::size_t index = 0; index < layers.copies.size(); ++index) {
        if (const auto module = layers.placements[index].overlaid_by) {
            const auto& copy = layers.copies[index];
            const auto& loose = layers.loose[*module];
            findings.push_back(
                make_mixed(copy,
                           "files of " + in_quotes(loose.path) + " in " +
                               in_quotes(loose.place.artifact) + " are unpacked over those of " +
                               to_label(copy.package) + " in " + in_quotes(copy.place.artifact)));
        }
    }
    for (const auto& remainder : layers.remainders) {
        const auto& lower = layers.copies[remainder.lower];
        const auto& upper = layers.copies[remainder.upper];
        findings.push_back(
            make_mixed(upper,
                       std::to_string(remainder.files) + " files of " + to_label(lower.package) +
                           " in " + in_quotes(lower.place.artifact) + " stay beside those of " +
                           to_label(upper.package) + " in " + in_quotes(upper.place.artifact) +
                           ", the first is " + in_quotes(remainder.first)));
    }
}

} // namespace preflight::deployment
