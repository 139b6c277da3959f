// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployment.hpp"

#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace preflight::deployment {

namespace {

constexpr std::string_view kLayerRoot = "python";

// What the plugin serverless-python-requirements unpacks when the function starts, and puts behind
// the function's root. Source: its unzip_requirements.py.
constexpr std::string_view kUnzippedRequirements = ".requirements.zip!";

std::string site_packages(const Runtime& runtime) {
    return "python/lib/" + runtime.name() + "/site-packages";
}

/// `python/lib/python3.N/site-packages` of whatever N, or something below it.
bool is_site_packages(std::string_view folder) {
    return folder.starts_with("python/lib/python3.") &&
           folder.find("/site-packages") != std::string_view::npos;
}

bool is_or_lies_below(std::string_view path, std::string_view folder) {
    return path == folder || (path.starts_with(folder) && path[folder.size()] == '/');
}

/// Whether a folder belongs to a copy that some other package carries along for itself.
bool is_carried_along(std::string_view folder) {
    const auto slashed = "/" + std::string(folder) + "/";
    return slashed.find("/_vendor/") != std::string::npos ||
           slashed.find("/vendored/") != std::string::npos ||
           slashed.find("/tests/") != std::string::npos;
}

std::string to_label(const PackageName& package) {
    return printable(package.version.empty() ? package.name : package.name + " " + package.version);
}

Finding make_shadowed(const Copy& copy, const Copy& winner) {
    auto finding = make_finding(kShadowed, {.path = copy.path});
    finding.artifact = copy.artifact;
    finding.package = copy.package;
    finding.status = Status::shadowed;
    finding.message = to_label(copy.package) + " in " + in_quotes(copy.artifact) +
                      " is not imported: " + to_label(winner.package) + " in " +
                      in_quotes(winner.artifact) + " comes first";
    return finding;
}

/// What can be said of a folder that Lambda does not import from.
Severity severity_of(const Copy& copy) {
    if (is_carried_along(copy.folder)) {
        return Severity::info;
    }
    return copy.layer &&
                   (is_site_packages(copy.folder) || !is_or_lies_below(copy.folder, kLayerRoot))
               ? Severity::medium
               : Severity::low;
}

Finding make_not_on_path(const Copy& copy, std::size_t count, const Runtime& runtime) {
    auto finding = make_finding(kNotOnPath, {.path = copy.folder});
    finding.artifact = copy.artifact;
    finding.severity = severity_of(copy);
    finding.status = Status::shadowed;
    finding.message = (copy.folder.empty() ? "the root of the layer" : in_quotes(copy.folder)) +
                      " is not on the import path of " + runtime.name() + ": " +
                      (count == 1 ? to_label(copy.package) + " is"
                                  : std::to_string(count) + " distributions are") +
                      " not found there";
    if (copy.layer) {
        finding.remedy = "Put the layer's packages into '" + std::string(kLayerRoot) +
                         "/' or into '" + site_packages(runtime) + "/'.";
    }
    return finding;
}

Finding make_guessed(std::string what,
                     PlatformSource source,
                     const std::string& evidence,
                     std::string_view option) {
    auto finding = make_finding(kRuntimeGuessed);
    finding.message = std::move(what) + " is assumed, " +
                      (source == PlatformSource::guessed ? "judging by " + in_quotes(evidence)
                                                         : "since nothing in the package tells");
    finding.remedy = "Say which one it is with " + std::string(option) + ".";
    return finding;
}

bool is_assumed(PlatformSource source) {
    return source == PlatformSource::guessed || source == PlatformSource::by_default;
}

void conclude_platform(const Deployment& deployment, std::vector<Finding>& findings) {
    if (is_assumed(deployment.runtime_source)) {
        findings.push_back(make_guessed("runtime " + deployment.runtime.name(),
                                        deployment.runtime_source,
                                        deployment.runtime_evidence,
                                        "--runtime"));
    }
    if (is_assumed(deployment.architecture_source)) {
        findings.push_back(
            make_guessed("architecture " + std::string(to_string(deployment.architecture)),
                         deployment.architecture_source,
                         deployment.architecture_evidence,
                         "--arch"));
    }
    if (!deployment.runtime.is_known()) {
        auto finding = make_finding(kRuntimeGuessed);
        finding.message = "runtime " + deployment.runtime.name() +
                          " is unknown and judged by the rules of " + Runtime{}.name();
        finding.remedy = "Check the spelling of the runtime, or update this program.";
        findings.push_back(std::move(finding));
    }
}

} // namespace

std::optional<std::uint64_t> find_import_rank(std::optional<std::size_t> layer,
                                              std::string_view folder,
                                              const Runtime& runtime) {
    constexpr std::uint64_t kPosition = 1ULL << 32U; // above any number of layers
    if (!layer) {
        if (folder == kUnzippedRequirements) {
            return 1;
        }
        return folder.empty() ? std::optional<std::uint64_t>(0) : std::nullopt;
    }
    const auto from_last = kPosition - 1 - *layer; // later layers first
    if (folder == site_packages(runtime)) {
        return kPosition + from_last;
    }
    return folder == kLayerRoot ? std::optional(2 * kPosition + from_last) : std::nullopt;
}

std::vector<Placement> place(std::span<const Copy> copies, const Runtime& runtime) {
    struct Best {
        std::uint64_t rank;
        std::size_t index;
    };
    std::vector<Placement> placements(copies.size());
    std::map<std::string_view, Best> best_of;
    std::vector<std::optional<std::uint64_t>> ranks;
    for (std::size_t index = 0; index < copies.size(); ++index) {
        ranks.push_back(find_import_rank(copies[index].layer, copies[index].folder, runtime));
        placements[index].is_on_path = ranks[index].has_value();
        if (ranks[index]) {
            const auto [best, is_new] =
                best_of.try_emplace(copies[index].package.name, Best{*ranks[index], index});
            if (!is_new && *ranks[index] < best->second.rank) {
                best->second = {*ranks[index], index};
            }
        }
    }
    for (std::size_t index = 0; index < copies.size(); ++index) {
        if (ranks[index]) {
            const auto& best = best_of.at(copies[index].package.name);
            if (best.rank < *ranks[index]) {
                placements[index].shadowed_by = best.index;
            }
        }
    }
    return placements;
}

std::vector<Finding> conclude(const Deployment& deployment,
                              std::span<const Copy> copies,
                              std::span<const Placement> placements) {
    std::vector<Finding> findings;
    struct Folder {
        const Copy* first;
        std::size_t count;
    };
    std::map<std::pair<std::string_view, std::string_view>, Folder> folders;
    for (std::size_t index = 0; index < copies.size(); ++index) {
        const auto& copy = copies[index];
        if (placements[index].shadowed_by) {
            findings.push_back(make_shadowed(copy, copies[*placements[index].shadowed_by]));
        } else if (!placements[index].is_on_path) {
            ++folders.try_emplace({copy.artifact, copy.folder}, Folder{&copy, 0})
                  .first->second.count;
        }
    }
    for (const auto& [place, folder] : folders) {
        findings.push_back(make_not_on_path(*folder.first, folder.count, deployment.runtime));
    }
    conclude_platform(deployment, findings);
    for (auto& finding : findings) {
        finding.deployments = {deployment.name};
    }
    return findings;
}

std::span<const Rule> rules() {
    return kRules;
}

} // namespace preflight::deployment
