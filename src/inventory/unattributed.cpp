// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "known_modules.hpp"
#include "package_name.hpp"
#include "path.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <utility>

namespace preflight::inventory {

namespace {

/// A file that Python can import and that no metadata vouch for.
bool is_stray(std::size_t index, const Census& census) {
    const auto path = census.files.path(index);
    if (census.claims[index].owner != kNobody || !is_importable(path)) {
        return false;
    }
    return !is_compiled_copy(path, census.files) && !find_metadata_folder(path);
}

/// The path of a module: its folder, or its one file.
std::string
path_of_module(std::string_view site, const std::string& module, std::string_view file) {
    auto path = module;
    std::ranges::replace(path, '.', '/');
    path = join(site, path);
    return lies_below(file, path) ? path : std::string(file);
}

/// Modules that nobody owns, by path, and files added to those that somebody owns.
std::vector<UnattributedModule> collect_strays(Census& census) {
    std::vector<UnattributedModule> strays;
    ModuleFinder finder(census.files);
    std::string_view folder;
    auto site = find_site("", census);
    for (std::size_t index = 0; index < census.files.size(); ++index) {
        if (!is_stray(index, census)) {
            continue;
        }
        const auto path = census.files.path(index);
        if (parent_of(path) != folder) {
            folder = parent_of(path);
            site = find_site(path, census);
        }
        if (!site || !finder.has_importable_path(*site, path)) {
            continue;
        }
        auto module = finder.find(*site, path);
        const auto owner = census.owners.find({std::string(*site), module});
        if (owner != census.owners.end()) {
            if (owner->second.has_record) {
                census.unlisted.push_back(
                    {.file = index, .distribution = owner->second.distribution});
            }
            continue;
        }
        auto module_path = path_of_module(*site, module, path);
        if (strays.empty() || strays.back().path != module_path) {
            strays.push_back({.folder = std::string(*site),
                              .name = std::move(module),
                              .path = std::move(module_path)});
        }
    }
    // The files of a module are neighbours, unless metadata lie between them.
    std::ranges::stable_sort(strays, {}, &UnattributedModule::path);
    const auto same_path = [](const auto& left, const auto& right) {
        return left.path == right.path;
    };
    strays.erase(std::unique(strays.begin(), strays.end(), same_path), strays.end());
    return strays;
}

/// The version that a module says, wherever it lies.
std::string_view find_version(const UnattributedModule& module, const Census& census) {
    const std::string_view path = module.path;
    const auto without_suffix =
        path.substr(0,
                    path.size() - last_component(path).size() +
                        std::min(last_component(path).find('.'), last_component(path).size()));
    return census.versions.find(without_suffix);
}

} // namespace

void add_unattributed(Census& census) {
    auto strays = collect_strays(census);
    std::map<std::pair<std::string, std::string_view>, std::size_t> identified;
    std::vector<UnattributedModule> left;
    for (auto& module : strays) {
        module.version = find_version(module, census);
        const auto name = find_known_distribution(module.name);
        if (name.empty() || module.version.empty()) {
            left.push_back(std::move(module));
            continue;
        }
        const auto index = census.add({.package = make_package_name(name, module.version),
                                       .origin = Origin::version_literal,
                                       .folder = module.folder,
                                       .path = module.path,
                                       .confidence = Confidence::medium,
                                       .modules = {module.name}});
        identified.try_emplace({module.folder, name}, index);
    }
    for (auto& module : left) {
        const auto index = identified.find({module.folder, find_known_distribution(module.name)});
        if (index != identified.end()) { // another module of a distribution that is known by now
            census.distribution(index->second).modules.push_back(module.name);
        } else {
            census.inventory.unattributed.push_back(std::move(module));
        }
    }
}

} // namespace preflight::inventory
