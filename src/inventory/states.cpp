// SPDX-License-Identifier: Apache-2.0
#include "about.hpp"
#include "census.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <utility>

namespace preflight::inventory {

namespace {

/// Whether anything that can be imported under that name lies at a site.
bool has_module(std::string_view site, std::string_view module, const FileList& files) {
    std::string path(module);
    std::ranges::replace(path, '.', '/');
    path = join(site, path);
    if (files.has_folder(path) || files.find(path + ".py") || files.find(path + ".pyc")) {
        return true;
    }
    // A library has a tag of the platform between; few other files begin alike.
    constexpr std::size_t kMaxCandidates = 64;
    const auto file = path + ".";
    const auto first = files.first_from(file);
    const auto last = std::min(first + kMaxCandidates, files.size());
    for (auto index = first; index < last && files.path(index).starts_with(file); ++index) {
        if (is_importable(files.path(index))) {
            return true;
        }
    }
    return false;
}

/// Whether metadata speak of code of which nothing is there.
bool is_ghost(const Distribution& distribution, const Evidence& evidence, const FileList& files) {
    const auto& record = evidence.record;
    if (record.code_rows > 0) {
        return record.code_present == 0;
    }
    const auto* const top_level = evidence.pieces->top_level;
    if (record.was_read || top_level == nullptr || top_level->names.empty()) {
        return false;
    }
    return std::ranges::none_of(top_level->names, [&](const std::string& name) {
        return has_module(distribution.folder, name, files);
    });
}

Finding make_ghost(const Distribution& distribution) {
    return make_about(kGhostMetadata,
                      distribution,
                      "of " + to_label(distribution.package) +
                          " the metadata are there and none of the files, so another copy of it "
                          "runs, or none");
}

void find_ghosts(Census& census) {
    for (std::size_t index = 0; index < census.evidence.size(); ++index) {
        auto& distribution = census.distribution(index);
        if (!distribution.is_carried_along() && distribution.origin != Origin::egg &&
            is_ghost(distribution, census.evidence[index], census.files)) {
            distribution.state = State::ghost;
            census.inventory.findings.push_back(make_ghost(distribution));
        }
    }
}

/// The version that the code says, of the modules that the metadata name or else of the one called
/// like the distribution; empty where none says any.
std::string_view find_version_in_code(const Distribution& distribution,
                                      const Evidence& evidence,
                                      const Census& census) {
    std::vector<std::string> modules;
    if (const auto* const top_level = evidence.pieces->top_level) {
        modules = top_level->names;
    } else {
        modules.push_back(distribution.package.name);
        std::ranges::replace(modules.back(), '-', '_');
    }
    for (const auto& module : modules) {
        const auto said = census.versions.find(join(distribution.folder, module));
        if (!said.empty()) {
            return said;
        }
    }
    return {};
}

/// How much of what a copy says of its files is so, from 0 to 1; nothing where it says nothing.
std::optional<double>
agreement_of(const Distribution& distribution, const Evidence& evidence, const Census& census) {
    const auto& record = evidence.record;
    if (record.rows_checked > 0) {
        const auto rows = static_cast<double>(record.rows_checked + record.missing_code_count +
                                              record.missing_count);
        return static_cast<double>(record.rows_verified) / rows;
    }
    const auto said = find_version_in_code(distribution, evidence, census);
    if (said.empty()) {
        return std::nullopt;
    }
    return said == distribution.package.version ? 1.0 : 0.0;
}

/// The one of several copies that the files agree with most; nothing if that is not to be told.
std::optional<std::size_t> find_winner(std::span<const std::size_t> copies, const Census& census) {
    std::optional<std::size_t> winner;
    double best = 0;
    bool is_tie = true;
    for (const auto index : copies) {
        const auto agreement =
            agreement_of(census.inventory.distributions[index], census.evidence[index], census);
        if (!agreement) {
            continue;
        }
        if (!winner || *agreement > best) {
            is_tie = false;
            winner = index;
            best = *agreement;
        } else if (*agreement == best) {
            is_tie = true;
        }
    }
    return is_tie || best == 0 ? std::nullopt : winner;
}

Finding make_stale(const Distribution& loser, const Distribution& winner) {
    auto finding = make_about(kMetadataDisagrees,
                              loser,
                              "the metadata of " + to_label(loser.package) +
                                  " are stale: the files are those of " + to_label(winner.package));
    finding.status = Status::shadowed;
    finding.remedy = "Remove " + in_quotes(loser.path) + ".";
    return finding;
}

Finding make_undecided(const Distribution& first, std::size_t count) {
    return make_about(kMetadataDisagrees,
                      first,
                      std::to_string(count) + " versions of " + printable(first.package.name) +
                          " have metadata in one folder, and the files do not tell which is "
                          "there; all were judged");
}

void decide_between(std::span<const std::size_t> copies, Census& census) {
    const auto version_of = [&](std::size_t index) -> const std::string& {
        return census.distribution(index).package.version;
    };
    const bool is_one_version = std::ranges::all_of(
        copies, [&](std::size_t index) { return version_of(index) == version_of(copies.front()); });
    if (copies.size() == 1 || is_one_version) {
        return;
    }
    const auto winner = find_winner(copies, census);
    auto& findings = census.inventory.findings;
    if (!winner) {
        findings.push_back(make_undecided(census.distribution(copies.front()), copies.size()));
        return;
    }
    for (const auto index : copies) {
        if (version_of(index) != version_of(*winner)) {
            census.distribution(index).state = State::stale;
            findings.push_back(
                make_stale(census.distribution(index), census.distribution(*winner)));
        }
    }
}

} // namespace

void decide_states(Census& census) {
    find_ghosts(census);
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> copies_of;
    for (std::size_t index = 0; index < census.evidence.size(); ++index) {
        const auto& distribution = census.distribution(index);
        if (!distribution.is_carried_along() && distribution.state == State::installed) {
            copies_of[{distribution.folder, distribution.package.name}].push_back(index);
        }
    }
    for (const auto& [name, copies] : copies_of) {
        decide_between(copies, census);
    }
}

} // namespace preflight::inventory
