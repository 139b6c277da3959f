// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/import_folder.hpp"

namespace preflight::deployment {

namespace {

bool is_or_lies_below(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

/// `python/lib/python3.N/site-packages` if `path` lies below it, or is it.
std::optional<std::string_view> find_site_packages(std::string_view path) {
    constexpr std::string_view kVersions = "python/lib/python3.";
    constexpr std::string_view kSitePackages = "/site-packages";
    if (!path.starts_with(kVersions)) {
        return std::nullopt;
    }
    const auto slash = path.find('/', kVersions.size());
    if (slash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto folder = path.substr(0, slash + kSitePackages.size());
    return folder.ends_with(kSitePackages) && is_or_lies_below(path, folder) ? std::optional(folder)
                                                                             : std::nullopt;
}

} // namespace

std::optional<std::string_view> find_import_folder(std::string_view path, Role role) {
    if (role == Role::function) {
        return is_or_lies_below(path, kUnzippedRequirements) ? kUnzippedRequirements
                                                             : std::string_view();
    }
    if (const auto folder = find_site_packages(path)) {
        return folder;
    }
    return is_or_lies_below(path, kLayerRoot) ? std::optional(kLayerRoot) : std::nullopt;
}

} // namespace preflight::deployment
