// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

/// Pieces of '/'-separated paths inside an artifact.
namespace preflight::inventory {

[[nodiscard]] constexpr std::string_view last_component(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

/// What stands before the last component; empty where that is all there is.
[[nodiscard]] constexpr std::string_view parent_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

[[nodiscard]] constexpr std::string_view first_component(std::string_view path) {
    return path.substr(0, path.find('/'));
}

[[nodiscard]] inline std::string join(std::string_view folder, std::string_view path) {
    std::string joined(folder);
    joined += folder.empty() ? "" : "/";
    joined += path;
    return joined;
}

/// Whether `path` is below `folder`; everything is below the empty folder.
[[nodiscard]] constexpr bool lies_below(std::string_view path, std::string_view folder) {
    return folder.empty() ||
           (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

/// `path`, which lies below `folder`, as seen from there.
[[nodiscard]] constexpr std::string_view relative_to(std::string_view folder,
                                                     std::string_view path) {
    return folder.empty() ? path : path.substr(folder.size() + 1);
}

/// Whether one of the components of `path` satisfies `matches`.
template <class Matches>
[[nodiscard]] constexpr bool has_component(std::string_view path, const Matches& matches) {
    while (!path.empty()) {
        const auto component = first_component(path);
        if (matches(component)) {
            return true;
        }
        path.remove_prefix(std::min(component.size() + 1, path.size()));
    }
    return false;
}

/// Folders in which a package keeps copies of others for itself.
/// Source: python-packaging.md, section 6.2.
[[nodiscard]] constexpr bool is_vendor_folder(std::string_view component) {
    constexpr std::array<std::string_view, 8> kNames = {
        "_vendor", "vendored", "_vendored", "vendor", "packages", "patched", "extern", "_extern"};
    return std::ranges::find(kNames, component) != kNames.end();
}

/// Whether a folder holds what tests work on.
[[nodiscard]] constexpr bool is_test_folder(std::string_view component) {
    constexpr std::array<std::string_view, 7> kNames = {
        "tests", "test", "testing", "testdata", "test_data", "fixtures", "_tests"};
    return std::ranges::find(kNames, component) != kNames.end();
}

} // namespace preflight::inventory
