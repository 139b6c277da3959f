// SPDX-License-Identifier: Apache-2.0
#include "package_name.hpp"

#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

namespace preflight::inventory {

PackageName make_package_name(std::string_view name, std::string_view version) {
    const auto parsed = python::parse_version(version);
    PackageName package{.name = python::normalize_name(name),
                        .version = parsed ? parsed->text() : std::string(version)};
    package.purl = python::make_purl(package.name, package.version);
    return package;
}

std::optional<PackageName> find_package_name(std::string_view name, std::string_view version) {
    if (!python::is_valid_name(name) || version.empty()) {
        return std::nullopt;
    }
    return make_package_name(name, version);
}

} // namespace preflight::inventory
