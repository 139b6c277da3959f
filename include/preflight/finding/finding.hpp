// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/rule.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace preflight {

/// Where a severity comes from: the rule itself, a score or a label of an advisory, or from
/// nowhere, so that the policy had to decide what an unknown one counts.
enum class SeveritySource { rule, score, label, unknown };

/// What became of a finding. Only an `open` one may gate.
enum class Status {
    open,
    below_threshold,
    shadowed,     ///< In code that this deployment does not import.
    runtime,      ///< In what the runtime provides, and AWS replaces by itself.
    not_examined, ///< The object could not be looked at, so nothing was found or ruled out.
    waived,
    vex,
    baseline
};

/// Where in an artifact something was seen.
struct Location {
    std::string path;     ///< '/'-separated, relative to the artifact; empty: the artifact itself.
    std::size_t line = 0; ///< From 1; 0: the file as a whole.
    std::optional<std::uint64_t>
        offset; ///< In bytes from the start of the artifact, where lines mean nothing.
};

/// A distribution as reports name it.
struct PackageName {
    std::string name; ///< In normal form (PEP 503).
    std::string
        version;      ///< In normal form (PEP 440), or as written where it has none; may be empty.
    std::string purl; ///< `pkg:pypi/name@version`.
};

/// `name version`, safe to print.
[[nodiscard]] std::string to_label(const PackageName& package);

/// The group of advisory records, one vulnerability under all its names, that a finding is about.
struct AdvisoryGroup {
    std::string id;                   ///< The name that reports use for the group.
    std::vector<std::string> aliases; ///< All its other names, sorted.
    std::vector<std::string>
        matched_ids; ///< The records that say "affected" of this version, sorted.
    std::vector<std::string> severity_vectors; ///< CVSS vectors of the group, sorted, each once.
};

/// One rule that fired at one place.
struct Finding {
    std::string rule_id;
    std::optional<Severity>
        severity; ///< Absent: unknown, until the policy has decided what that counts.
    SeveritySource severity_source = SeveritySource::rule;
    std::optional<int> score_tenths; ///< A CVSS score, in tenths.
    std::string message;             ///< What was seen; safe to print, and without any secret.
    std::string remedy;              ///< What to do about it.
    std::string artifact; ///< Id of the artifact; empty where a deployment as a whole is meant.
    Location location;
    std::optional<PackageName> package;
    std::optional<AdvisoryGroup> advisory;
    std::vector<std::string> fixed_versions; ///< In ascending order.
    std::vector<std::string> deployments;    ///< Names of those that it touches, in their order.
    Status status = Status::open;
    bool gates = false;
};

/// `rule` fired at `location`; its summary is the message until somebody knows better.
[[nodiscard]] Finding make_finding(const Rule& rule, Location location = {});

/// What makes a finding the same one in the next scan: rule id, package name, path (none for
/// advisories) and advisory id, one to a line. The fingerprint in reports is the SHA-256 of this
/// text. No version, no line number and no artifact is part of it, so it survives an upgrade, a
/// moved line and a new zip.
[[nodiscard]] std::string fingerprint_text(const Finding& finding);

} // namespace preflight
