// SPDX-License-Identifier: Apache-2.0
#include "version_claims.hpp"

#include "path.hpp"

#include <algorithm>
#include <array>

namespace preflight::inventory {

namespace {

// The plainest first: a file that is there for nothing else may also say the version of a format.
// Source: python-packaging.md, section 6.1.
constexpr std::array<std::string_view, 9> kFiles = {"__init__.py",
                                                    "__version__.py",
                                                    "__about__.py",
                                                    "_version.py",
                                                    "_version_meson.py",
                                                    "version.py",
                                                    "package_data.py",
                                                    "VERSION",
                                                    "app.py"}; // Chalice's

std::size_t rank_of(std::string_view file) {
    const auto* const found = std::ranges::find(kFiles, last_component(file));
    return static_cast<std::size_t>(found - kFiles.begin());
}

} // namespace

bool says_version_of_folder(std::string_view file_name) {
    return rank_of(file_name) < kFiles.size();
}

VersionClaims::VersionClaims(std::span<const Fact> facts) {
    for (const auto& fact : facts) {
        const auto* const literal = std::get_if<VersionLiteral>(&fact.what);
        if (literal == nullptr) {
            continue;
        }
        const std::string_view file = fact.path;
        const auto rank = rank_of(file);
        const auto module =
            rank < kFiles.size() ? parent_of(file) : file.substr(0, file.rfind('.'));
        const auto [claim, is_new] =
            claims_.try_emplace(module, Claim{literal->version, file, rank});
        if (!is_new && rank < claim->second.rank) {
            claim->second = {literal->version, file, rank};
        }
    }
}

std::string_view VersionClaims::find(std::string_view module_path) const {
    const auto claim = claims_.find(module_path);
    return claim == claims_.end() ? std::string_view() : claim->second.version;
}

} // namespace preflight::inventory
