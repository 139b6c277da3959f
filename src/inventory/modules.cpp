// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "path.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace preflight::inventory {

namespace {

using Modules = std::vector<std::set<std::string>>; ///< One set for each distribution.

/// What RECORDs list, file by file.
void add_recorded(Census& census, Modules& modules) {
    ModuleFinder finder(census.files);
    for (std::size_t index = 0; index < census.claims.size(); ++index) {
        const auto owner = census.claims[index].owner;
        const auto path = census.files.path(index);
        if (owner == kNobody || !is_importable(path)) {
            continue;
        }
        const auto& folder = census.distribution(owner).folder;
        if (!lies_below(path, folder)) {
            continue;
        }
        if (auto module = finder.find(folder, path); !module.empty()) {
            modules[owner].insert(std::move(module));
        }
    }
}

/// What other lists name: `installed-files.txt`, `top_level.txt`, or else the distribution's name.
std::set<std::string>
find_listed(const Distribution& distribution, const Pieces& pieces, const FileList& files) {
    std::set<std::string> modules;
    ModuleFinder finder(files);
    if (pieces.installed_files != nullptr) {
        for (const auto& path : pieces.installed_files->paths) {
            const auto file = join(distribution.folder, path);
            if (is_importable(path) && files.find(file)) {
                modules.insert(finder.find(distribution.folder, file));
            }
        }
        modules.erase("");
        return modules;
    }
    if (pieces.top_level != nullptr && !pieces.top_level->names.empty()) {
        constexpr std::ptrdiff_t kMaxNames = 1000; // real ones name up to a dozen
        const auto& names = pieces.top_level->names;
        const auto count = std::min(std::ssize(names), kMaxNames);
        modules.insert(names.begin(), names.begin() + count);
        return modules;
    }
    auto name = distribution.package.name;
    std::ranges::replace(name, '-', '_');
    modules.insert(std::move(name));
    return modules;
}

bool has_file_list(const Evidence& evidence) {
    return evidence.record.was_read && evidence.record.code_rows > 0;
}

} // namespace

void attribute_modules(Census& census) {
    Modules modules(census.evidence.size());
    add_recorded(census, modules);
    for (std::size_t index = 0; index < census.evidence.size(); ++index) {
        auto& distribution = census.distribution(index);
        const auto& evidence = census.evidence[index];
        if (distribution.is_carried_along() || distribution.state != State::installed) {
            continue;
        }
        if (!evidence.record.was_read) {
            modules[index] = find_listed(distribution, *evidence.pieces, census.files);
        }
        distribution.modules.assign(modules[index].begin(), modules[index].end());
        for (const auto& module : distribution.modules) {
            const ModuleOwner owner{.distribution = index, .has_record = has_file_list(evidence)};
            auto& known =
                census.owners.try_emplace({distribution.folder, module}, owner).first->second;
            known.has_record = known.has_record && owner.has_record;
        }
    }
}

} // namespace preflight::inventory
