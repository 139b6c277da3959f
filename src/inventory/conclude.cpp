// SPDX-License-Identifier: Apache-2.0
#include "path.hpp"

#include "preflight/base/text.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

namespace preflight::inventory {

namespace {

constexpr std::array kRules = {
    Rule{.id = "inventory.metadata-malformed",
         .severity = Severity::low,
         .summary = "The metadata of a distribution break the specification.",
         .remedy =
             "Report it to the distribution's authors; install it anew if the files were changed."},
};

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

/// Names and version as a metadata folder is called.
struct FolderName {
    std::string name;
    std::string version;
};

/// Cuts off `-py3.9` and what follows it, but not the end of a name such as `my-python-app`.
std::string_view without_python_tag(std::string_view stem) {
    for (const std::string_view tag : {"-py2.", "-py3."}) {
        stem = stem.substr(0, stem.rfind(tag)); // npos: all of it
    }
    return stem;
}

/// Splits `name-version.dist-info` and `name-version-py3.9.egg-info`; `name.egg-info` has no
/// version.
FolderName split_folder_name(std::string_view folder, Origin origin) {
    auto stem =
        last_component(origin == Origin::egg ? parent_of(folder) : folder); // x.egg/EGG-INFO
    stem = stem.substr(0, stem.rfind('.'));
    if (origin != Origin::dist_info) {
        stem = without_python_tag(stem);
    }
    const auto dash = stem.rfind('-');
    if (dash == std::string_view::npos) {
        return {std::string(stem), ""};
    }
    return {std::string(stem.substr(0, dash)), std::string(stem.substr(dash + 1))};
}

/// Whether the metadata lie inside the package of another distribution that carries them along.
bool is_vendored(std::string_view folder) {
    const auto slashed = "/" + std::string(folder) + "/";
    return slashed.find("/_vendor/") != std::string::npos ||
           slashed.find("/vendored/") != std::string::npos;
}

/// All that is known of one metadata folder.
struct Pieces {
    Origin origin = Origin::dist_info;
    const MetadataFacts* core = nullptr;
    std::string installer;
    std::string direct_url;
    std::vector<std::string> problems;
};

std::map<std::string_view, Pieces> collect(std::span<const MetadataFacts> facts) {
    std::map<std::string_view, Pieces> folders;
    for (const auto& fact : facts) {
        auto& pieces = folders[fact.folder];
        pieces.origin = fact.origin;
        std::ranges::copy(fact.problems, std::back_inserter(pieces.problems));
        switch (fact.piece) {
        case MetadataPiece::core_metadata:
            pieces.core = &fact;
            break;
        case MetadataPiece::installer:
            pieces.installer = fact.value;
            break;
        case MetadataPiece::direct_url:
            pieces.direct_url = fact.value;
            break;
        case MetadataPiece::other:
            break;
        }
    }
    return folders;
}

PackageName make_package(std::string_view name, std::string_view version) {
    const auto parsed = python::parse_version(version);
    PackageName package{.name = python::normalize_name(name),
                        .version = parsed ? parsed->text() : std::string(version)};
    package.purl = python::make_purl(package.name, package.version);
    return package;
}

/// Chooses between what the metadata say and what the folder is called, and notes what is wrong.
FolderName
choose_names(std::string_view folder, const Pieces& pieces, std::vector<std::string>& problems) {
    const auto from_folder = split_folder_name(folder, pieces.origin);
    FolderName chosen;
    if (pieces.core == nullptr) {
        problems.emplace_back(pieces.origin == Origin::dist_info ? "there is no METADATA"
                                                                 : "there is no PKG-INFO");
    } else {
        chosen = {pieces.core->core.name, pieces.core->core.version};
        std::ranges::copy(pieces.core->core.problems, std::back_inserter(problems));
    }
    if (!python::is_valid_name(chosen.name)) {
        if (pieces.core != nullptr) {
            problems.push_back(chosen.name.empty() ? "no name is given"
                                                   : in_quotes(chosen.name) + " is no valid name");
        }
        chosen.name = from_folder.name;
    }
    if (chosen.version.empty()) {
        if (pieces.core != nullptr) {
            problems.emplace_back("no version is given");
        }
        chosen.version = from_folder.version;
    }
    return chosen;
}

Finding make_malformed(const Distribution& distribution, const std::vector<std::string>& problems) {
    auto finding = make_finding(kRules.front(), {.path = distribution.path});
    finding.package = distribution.package;
    finding.message =
        "metadata of " + printable(distribution.package.name) + ": " + problems.front();
    if (problems.size() > 1) {
        finding.message += "; " + std::to_string(problems.size() - 1) + " more";
    }
    return finding;
}

/// The folder that is put on the import path for a metadata folder to be found.
std::string_view site_of(std::string_view metadata_folder, Origin origin) {
    const auto parent = parent_of(metadata_folder);
    const bool is_in_egg = origin == Origin::egg && parent.ends_with(".egg");
    return is_in_egg ? parent_of(parent) : parent;
}

void add_distribution(std::string_view folder, Pieces pieces, Inventory& inventory) {
    auto problems = std::move(pieces.problems);
    const auto names = choose_names(folder, pieces, problems);
    if (!python::is_valid_name(names.name) || names.version.empty()) {
        inventory.incomplete.push_back({.kind = IncompleteKind::entry,
                                        .what = printable(folder),
                                        .why = "its metadata name no distribution with a version; "
                                               "remove it, or install the distribution anew",
                                        .path = std::string(folder)});
        return;
    }
    Distribution distribution{.package = make_package(names.name, names.version),
                              .origin = pieces.origin,
                              .folder = std::string(site_of(folder, pieces.origin)),
                              .path = std::string(folder),
                              .installer = std::move(pieces.installer),
                              .direct_url = std::move(pieces.direct_url)};
    if (is_vendored(distribution.folder)) {
        distribution.origin = Origin::vendored;
    }
    if (!problems.empty()) {
        inventory.findings.push_back(make_malformed(distribution, problems));
    }
    inventory.distributions.push_back(std::move(distribution));
}

} // namespace

std::string_view to_string(Origin origin) {
    return kOriginNames.at(static_cast<std::size_t>(origin));
}

std::span<const Rule> rules() {
    return kRules;
}

Inventory conclude(std::span<const MetadataFacts> facts) {
    Inventory inventory;
    for (auto& [folder, pieces] : collect(facts)) {
        add_distribution(folder, std::move(pieces), inventory);
    }
    return inventory;
}

Inventory conclude(const python::RequirementsFile& file) {
    Inventory inventory;
    for (const auto& pin : file.pins) {
        inventory.distributions.push_back({.package = make_package(pin.name, pin.version),
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
