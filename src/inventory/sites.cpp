// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "path.hpp"

#include "preflight/python/identifiers.hpp"

#include <algorithm>
#include <array>

namespace preflight::inventory {

namespace {

// Neither sites nor namespace packages lie deeper; who makes a thousand folders in each other must
// not make us look up each of them for each file.
constexpr std::size_t kMaxDepth = 16;

/// Whether a part of a path can stand in an `import` statement.
bool is_importable_part(std::string_view part) {
    return python::is_import_name(part) && part.find('.') == std::string_view::npos;
}

/// What a file is imported as: `yaml` of `yaml.cpython-312-x86_64-linux-gnu.so`.
std::string_view stem_of(std::string_view file_name) {
    return file_name.substr(0, file_name.find('.'));
}

/// Whether a folder is a regular package, as opposed to a namespace or no package at all.
bool is_regular_package(std::string_view folder, const FileList& files) {
    constexpr std::array<std::string_view, 2> kNames = {"__init__.py", "__init__.pyc"};
    return std::ranges::any_of(
        kNames, [&](std::string_view name) { return files.find(join(folder, name)).has_value(); });
}

} // namespace

std::optional<std::string_view> find_site(std::string_view path, const Census& census) {
    auto site = deployment::find_import_folder(path, census.role);
    auto end = site ? site->size() : 0;
    for (std::size_t depth = 0; depth < kMaxDepth; ++depth) {
        end = path.find('/', end + 1);
        if (end == std::string_view::npos) {
            break;
        }
        const auto folder = path.substr(0, end);
        if (std::ranges::binary_search(census.sites, folder)) {
            site = folder;
        }
    }
    return site;
}

bool is_importable(std::string_view path) {
    constexpr std::string_view kCompiled = ".pyc";
    const auto name = last_component(path);
    if (name.ends_with(kCompiled)) {
        return last_component(parent_of(path)) != "__pycache__";
    }
    return name.ends_with(".py") || name.ends_with(".so");
}

void ModuleFinder::enter(std::string_view site, std::string_view folder) {
    if (has_entered_ && site == site_ && folder == folder_) {
        return;
    }
    has_entered_ = true;
    site_ = site;
    folder_ = folder;
    module_.clear();
    is_module_ = true;
    is_regular_ = false;
    is_importable_ = true;
    auto rest = folder.size() > site.size() ? relative_to(site, folder) : std::string_view();
    auto entered = std::string(site);
    for (std::size_t depth = 1; !rest.empty(); ++depth) {
        const auto part = first_component(rest);
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        is_importable_ = is_importable_ && is_importable_part(part);
        if (is_regular_ || !is_module_) {
            continue;
        }
        is_module_ = is_importable_;
        module_ += (module_.empty() ? "" : ".") + std::string(part);
        entered = join(entered, part);
        is_regular_ = depth == kMaxDepth || is_regular_package(entered, files_);
    }
}

std::string ModuleFinder::find(std::string_view site, std::string_view path) {
    enter(site, parent_of(path));
    if (is_regular_ || !is_module_) {
        return is_module_ ? module_ : std::string();
    }
    const auto stem = stem_of(last_component(path));
    if (!is_importable_part(stem)) {
        return {};
    }
    return module_ + (module_.empty() ? "" : ".") + std::string(stem);
}

bool ModuleFinder::has_importable_path(std::string_view site, std::string_view path) {
    enter(site, parent_of(path));
    return is_importable_ && is_importable_part(stem_of(last_component(path)));
}

std::size_t find_owner(std::string_view path, const Census& census) {
    const auto file = census.files.find(path);
    if (file && census.claims[*file].owner != kNobody) {
        return census.claims[*file].owner;
    }
    const auto site = find_site(path, census);
    if (!site || path.size() <= site->size()) {
        return kNobody;
    }
    const auto module = ModuleFinder(census.files).find(*site, path);
    const auto owner = census.owners.find({std::string(*site), module});
    return owner == census.owners.end() ? kNobody : owner->second.distribution;
}

} // namespace preflight::inventory
