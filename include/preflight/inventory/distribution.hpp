// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {

/// Name and version in normal form, a version that is none of PEP 440 as it is written. `name` is a
/// valid one; an empty version stays empty.
[[nodiscard]] PackageName make_package_name(std::string_view name, std::string_view version);

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

/// How far name and version can be trusted to be those of the code.
enum class Confidence { low, medium, high };

[[nodiscard]] std::string_view to_string(Confidence confidence);

/// What a distribution's metadata and its files say together.
enum class State {
    installed, ///< Its files are there, as far as can be told.
    stale,     ///< Its files belong to another version, whose metadata lie beside it.
    ghost,     ///< Metadata whose files are absent altogether.
    packed     ///< A wheel that lies in the package and is not unpacked.
};

[[nodiscard]] std::string_view to_string(State state);

/// One distribution at one place of one artifact.
struct Distribution {
    PackageName package;
    Origin origin = Origin::dist_info;
    std::string folder;     ///< Where its modules and its metadata lie; empty for the root of the
                            ///< artifact. Of what is carried along, that of the host.
    std::string path;       ///< Of its metadata folder or file, or of the code that it was told by.
    std::size_t line = 0;   ///< Of a requirements file or a list of vendored copies; 0 otherwise.
    std::string installer;  ///< First word of INSTALLER, `pip`; printable; may be empty.
    std::string direct_url; ///< `vcs`, `archive` or `directory` where it was not installed from an
                            ///< index; else empty.
    Confidence confidence = Confidence::high;
    State state = State::installed;
    std::string host;                      ///< Name of the distribution that carries it along.
    std::optional<std::size_t> host_index; ///< Of that distribution in the same inventory.
    std::vector<std::string> modules;      ///< What can be imported from it at `folder`, in order:
                                           ///< `yaml`, or `google.auth` below a namespace package.

    /// Whether Python finds metadata of it, and not only we.
    [[nodiscard]] bool has_metadata() const {
        return origin != Origin::version_literal && origin != Origin::fingerprint;
    }
    /// Whether it is imported as a part of another one.
    [[nodiscard]] bool is_carried_along() const {
        return origin == Origin::vendored || origin == Origin::sbom;
    }
};

/// A part that an SBOM names and that is no Python distribution: a C library, a crate.
struct Component {
    std::string name;
    std::string version; ///< May be empty.
    std::string purl;    ///< May be empty.
    std::string path;    ///< Of the SBOM.
    std::string host;    ///< Name of the distribution whose SBOM it is.
};

/// Code on the import path that no metadata speak of.
struct UnattributedModule {
    std::string folder;  ///< The site it lies in.
    std::string name;    ///< `app`, or `google.auth` below a namespace package.
    std::string path;    ///< Of its folder or file.
    std::string version; ///< That its code says; empty where it says none.
};

} // namespace preflight::inventory
