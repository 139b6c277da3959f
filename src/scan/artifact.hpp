// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "examine_all.hpp"

#include "preflight/deployment/platform_hint.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/inventory/conclude.hpp"
#include "preflight/inventory/file_list.hpp"
#include "preflight/report/report.hpp"
#include "preflight/scan/scan.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace preflight::scan {

/// An artifact once it was read: nothing but facts is left of it.
struct Artifact {
    report::Artifact
        facts; ///< Without id, path and role, which the whole of all artifacts decides.
    std::filesystem::path path;
    std::vector<Finding> findings;
    std::vector<Incomplete> incomplete;
    std::vector<deployment::PlatformHint> hints;
    deployment::Role role = deployment::Role::function;
    inventory::FileList files;
    inventory::Inventory inventory;
    std::uint64_t entries_examined = 0;
    std::uint64_t inflated_bytes = 0;
};

/// Reads an archive, a directory or a requirements file, whichever it is, and examines what is in
/// it. What cannot be read is an entry of `incomplete`, what is refused a finding. Throws
/// UnrecognisedInput.
[[nodiscard]] Artifact read_artifact(const std::filesystem::path& path,
                                     deployment::Role role,
                                     const Request& request,
                                     const Team& team);

} // namespace preflight::scan
