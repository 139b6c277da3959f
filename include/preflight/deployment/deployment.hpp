// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/deployment/runtime.hpp"
#include "preflight/finding/finding.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What Lambda will see: one function over its layers over a runtime, and in which order it imports
/// from them.
///
/// Entry points: decide_platform() for what is not said, place() for which copy of a distribution
/// counts, conclude() for what is to be said about it.
namespace preflight::deployment {

/// Who said which runtime or architecture it is.
enum class PlatformSource { given, from_template, guessed, by_default };

struct Deployment {
    std::string name;
    Runtime runtime;
    PlatformSource runtime_source = PlatformSource::by_default;
    std::string runtime_evidence; ///< The file that a guess rests on; empty otherwise.
    Architecture architecture = Architecture::x86_64;
    PlatformSource architecture_source = PlatformSource::by_default;
    std::string architecture_evidence;
    std::string function; ///< Id of the artifact that becomes /var/task.
    std::vector<std::string>
        layers; ///< Ids of those merged into /opt, in this order: later ones win.
};

/// A distribution that lies in some folder of some artifact of the deployment.
struct Copy {
    PackageName package;
    std::string artifact;             ///< Id.
    std::optional<std::size_t> layer; ///< Its place among the layers; none: the function.
    std::string
        folder;       ///< Of the site: where its modules and its metadata lie; empty for the root.
    std::string path; ///< Of its metadata.
};

/// What becomes of a copy.
struct Placement {
    bool is_on_path = false;
    std::optional<std::size_t> shadowed_by; ///< Index of the copy that is imported instead.

    [[nodiscard]] bool is_effective() const { return is_on_path && !shadowed_by; }
};

/// Where `folder` stands on the import path, smaller first; nothing if it is not on it. The
/// function's root comes before what lies in its `.requirements.zip`, this before the layers'
/// `python/lib/python3.N/site-packages`, these before their `python/`; of one position, the later
/// layer first.
///
/// Source: lambda-platform.md, section 3.
[[nodiscard]] std::optional<std::uint64_t>
find_import_rank(std::optional<std::size_t> layer, std::string_view folder, const Runtime& runtime);

/// Decides, for the copies of one deployment, which of those with one name is imported. Two in the
/// same folder of the same artifact do not shadow each other.
[[nodiscard]] std::vector<Placement> place(std::span<const Copy> copies, const Runtime& runtime);

/// What is to be said: copies that are shadowed, folders that are not on the import path, a
/// platform that was guessed.
[[nodiscard]] std::vector<Finding> conclude(const Deployment& deployment,
                                            std::span<const Copy> copies,
                                            std::span<const Placement> placements);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::deployment
