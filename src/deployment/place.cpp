// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployment.hpp"
#include "preflight/deployment/import_folder.hpp"

#include <map>
#include <utility>

namespace preflight::deployment {

namespace {

constexpr std::uint64_t kPosition = 1ULL << 32U; // above any number of layers

std::optional<std::uint64_t> find_position(const Place& place, const Runtime& runtime) {
    if (!place.layer) {
        if (place.folder == kUnzippedRequirements) {
            return 1;
        }
        return place.folder.empty() ? std::optional<std::uint64_t>(0) : std::nullopt;
    }
    if (place.folder == "python/lib/" + runtime.name() + "/site-packages") {
        return kPosition;
    }
    return place.folder == kLayerRoot ? std::optional(2 * kPosition) : std::nullopt;
}

/// Who is the first on the path to provide something.
struct Provider {
    std::uint64_t rank = 0;
    std::optional<std::size_t> copy;
    std::optional<std::size_t> loose;
};

using Providers = std::map<std::string_view, Provider>;

void offer(Providers& providers, std::string_view name, const Provider& provider) {
    const auto [best, is_new] = providers.try_emplace(name, provider);
    if (!is_new && provider.rank < best->second.rank) {
        best->second = provider;
    }
}

/// The import path of one deployment, and who provides what on it.
class ImportPath {
public:
    ImportPath(std::span<const Copy> copies,
               std::span<const LooseModule> loose,
               const Runtime& runtime)
        : loose_(loose) {
        for (std::size_t index = 0; index < copies.size(); ++index) {
            const auto& copy = copies[index];
            ranks_.push_back(find_import_rank(copy.place, runtime));
            if (ranks_.back() && copy.has_code) {
                const Provider provider{.rank = *ranks_.back(), .copy = index};
                offer(named_, copy.package.name, provider);
                for (const auto& module : copy.modules) {
                    offer(modules_, module, provider);
                }
            }
        }
        for (std::size_t index = 0; index < loose.size(); ++index) {
            if (const auto rank = find_import_rank(loose[index].place, runtime)) {
                offer(modules_, loose[index].name, {.rank = *rank, .loose = index});
            }
        }
    }

    [[nodiscard]] Placement place(const Copy& copy, std::size_t index) const {
        Placement placement{.is_on_path = ranks_[index].has_value()};
        if (!placement.is_on_path || !copy.has_code) {
            placement.is_on_path = placement.is_on_path && copy.has_code;
            return placement;
        }
        find_winner(copy, *ranks_[index], placement);
        return placement;
    }

private:
    /// Whether a module is unpacked over a copy of an earlier layer, into the same folder.
    [[nodiscard]] bool overlays(const Provider& provider, const Copy& copy) const {
        if (!provider.loose || !copy.place.layer) {
            return false;
        }
        const auto& place = loose_[*provider.loose].place;
        return place.layer && place.folder == copy.place.folder;
    }

    /// Who comes before a copy in all that it provides; nobody if it is imported.
    void find_winner(const Copy& copy, std::uint64_t rank, Placement& placement) const {
        const Provider* winner = nullptr;
        bool is_imported = false;
        for (const auto& module : copy.modules) {
            const auto& provider = modules_.at(module);
            if (overlays(provider, copy)) {
                placement.overlaid_by = provider.loose;
                is_imported = true;
            }
            is_imported = is_imported || provider.rank == rank;
            winner = winner == nullptr ? &provider : winner;
        }
        if (copy.modules.empty()) {
            winner = &named_.at(copy.package.name);
            is_imported = winner->rank >= rank;
        }
        if (!is_imported) {
            placement.shadowed_by = winner->copy;
            placement.shadowed_by_module = winner->loose;
        }
    }

    std::span<const LooseModule> loose_;
    std::vector<std::optional<std::uint64_t>> ranks_;
    Providers named_;   ///< By name of distribution.
    Providers modules_; ///< By name of module.
};

} // namespace

std::optional<std::uint64_t> find_import_rank(const Place& place, const Runtime& runtime) {
    auto position = find_position(place, runtime);
    if (!position && place.is_added) {
        position = 3 * kPosition;
    }
    if (!position || !place.layer) {
        return position;
    }
    return *position + (kPosition - 1 - *place.layer); // later layers first
}

std::vector<Placement>
place(std::span<const Copy> copies, std::span<const LooseModule> loose, const Runtime& runtime) {
    const ImportPath path(copies, loose, runtime);
    std::vector<Placement> placements;
    for (std::size_t index = 0; index < copies.size(); ++index) {
        placements.push_back(path.place(copies[index], index));
    }
    return placements;
}

} // namespace preflight::deployment
