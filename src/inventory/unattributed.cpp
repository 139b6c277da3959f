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
std::map<std::string, UnattributedModule> collect_strays(Census& census) {
    std::map<std::string, UnattributedModule> strays;
    for (std::size_t index = 0; index < census.files.size(); ++index) {
        if (!is_stray(index, census)) {
            continue;
        }
        const auto path = census.files.path(index);
        const auto site = find_site(path, census);
        auto module = site && has_importable_path(*site, path)
                          ? find_module(*site, path, census.files)
                          : std::string();
        if (module.empty()) {
            continue;
        }
        const auto owner = census.owners.find({std::string(*site), module});
        if (owner != census.owners.end()) {
            if (owner->second.has_record) {
                census.unlisted.push_back(
                    {.file = index, .distribution = owner->second.distribution});
            }
            continue;
        }
        auto module_path = path_of_module(*site, module, path);
        strays.try_emplace(module_path,
                           UnattributedModule{.folder = std::string(*site),
                                              .name = std::move(module),
                                              .path = module_path});
    }
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
    for (auto stray = strays.begin(); stray != strays.end();) {
        auto& module = stray->second;
        module.version = find_version(module, census);
        const auto name = find_known_distribution(module.name);
        if (name.empty() || module.version.empty()) {
            ++stray;
            continue;
        }
        const auto index = census.add({.package = make_package_name(name, module.version),
                                       .origin = Origin::version_literal,
                                       .folder = module.folder,
                                       .path = module.path,
                                       .confidence = Confidence::medium,
                                       .modules = {module.name}});
        identified.try_emplace({module.folder, name}, index);
        stray = strays.erase(stray);
    }
    for (auto& [path, module] : strays) {
        const auto index = identified.find({module.folder, find_known_distribution(module.name)});
        if (index != identified.end()) { // another module of a distribution that is known by now
            census.distribution(index->second).modules.push_back(module.name);
        } else {
            census.inventory.unattributed.push_back(std::move(module));
        }
    }
}

} // namespace preflight::inventory
