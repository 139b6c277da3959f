// SPDX-License-Identifier: Apache-2.0
#include "compare_artifacts.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace preflight::scan {

namespace {

using report::FileChangeKind;

/// Name and host of a distribution, and its versions.
using Versions = std::map<std::pair<std::string, std::string>, std::set<std::string>>;

Versions versions_of(const Artifact& artifact) {
    Versions versions;
    for (const auto& distribution : artifact.inventory.distributions) {
        if (distribution.state == inventory::State::installed) {
            versions[{distribution.package.name, distribution.host}].insert(
                distribution.package.version);
        }
    }
    return versions;
}

std::string join(const std::set<std::string>& versions) {
    std::string text;
    for (const auto& version : versions) {
        text += (text.empty() ? "" : ", ") + version;
    }
    return text;
}

void compare_distributions(const Artifact& before,
                           const Artifact& after,
                           report::Comparison& comparison) {
    std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> changes;
    for (const auto& [name, versions] : versions_of(before)) {
        changes[name].first = join(versions);
    }
    for (const auto& [name, versions] : versions_of(after)) {
        changes[name].second = join(versions);
    }
    for (auto& [name, versions] : changes) {
        if (versions.first != versions.second) {
            comparison.distributions.push_back({.name = name.first,
                                                .host = name.second,
                                                .old_versions = std::move(versions.first),
                                                .new_versions = std::move(versions.second)});
        }
    }
}

/// Whether what is in a file is settled by metadata: by the digest in RECORD, or by the source that
/// it was compiled from. RECORD itself changes with what it lists.
bool is_settled(const Artifact& artifact, std::size_t index) {
    const auto path = artifact.files.path(index);
    return artifact.inventory.vouched_by[index].has_value() ||
           path.ends_with(".dist-info/RECORD") || inventory::is_compiled_copy(path, artifact.files);
}

/// Goes through the files of both sides in order of path.
void compare_files(const Artifact& before,
                   const Artifact& after,
                   std::vector<report::FileChange>& changes) {
    const auto note = [&](FileChangeKind kind, std::string_view path) {
        changes.push_back({.kind = kind, .path = std::string(path)});
    };
    std::size_t left = 0;
    std::size_t right = 0;
    while (left < before.files.size() || right < after.files.size()) {
        const bool has_left = left < before.files.size();
        const bool has_right = right < after.files.size();
        if (has_left && (!has_right || before.files.path(left) < after.files.path(right))) {
            if (!is_settled(before, left)) {
                note(FileChangeKind::removed, before.files.path(left));
            }
            ++left;
        } else if (!has_left || after.files.path(right) < before.files.path(left)) {
            if (!is_settled(after, right)) {
                note(FileChangeKind::added, after.files.path(right));
            }
            ++right;
        } else {
            const bool is_same = before.files[left].sha256 == after.files[right].sha256;
            if (!is_same && !(is_settled(before, left) && is_settled(after, right))) {
                note(FileChangeKind::changed, after.files.path(right));
            }
            ++left;
            ++right;
        }
    }
}

bool was_read(const Artifact& artifact) {
    return artifact.inventory.vouched_by.size() == artifact.files.size() &&
           (artifact.files.size() > 0 || artifact.incomplete.empty());
}

} // namespace

report::Comparison compare_artifacts(const ArtifactSet& set, std::vector<Incomplete> incomplete) {
    const auto& before = set.artifacts[set.deployments.at(0).function];
    const auto& after = set.artifacts[set.deployments.at(1).function];
    report::Comparison comparison{.old_path = before.facts.path,
                                  .new_path = after.facts.path,
                                  .incomplete = std::move(incomplete)};
    // Of one that could not be read nothing is known, least of all that everything was removed.
    comparison.is_known = was_read(before) && was_read(after);
    if (comparison.is_known) {
        compare_distributions(before, after, comparison);
        compare_files(before, after, comparison.files);
    }
    for (const auto& artifact : set.artifacts) {
        comparison.incomplete.insert(
            comparison.incomplete.end(), artifact.incomplete.begin(), artifact.incomplete.end());
    }
    return comparison;
}

} // namespace preflight::scan
