// SPDX-License-Identifier: Apache-2.0
#include "about.hpp"
#include "census.hpp"
#include "known_modules.hpp"
#include "package_name.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name.hpp"

#include <utility>

namespace preflight::inventory {

namespace {

/// Who carries along what lies at `path`. Where nobody is known, the first folder below the root
/// gives its name.
void set_host(std::string_view path, const Census& census, Distribution& distribution) {
    const auto owner = find_owner(path, census);
    if (owner != kNobody) {
        const auto& host = census.inventory.distributions[owner];
        distribution.host = host.package.name;
        distribution.host_index = owner;
        distribution.folder = host.folder;
        return;
    }
    const auto root = deployment::find_import_folder(path, census.role);
    distribution.folder = root.value_or(parent_of(path));
    distribution.host =
        python::normalize_name(first_component(relative_to(root.value_or(""), path)));
}

/// Counts what is carried along. Of the list that goes beyond what is admitted it is said that it
/// was not read to its end.
bool may_carry(const std::string& path, Census& census) {
    if (census.carried < kMaxCarried) {
        ++census.carried;
        return true;
    }
    if (census.carried == kMaxCarried) {
        ++census.carried;
        census.inventory.incomplete.push_back(
            make_unread(path,
                        "the packages of the artifact carry along more than " +
                            std::to_string(kMaxCarried) + " others, so the rest was not judged"));
    }
    return false;
}

/// Copies of other distributions in the packages of this artifact.
class CarriedCopies {
public:
    explicit CarriedCopies(Census& census) : census_(census) {}

    /// Those that have their metadata with them.
    void add_with_metadata() {
        for (std::size_t index = 0; index < census_.evidence.size(); ++index) {
            auto& distribution = census_.distribution(index);
            if (distribution.is_carried_along()) {
                known_.insert({distribution.folder, distribution.package.name});
                distribution.confidence = Confidence::medium; // authors change their copies
                set_host(distribution.path + "/METADATA", census_, distribution);
            }
        }
    }

    /// Those that a list of the package names.
    void add_listed() {
        for (const auto& fact : census_.facts) {
            if (const auto* const list = std::get_if<VendorList>(&fact.what)) {
                for (const auto& pin : list->pins) {
                    add(parent_of(fact.path),
                        {.package = make_package_name(pin.name, pin.version),
                         .path = fact.path,
                         .line = pin.line});
                }
                note_other_lines(fact.path, *list);
                if (list->is_too_long) {
                    census_.inventory.incomplete.push_back(
                        make_unread(fact.path,
                                    "it is longer than " + std::to_string(kMaxListBytes) +
                                        " bytes, so the copies that it names were not judged"));
                }
            }
        }
    }

    /// Those that say their version and whose name is known.
    void add_by_version() {
        for (const auto& [module, claim] : census_.versions.all()) {
            const auto folder = parent_of(module);
            const auto name = find_known_distribution(last_component(module));
            const bool is_copy = !name.empty() && is_vendor_folder(last_component(folder)) &&
                                 !parent_of(folder).empty() &&
                                 !has_component(folder, is_test_folder);
            if (is_copy) {
                add(folder,
                    {.package = make_package_name(name, claim.version),
                     .path = std::string(claim.file)});
            }
        }
    }

private:
    void add(std::string_view folder, Distribution distribution) {
        if (!known_.insert({std::string(folder), distribution.package.name}).second ||
            !may_carry(distribution.path, census_)) {
            return;
        }
        distribution.origin = Origin::vendored;
        distribution.confidence = Confidence::medium;
        set_host(distribution.path, census_, distribution);
        census_.add(std::move(distribution));
    }

    void note_other_lines(const std::string& path, const VendorList& list) {
        if (list.other_lines == 0) {
            return;
        }
        auto finding = make_finding(kMetadataMalformed, {.path = path});
        finding.severity = Severity::info;
        finding.message = std::to_string(list.other_lines) + " lines of " + in_quotes(path) +
                          " are no pins, so what they mean was not judged";
        census_.inventory.findings.push_back(std::move(finding));
    }

    Census& census_;
    std::set<std::pair<std::string, std::string>> known_; ///< By folder and name.
};

Finding make_sbom_note(const Fact& fact, const Sbom& sbom) {
    auto finding = make_finding(kMetadataMalformed, {.path = fact.path});
    finding.severity = Severity::info;
    finding.message = "the SBOM " + in_quotes(fact.path) + " was not read: " + sbom.problem;
    return finding;
}

/// What the SBOMs of one distribution say is in it.
void add_parts(std::size_t index, const Fact& fact, Census& census) {
    const auto& sbom = std::get<Sbom>(fact.what);
    const auto host = census.distribution(index).package;
    const auto folder = census.distribution(index).folder;
    if (sbom.is_cut) {
        census.inventory.incomplete.push_back(
            make_unread(fact.path, sbom.problem + ", so that not all of it was judged"));
    } else if (!sbom.problem.empty()) {
        census.inventory.findings.push_back(make_sbom_note(fact, sbom));
    }
    std::set<std::string_view> seen;
    for (const auto& package : sbom.distributions) {
        if (package.name != host.name && seen.insert(package.purl).second &&
            may_carry(fact.path, census)) {
            census.add({.package = package,
                        .origin = Origin::sbom,
                        .folder = folder,
                        .path = fact.path,
                        .confidence = Confidence::medium,
                        .host = host.name,
                        .host_index = index});
        }
    }
    for (auto component : sbom.components) {
        if (!may_carry(fact.path, census)) {
            break;
        }
        component.path = fact.path;
        component.host = host.name;
        census.inventory.components.push_back(std::move(component));
    }
}

void add_sboms(Census& census) {
    const auto count = census.evidence.size();
    for (std::size_t index = 0; index < count; ++index) {
        const auto* const pieces = census.evidence[index].pieces;
        if (pieces != nullptr) {
            for (const auto* const fact : pieces->sboms) {
                add_parts(index, *fact, census);
            }
        }
    }
}

} // namespace

void add_carried(Census& census) {
    CarriedCopies copies(census);
    copies.add_with_metadata();
    copies.add_listed();
    copies.add_by_version();
    add_sboms(census);
}

} // namespace preflight::inventory
