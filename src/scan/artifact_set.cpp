// SPDX-License-Identifier: Apache-2.0
#include "artifact_set.hpp"

#include "unique_names.hpp"

#include "preflight/base/text.hpp"

#include <string>
#include <unordered_map>

namespace preflight::scan {

namespace {

namespace fs = std::filesystem;

/// The last component, also of a directory that is named with a slash at the end, or as ".".
std::string make_file_name(const fs::path& path, const fs::path& working_directory) {
    auto absolute = (working_directory / path).lexically_normal();
    if (!absolute.has_filename()) {
        absolute = absolute.parent_path();
    }
    return absolute.filename().string();
}

void finish(const fs::path& path, const Request& request, std::string id, Artifact& artifact) {
    artifact.facts.id = std::move(id);
    artifact.facts.path = make_report_path(path, request.working_directory);
    artifact.facts.role = artifact.role == deployment::Role::function ? "function" : "layer";
    for (auto& finding : artifact.findings) {
        finding.artifact = artifact.facts.id;
        rename_path(finding.message, path, artifact.facts.path);
    }
    for (auto& finding : artifact.inventory.findings) {
        finding.artifact = artifact.facts.id;
    }
    for (auto& incomplete : artifact.incomplete) {
        incomplete.artifact = artifact.facts.id;
        rename_path(incomplete.why, path, artifact.facts.path);
        if (incomplete.kind == IncompleteKind::artifact) {
            incomplete.what = printable(artifact.facts.path);
        }
    }
}

} // namespace

std::string make_report_path(const fs::path& path, const fs::path& working_directory) {
    auto normal = path.lexically_normal();
    if (!normal.has_filename()) { // a directory that is named with a slash at the end
        normal = normal.parent_path();
    }
    if (normal.is_relative()) {
        return normal.generic_string();
    }
    const auto relative = normal.lexically_relative(working_directory);
    const bool lies_below = !relative.empty() && *relative.begin() != "..";
    return (lies_below ? relative : normal.filename()).generic_string();
}

void rename_path(std::string& text, const fs::path& path, const std::string& report_path) {
    const auto from = "'" + printable(path.string());
    const auto to = "'" + printable(report_path);
    for (auto place = text.find(from); place != std::string::npos; place = text.find(from, place)) {
        const auto end = place + from.size();
        const bool is_whole = end < text.size() && (text[end] == '\'' || text[end] == '/');
        if (is_whole) {
            text.replace(place, from.size(), to);
        }
        place += is_whole ? to.size() : from.size();
    }
}

ArtifactSet read_artifacts(const Request& request, const Team& team) {
    ArtifactSet set;
    UniqueNames ids;
    std::unordered_map<std::string, std::size_t> index_of;
    const auto find_or_read = [&](const fs::path& path, deployment::Role role) {
        const auto [known, is_new] =
            index_of.try_emplace(path.lexically_normal().string(), set.artifacts.size());
        if (is_new) {
            auto artifact = read_artifact(path, role, request, team);
            finish(
                path, request, ids.take(make_file_name(path, request.working_directory)), artifact);
            set.artifacts.push_back(std::move(artifact));
        }
        return known->second;
    };
    for (const auto& deployment : request.deployments) {
        set.deployments.push_back(
            {.function = find_or_read(deployment.function, deployment::Role::function)});
    }
    // Layers come behind all functions, in the report as well.
    for (std::size_t index = 0; index < request.deployments.size(); ++index) {
        for (const auto& layer : request.deployments[index].layers) {
            set.deployments[index].layers.push_back(find_or_read(layer, deployment::Role::layer));
        }
    }
    return set;
}

} // namespace preflight::scan
