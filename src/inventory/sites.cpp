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

std::string find_module(std::string_view site, std::string_view path, const FileList& files) {
    auto rest = relative_to(site, path);
    std::string module;
    std::string folder(site);
    for (std::size_t depth = 0;; ++depth) {
        const auto part = first_component(rest);
        const bool is_file = part.size() == rest.size();
        const auto name = is_file ? stem_of(part) : part;
        if (!is_importable_part(name)) {
            return {};
        }
        module += (module.empty() ? "" : ".") + std::string(name);
        if (is_file) {
            return module;
        }
        folder = join(folder, part);
        if (depth + 1 == kMaxDepth || is_regular_package(folder, files)) {
            return module;
        }
        rest.remove_prefix(part.size() + 1);
    }
}

bool has_importable_path(std::string_view site, std::string_view path) {
    const auto within = relative_to(site, path);
    return is_importable_part(stem_of(last_component(within))) &&
           !has_component(parent_of(within), [](auto part) { return !is_importable_part(part); });
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
    const auto module = find_module(*site, path, census.files);
    const auto owner = census.owners.find({std::string(*site), module});
    return owner == census.owners.end() ? kNobody : owner->second.distribution;
}

} // namespace preflight::inventory
