// SPDX-License-Identifier: Apache-2.0
#include "metadata_folder.hpp"

#include "path.hpp"

namespace preflight::inventory {

namespace {

constexpr std::string_view kDistInfo = ".dist-info";
constexpr std::string_view kEggInfo = ".egg-info";
constexpr std::string_view kEggFolder = "EGG-INFO";
constexpr std::string_view kSboms = "sboms"; // PEP 770

/// Which kind of metadata folder a path is, if it is one.
std::optional<MetadataFolder> as_folder(std::string_view path) {
    const auto name = last_component(path);
    if (name.ends_with(kDistInfo)) {
        return MetadataFolder{path, Origin::dist_info};
    }
    if (name.ends_with(kEggInfo)) {
        return MetadataFolder{path, Origin::egg_info};
    }
    return name == kEggFolder ? std::optional(MetadataFolder{path, Origin::egg}) : std::nullopt;
}

/// Cuts off `-py3.9` and what follows it, but not the end of a name such as `my-python-app`.
std::string_view without_python_tag(std::string_view stem) {
    for (const std::string_view tag : {"-py2.", "-py3."}) {
        stem = stem.substr(0, stem.rfind(tag)); // npos: all of it
    }
    return stem;
}

bool is_egg(std::string_view folder) {
    return folder.ends_with(".egg") || folder.ends_with(".egg!");
}

} // namespace

std::optional<MetadataFolder> find_metadata_folder(std::string_view path) {
    const auto parent = parent_of(path);
    if (auto folder = as_folder(parent)) {
        return folder;
    }
    if (last_component(parent) == kSboms) {
        return as_folder(parent_of(parent));
    }
    // A file that is itself the PKG-INFO.
    return path.ends_with(kEggInfo) ? as_folder(path) : std::nullopt;
}

std::string_view site_of(const MetadataFolder& folder) {
    const auto parent = parent_of(folder.path);
    return folder.origin == Origin::egg && is_egg(parent) ? parent_of(parent) : parent;
}

FolderName split_folder_name(const MetadataFolder& folder) {
    const auto stands_in_egg = folder.origin == Origin::egg; // x.egg/EGG-INFO
    auto stem = last_component(stands_in_egg ? parent_of(folder.path) : folder.path);
    stem = stem.substr(0, stem.rfind('.'));
    if (folder.origin != Origin::dist_info) {
        stem = without_python_tag(stem);
    }
    const auto dash = stem.rfind('-');
    if (dash == std::string_view::npos) {
        return {stem, {}};
    }
    return {stem.substr(0, dash), stem.substr(dash + 1)};
}

} // namespace preflight::inventory
