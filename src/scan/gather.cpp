// SPDX-License-Identifier: Apache-2.0
#include "gather.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

namespace preflight::scan {

namespace {

using inventory::Distribution;
using inventory::State;

deployment::Place
make_place(const Artifact& artifact, std::optional<std::size_t> layer, const std::string& folder) {
    return {.artifact = artifact.facts.id,
            .layer = layer,
            .folder = folder,
            .is_added = std::ranges::binary_search(artifact.inventory.added_folders, folder)};
}

deployment::Copy make_copy(const Artifact& artifact,
                           std::optional<std::size_t> layer,
                           const Distribution& distribution) {
    // Python imports from a wheel as it is, if a `.pth` file names it.
    const bool is_wheel = distribution.state == State::packed;
    deployment::Copy copy{
        .package = distribution.package,
        .place = make_place(artifact, layer, is_wheel ? distribution.path : distribution.folder),
        .path = distribution.path,
        .modules = distribution.modules};
    copy.has_metadata = distribution.has_metadata();
    copy.has_code = distribution.state == State::installed || (is_wheel && copy.place.is_added);
    return copy;
}

/// The files of module `name` below `folder`, as seen from there, in order.
std::vector<std::string_view>
code_of(const inventory::FileList& files, const std::string& folder, std::string name) {
    std::ranges::replace(name, '.', '/');
    const auto start = folder.empty() ? 0 : folder.size() + 1;
    const auto [first, last] = files.below(folder.empty() ? name : folder + '/' + name);
    std::vector<std::string_view> code;
    for (auto index = first; index < last; ++index) {
        const auto path = files.path(index).substr(start);
        if (path.ends_with(".py") || path.ends_with(".so")) {
            code.push_back(path);
        }
    }
    return code;
}

/// Compares the files of copies that two layers have in one folder.
class Overlay {
public:
    Overlay(const ArtifactSet& set, const LaidOut& laid_out, const Gathered& gathered)
        : set_(set), laid_out_(laid_out), copies_(gathered.layers.copies) {}

    [[nodiscard]] std::vector<deployment::Remainder> find_remainders() const {
        std::vector<deployment::Remainder> remainders;
        std::map<std::pair<std::string_view, std::string_view>, std::size_t> last_of;
        for (std::size_t index = 0; index < copies_.size(); ++index) {
            const auto& copy = copies_[index];
            if (!copy.place.layer || !copy.has_code) {
                continue;
            }
            const auto [last, is_new] =
                last_of.try_emplace({copy.place.folder, copy.package.name}, index);
            if (is_new) {
                continue;
            }
            const auto lower = std::exchange(last->second, index);
            if (copies_[lower].place.layer == copy.place.layer) {
                continue;
            }
            if (auto remainder = compare(lower, index); remainder.files > 0) {
                remainders.push_back(std::move(remainder));
            }
        }
        return remainders;
    }

private:
    [[nodiscard]] const inventory::FileList& files_of(const deployment::Copy& copy) const {
        return set_.artifacts[laid_out_.artifacts[*copy.place.layer + 1]].files;
    }

    [[nodiscard]] deployment::Remainder compare(std::size_t lower, std::size_t upper) const {
        deployment::Remainder remainder{.lower = lower, .upper = upper};
        const auto& below = copies_[lower];
        const auto& above = copies_[upper];
        const std::set<std::string_view> shared(above.modules.begin(), above.modules.end());
        for (const auto& module : below.modules) {
            if (!shared.contains(module)) {
                continue;
            }
            std::vector<std::string_view> left;
            std::ranges::set_difference(code_of(files_of(below), below.place.folder, module),
                                        code_of(files_of(above), above.place.folder, module),
                                        std::back_inserter(left));
            if (!left.empty() && remainder.first.empty()) {
                remainder.first = left.front();
            }
            remainder.files += left.size();
        }
        return remainder;
    }

    const ArtifactSet& set_;
    const LaidOut& laid_out_;
    const std::vector<deployment::Copy>& copies_;
};

void gather_artifact(const Artifact& artifact,
                     std::optional<std::size_t> layer,
                     std::size_t first,
                     Gathered& gathered) {
    const auto& inventory = artifact.inventory;
    for (std::size_t index = 0; index < inventory.distributions.size(); ++index) {
        const auto& distribution = inventory.distributions[index];
        if (distribution.is_carried_along()) {
            gathered.carried.push_back(first + index);
        } else {
            gathered.layers.copies.push_back(make_copy(artifact, layer, distribution));
            gathered.copies.push_back(first + index);
        }
    }
}

/// Modules of nobody that some distribution provides as well; the others shadow nothing.
void gather_loose(const Artifact& artifact,
                  std::optional<std::size_t> layer,
                  const std::set<std::string_view>& provided,
                  std::vector<deployment::LooseModule>& loose) {
    for (const auto& module : artifact.inventory.unattributed) {
        if (provided.contains(module.name)) {
            loose.push_back({.place = make_place(artifact, layer, module.folder),
                             .name = module.name,
                             .path = module.path});
        }
    }
}

/// Which layer the artifact is that stands at `place` of a deployment; none: the function.
std::optional<std::size_t> layer_of(std::size_t place) {
    return place > 0 ? std::optional(place - 1) : std::nullopt;
}

} // namespace

Gathered gather(const ArtifactSet& set, const LaidOut& laid_out, const Layout& layout) {
    Gathered gathered;
    for (std::size_t place = 0; place < laid_out.artifacts.size(); ++place) {
        const auto artifact = laid_out.artifacts[place];
        const auto first = std::ranges::lower_bound(
            layout.distributions, artifact, {}, [](const PlacedDistribution& placed) {
                return placed.artifact.value_or(std::size_t(-1));
            });
        gather_artifact(set.artifacts[artifact],
                        layer_of(place),
                        static_cast<std::size_t>(first - layout.distributions.begin()),
                        gathered);
    }
    std::set<std::string_view> provided;
    for (const auto& copy : gathered.layers.copies) {
        provided.insert(copy.modules.begin(), copy.modules.end());
    }
    for (std::size_t place = 0; place < laid_out.artifacts.size(); ++place) {
        gather_loose(set.artifacts[laid_out.artifacts[place]],
                     layer_of(place),
                     provided,
                     gathered.layers.loose);
    }
    gathered.layers.remainders = Overlay(set, laid_out, gathered).find_remainders();
    return gathered;
}

} // namespace preflight::scan
