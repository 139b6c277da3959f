// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace preflight::inventory {

/// How we know of a distribution.
enum class Origin {
    dist_info,
    egg_info,
    egg,
    wheel,
    requirements,
    lockfile,
    vendored, ///< Metadata inside the package of another distribution, which carries it along.
    sbom,
    version_literal,
    fingerprint,
    runtime
};

/// The name used in reports: `dist-info`.
[[nodiscard]] std::string_view to_string(Origin origin);

/// One distribution at one place of one artifact.
struct Distribution {
    PackageName package;
    Origin origin = Origin::dist_info;
    std::string
        folder; ///< Where its modules and its metadata lie; empty for the root of the artifact.
    std::string path;       ///< Of its metadata folder or file.
    std::size_t line = 0;   ///< Of a requirements file; 0 otherwise.
    std::string installer;  ///< First word of INSTALLER, `pip`; printable; may be empty.
    std::string direct_url; ///< `vcs`, `archive` or `directory` where it was not installed from an
                            ///< index; else empty.
};

} // namespace preflight::inventory
