// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/inventory/examine.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <string_view>

namespace preflight::inventory {

/// Whether a file of that name says the version of the folder it lies in.
/// Source: python-packaging.md, section 6.1.
[[nodiscard]] bool says_version_of_folder(std::string_view file_name);

/// What modules say of their versions, by the path of the module: that of its folder, `pkg/yaml`,
/// or of its one file without extension, `pkg/six`. Of several files of a folder the one that says
/// it most plainly counts. Borrows from the facts.
class VersionClaims {
public:
    explicit VersionClaims(std::span<const Fact> facts);

    /// In normal form; empty where the module says none.
    [[nodiscard]] std::string_view find(std::string_view module_path) const;

    struct Claim {
        std::string_view version;
        std::string_view file; ///< That says so.
        std::size_t rank = 0;  ///< Smaller is plainer.
    };
    [[nodiscard]] const std::map<std::string_view, Claim>& all() const { return claims_; }

private:
    std::map<std::string_view, Claim> claims_;
};

} // namespace preflight::inventory
