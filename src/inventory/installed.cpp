// SPDX-License-Identifier: Apache-2.0
#include "about.hpp"
#include "census.hpp"
#include "package_name.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace preflight::inventory {

namespace {

template <class What>
void take(const Fact& fact, const What*& piece) {
    if (const auto* const what = std::get_if<What>(&fact.what)) {
        piece = what;
    }
}

void take_fact(const Fact& fact, Pieces& pieces) {
    take(fact, pieces.core);
    take(fact, pieces.installer);
    take(fact, pieces.direct_url);
    take(fact, pieces.record);
    take(fact, pieces.top_level);
    take(fact, pieces.installed_files);
    take(fact, pieces.entry_points);
    if (std::holds_alternative<Sbom>(fact.what)) {
        pieces.sboms.push_back(&fact);
    }
}

/// Every metadata folder there is, also one of which nothing could be read.
void collect_folders(Census& census) {
    const auto& files = census.files;
    for (std::size_t index = 0; index < files.size(); ++index) {
        if (const auto folder = find_metadata_folder(files.path(index))) {
            census.folders.try_emplace(folder->path, Pieces{.folder = *folder});
        }
    }
    for (const auto& fact : census.facts) {
        if (const auto folder = find_metadata_folder(fact.path)) {
            take_fact(fact, census.folders.at(folder->path));
        }
    }
}

/// What kind of place metadata lie in.
enum class Setting { site, package, test_material };

Setting find_setting(std::string_view site, const Census& census) {
    const auto root = deployment::find_import_folder(site, census.role);
    if (root && *root == site) {
        return Setting::site;
    }
    if (has_component(site, is_test_folder)) {
        return Setting::test_material;
    }
    const auto below_root = relative_to(root.value_or(std::string_view()), site);
    const auto first = first_component(below_root);
    const auto rest = below_root.substr(std::min(first.size() + 1, below_root.size()));
    const auto package = join(root.value_or(std::string_view()), first);
    const bool is_in_package = has_component(rest, is_vendor_folder) ||
                               census.files.find(join(package, "__init__.py")).has_value();
    return is_in_package ? Setting::package : Setting::site;
}

/// Name and version as the metadata have them, or else the folder; what is wrong goes to
/// `problems`.
FolderName choose_names(const Pieces& pieces, std::vector<std::string>& problems) {
    const auto from_folder = split_folder_name(pieces.folder);
    if (pieces.core == nullptr) {
        problems.emplace_back(pieces.folder.origin == Origin::dist_info ? "there is no METADATA"
                                                                        : "there is no PKG-INFO");
        return from_folder;
    }
    const auto& core = pieces.core->core;
    std::ranges::copy(core.problems, std::back_inserter(problems));
    FolderName chosen{core.name, core.version};
    if (!python::is_valid_name(chosen.name)) {
        problems.push_back(chosen.name.empty() ? "no name is given"
                                               : in_quotes(chosen.name) + " is no valid name");
        chosen.name = from_folder.name;
    }
    if (chosen.version.empty()) {
        problems.emplace_back("no version is given");
        chosen.version = from_folder.version;
    }
    return chosen;
}

Finding make_malformed(const Distribution& distribution, const std::vector<std::string>& problems) {
    return make_about(
        kMetadataMalformed,
        distribution,
        "metadata of " + printable(distribution.package.name) + ": " + problems.front() +
            (problems.size() > 1 ? "; " + std::to_string(problems.size() - 1) + " more" : ""));
}

/// Whether the folder is called otherwise than what its metadata say. One without a version, or
/// with one that nobody understands, says nothing.
bool contradicts(const MetadataFolder& folder, const PackageName& package) {
    const auto called = split_folder_name(folder);
    const auto version = python::parse_version(called.version);
    const auto stated = python::parse_version(package.version);
    return version && stated &&
           (!(*version == *stated) || python::normalize_name(called.name) != package.name);
}

Finding make_contradiction(const Distribution& distribution) {
    return make_about(kMetadataDisagrees,
                      distribution,
                      "the folder " + in_quotes(last_component(distribution.path)) +
                          " holds the metadata of " + to_label(distribution.package));
}

Finding make_not_from_index(const Distribution& distribution) {
    return make_about(kNotFromIndex,
                      distribution,
                      to_label(distribution.package) + " was installed from a " +
                          (distribution.direct_url == "vcs" ? "repository" : "local folder") +
                          ", so its version says less than one of the index");
}

void note_what_is_odd(const Pieces& pieces,
                      const Distribution& distribution,
                      const std::vector<std::string>& problems,
                      std::vector<Finding>& findings) {
    if (!problems.empty()) {
        findings.push_back(make_malformed(distribution, problems));
    }
    if (!distribution.is_carried_along() && contradicts(pieces.folder, distribution.package)) {
        findings.push_back(make_contradiction(distribution));
    }
    if (distribution.direct_url == "vcs" || distribution.direct_url == "directory") {
        findings.push_back(make_not_from_index(distribution));
    }
}

void add_distribution(const Pieces& pieces, Setting setting, Census& census) {
    const auto path = pieces.folder.path;
    std::vector<std::string> problems;
    if (pieces.direct_url != nullptr && !pieces.direct_url->problem.empty()) {
        problems.push_back(pieces.direct_url->problem);
    }
    const auto names = choose_names(pieces, problems);
    auto package = find_package_name(names.name, names.version);
    if (!package) {
        census.inventory.incomplete.push_back(
            make_unread(std::string(path),
                        "its metadata name no distribution with a version; remove it, or install "
                        "the distribution anew"));
        return;
    }
    const auto site = site_of(pieces.folder);
    Distribution distribution{.package = *std::move(package),
                              .origin = pieces.folder.origin,
                              .folder = std::string(site),
                              .path = std::string(path)};
    if (pieces.installer != nullptr) {
        distribution.installer = pieces.installer->name;
    }
    if (pieces.direct_url != nullptr) {
        distribution.direct_url = pieces.direct_url->form;
    }
    if (setting == Setting::package) {
        distribution.origin = Origin::vendored;
    }
    note_what_is_odd(pieces, distribution, problems, census.inventory.findings);
    census.add(std::move(distribution), &pieces);
}

Finding make_test_material(std::string_view path) {
    auto finding = make_finding(kTestMaterial, {.path = std::string(path)});
    finding.message =
        in_quotes(path) + " lies among the material of tests and names nothing that is installed";
    return finding;
}

} // namespace

void add_installed(Census& census) {
    collect_folders(census);
    for (const auto& [path, pieces] : census.folders) {
        const auto site = site_of(pieces.folder);
        const auto setting = find_setting(site, census);
        if (setting == Setting::test_material) {
            census.inventory.findings.push_back(make_test_material(path));
            continue;
        }
        if (setting == Setting::site) {
            census.sites.emplace_back(site);
        }
        add_distribution(pieces, setting, census);
    }
    std::ranges::sort(census.sites);
    census.sites.erase(std::unique(census.sites.begin(), census.sites.end()), census.sites.end());
}

} // namespace preflight::inventory
