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
        layers;          ///< Ids of those merged into /opt, in this order: later ones win.
    std::string handler; ///< `app.main`; empty where nobody said.
};

/// Where something lies: in which artifact, and what Python must have on its path to find it.
struct Place {
    std::string artifact;             ///< Id.
    std::optional<std::size_t> layer; ///< Its place among the layers; none: the function.
    std::string
        folder; ///< Of the site: where its modules and its metadata lie; empty for the root.
    bool is_added = false; ///< Whether a `.pth` file puts the folder on the path.
};

/// A distribution that lies in some folder of some artifact of the deployment.
struct Copy {
    PackageName package;
    Place place;
    std::string path;                 ///< Of its metadata.
    std::vector<std::string> modules; ///< What is imported from it; may be unknown, and then its
                                      ///< metadata decide.
    bool has_metadata = true;         ///< Whether Python can tell its version.
    bool has_code = true; ///< Whether its files are there, as those of stale metadata are not.
};

/// A module that belongs to no distribution.
struct LooseModule {
    Place place;
    std::string name;
    std::string path;
};

/// What becomes of a copy.
struct Placement {
    bool is_on_path = false;
    std::optional<std::size_t> shadowed_by;        ///< Index of the copy that is imported instead.
    std::optional<std::size_t> shadowed_by_module; ///< Index of the loose module, likewise.
    std::optional<std::size_t> overlaid_by; ///< Index of a loose module of a later layer that is
                                            ///< unpacked over a part of it.

    [[nodiscard]] bool is_effective() const {
        return is_on_path && !shadowed_by && !shadowed_by_module;
    }
};

/// Files of one copy that stay beside those of another, since two layers are unpacked into one
/// folder.
struct Remainder {
    std::size_t lower = 0; ///< Index of the copy that was unpacked first.
    std::size_t upper = 0;
    std::size_t files = 0;
    std::string first; ///< Path of the first of them.
};

/// Where a place stands on the import path, smaller first; nothing if it is not on it. The
/// function's root comes before what lies in its `.requirements.zip`, this before the layers'
/// `python/lib/python3.N/site-packages`, these before their `python/`, and what `.pth` files add
/// comes last; of one position, the later layer first.
///
/// Source: lambda-platform.md, section 3; Python 3.13, Library Reference, site.
[[nodiscard]] std::optional<std::uint64_t> find_import_rank(const Place& place,
                                                            const Runtime& runtime);

/// All that can be imported in one deployment, and what of it is.
struct Layers {
    std::vector<Copy> copies;
    std::vector<LooseModule> loose;
    std::vector<Placement> placements; ///< One for each copy; what place() says.
    std::vector<Remainder> remainders;
};

/// Decides which copies are imported: those that are the first on the path to provide one of their
/// modules. Loose files that a later layer unpacks into the same folder replace files, not the
/// copy: what they leave still runs. Where modules are not known, the first of the copies of one
/// name is. Two in the same folder of the same artifact do not shadow each other.
[[nodiscard]] std::vector<Placement>
place(std::span<const Copy> copies, std::span<const LooseModule> loose, const Runtime& runtime);

/// What is to be said: copies that are shadowed or mixed with others, folders that are not on the
/// import path, a platform that was guessed.
[[nodiscard]] std::vector<Finding> conclude(const Deployment& deployment, const Layers& layers);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::deployment
