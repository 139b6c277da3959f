// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/identify.hpp"

#include "census.hpp"
#include "known_modules.hpp"
#include "package_name.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/record_file.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace preflight::inventory {

namespace {

/// What is recognised of one module.
struct Recognised {
    std::size_t package = 0; ///< Index of Fingerprints::packages().
    std::size_t files = 0;   ///< That are known from it.
    bool is_only = true;     ///< Whether no other package has as many.
};

/// The code files of a module, empty ones apart: they are known from everywhere.
std::vector<std::size_t> code_of(const UnattributedModule& module, const FileList& files) {
    std::vector<std::size_t> code;
    const auto single = files.find(module.path);
    const auto [first, last] = single ? std::pair(*single, *single + 1) : files.below(module.path);
    for (auto index = first; index < last; ++index) {
        if (is_importable(files.path(index)) && files[index].size > 0) {
            code.push_back(index);
        }
    }
    return code;
}

/// The package that most of the files are known from; nothing unless these are more than half.
std::optional<Recognised> recognise(std::span<const std::size_t> code,
                                    const FileList& files,
                                    const Fingerprints& fingerprints) {
    std::map<std::size_t, std::size_t> counts;
    for (const auto index : code) {
        for (const auto package : fingerprints.find(files[index].sha256)) {
            ++counts[package];
        }
    }
    Recognised best;
    for (const auto& [package, count] : counts) {
        if (count > best.files) {
            best = {.package = package, .files = count};
        } else if (count == best.files) {
            best.is_only = false;
        }
    }
    return best.files * 2 > code.size() ? std::optional(best) : std::nullopt;
}

Confidence confidence_of(const Recognised& recognised, std::size_t code) {
    if (!recognised.is_only) {
        return Confidence::low; // versions that differ in other files
    }
    return recognised.files == code ? Confidence::high : Confidence::medium;
}

/// Distributions that were recognised, by site and package URL.
using Known = std::map<std::pair<std::string, std::string>, std::size_t>;

void add_recognised(const PackageName& package,
                    const UnattributedModule& module,
                    Confidence confidence,
                    Known& known,
                    std::vector<Distribution>& distributions) {
    const auto [place, is_new] =
        known.try_emplace({module.folder, package.purl}, distributions.size());
    if (is_new) {
        distributions.push_back({.package = package,
                                 .origin = Origin::fingerprint,
                                 .folder = module.folder,
                                 .path = module.path,
                                 .confidence = confidence,
                                 .modules = {module.name}});
        return;
    }
    auto& distribution = distributions[place->second];
    distribution.modules.push_back(module.name);
    distribution.confidence = std::min(distribution.confidence, confidence);
}

/// `yaml (pyyaml of unknown version)`, `app (says 1.2)`.
std::string describe(const UnattributedModule& module) {
    auto text = printable(module.name);
    if (const auto known = find_known_distribution(module.name); !known.empty()) {
        text += " (" + std::string(known) + " of unknown version)";
    } else if (!module.version.empty()) {
        text += " (says " + module.version + ")";
    }
    return text;
}

Finding make_unattributed(std::span<const UnattributedModule> modules) {
    constexpr std::size_t kMaxNamed = 10;
    auto finding = make_finding(kUnattributedCode, {.path = modules.front().path});
    finding.message = std::to_string(modules.size()) +
                      (modules.size() == 1 ? " module belongs" : " modules belong") +
                      " to no distribution: ";
    for (std::size_t index = 0; index < std::min(modules.size(), kMaxNamed); ++index) {
        finding.message += (index == 0 ? "" : ", ") + describe(modules[index]);
    }
    if (modules.size() > kMaxNamed) {
        finding.message += ", " + std::to_string(modules.size() - kMaxNamed) + " more";
    }
    return finding;
}

} // namespace

void Fingerprints::add(const Inventory& inventory, const FileList& files) {
    for (std::size_t index = 0; index < inventory.vouched_by.size(); ++index) {
        const auto owner = inventory.vouched_by[index];
        const auto file = files[index];
        if (owner && file.size > 0 && is_importable(file.path)) {
            rows_.push_back({.sha256 = file.sha256,
                             .package = index_of(inventory.distributions[*owner].package)});
        }
    }
}

void Fingerprints::add(const python::WheelFileName& wheel, std::string_view record) {
    const auto index = index_of(make_package_name(wheel.name, wheel.version));
    python::RecordReader reader(record);
    while (const auto row = reader.next()) {
        if (row->sha256 && is_importable(row->path) && row->size.value_or(1) > 0) {
            rows_.push_back({.sha256 = *row->sha256, .package = index});
        }
    }
}

void Fingerprints::sort() {
    std::ranges::sort(rows_);
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
}

std::vector<std::size_t> Fingerprints::find(const crypto::Sha256Digest& sha256) const {
    // What so many packages have says nothing of any of them.
    constexpr std::ptrdiff_t kMaxPackages = 16;
    const auto first = std::ranges::lower_bound(rows_, sha256, {}, &Row::sha256);
    const auto last = std::ranges::upper_bound(rows_, sha256, {}, &Row::sha256);
    std::vector<std::size_t> found;
    if (last - first > kMaxPackages) {
        return found;
    }
    std::transform(
        first, last, std::back_inserter(found), [](const Row& row) { return row.package; });
    return found;
}

std::size_t Fingerprints::index_of(const PackageName& package) {
    const auto [known, is_new] = index_of_.try_emplace(package.purl, packages_.size());
    if (is_new) {
        packages_.push_back(package);
    }
    return known->second;
}

void identify(const Fingerprints& fingerprints, const FileList& files, Inventory& inventory) {
    std::vector<UnattributedModule> left;
    Known known;
    for (auto& module : inventory.unattributed) {
        const auto code = code_of(module, files);
        if (const auto recognised = recognise(code, files, fingerprints)) {
            add_recognised(fingerprints.packages()[recognised->package],
                           module,
                           confidence_of(*recognised, code.size()),
                           known,
                           inventory.distributions);
        } else {
            left.push_back(std::move(module));
        }
    }
    inventory.unattributed = std::move(left);
    sort_by_path(inventory);
    if (!inventory.unattributed.empty()) {
        inventory.findings.push_back(make_unattributed(inventory.unattributed));
    }
}

} // namespace preflight::inventory
