// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "path.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>

namespace preflight::inventory {

namespace {

// What the plugin serverless-python-requirements unpacks when the function starts.
constexpr std::string_view kUnzippedRequirements = ".requirements.zip!";
constexpr std::string_view kLayerRoot = "python";
constexpr std::string_view kLayerVersions = "python/lib/python3.";
constexpr std::string_view kSitePackages = "/site-packages";

// Neither sites nor namespace packages lie deeper; who makes a thousand folders in each other must
// not make us look up each of them for each file.
constexpr std::size_t kMaxDepth = 16;

/// `python/lib/python3.N/site-packages` if `path` lies below it, or is it.
std::optional<std::string_view> find_site_packages(std::string_view path) {
    if (!path.starts_with(kLayerVersions)) {
        return std::nullopt;
    }
    const auto slash = path.find('/', kLayerVersions.size());
    if (slash == std::string_view::npos || !path.substr(slash).starts_with(kSitePackages)) {
        return std::nullopt;
    }
    const auto root = path.substr(0, slash + kSitePackages.size());
    return path == root || path[root.size()] == '/' ? std::optional(root) : std::nullopt;
}

bool is_identifier(std::string_view name) {
    const auto may_stand = [](char byte) {
        return byte == '_' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80;
    };
    return !name.empty() && (name.front() < '0' || name.front() > '9') &&
           std::ranges::all_of(name, may_stand);
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

std::optional<std::string_view> find_root(std::string_view path, Role role) {
    if (role == Role::function) {
        const bool is_unzipped =
            path == kUnzippedRequirements || lies_below(path, kUnzippedRequirements);
        return is_unzipped ? kUnzippedRequirements : std::string_view();
    }
    if (const auto folder = find_site_packages(path)) {
        return folder;
    }
    return path == kLayerRoot || lies_below(path, kLayerRoot) ? std::optional(kLayerRoot)
                                                              : std::nullopt;
}

std::optional<std::string_view> find_site(std::string_view path, const Census& census) {
    auto site = find_root(path, census.role);
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
        if (!is_identifier(name)) {
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
    return is_identifier(stem_of(last_component(within))) &&
           !has_component(parent_of(within), [](auto part) { return !is_identifier(part); });
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
