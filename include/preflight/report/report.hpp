// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"
#include "preflight/finding/incomplete.hpp"
#include "preflight/policy/gate.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What a scan says, and the formats in which it is written.
///
/// Entry points: write_json() and write_text(). docs/report.schema.json describes the JSON form,
/// which is a contract: members are added, never renamed or removed.
namespace preflight::report {

struct Feed {
    std::string name;
    std::string kind; ///< `starter`, `index`, `osv` or `directory`.
    std::string source;
    std::string date; ///< Of its newest record, RFC 3339; may be empty.
    std::size_t records = 0;
    std::string sha256;
    std::string commit; ///< May be empty.
};

struct Artifact {
    std::string id;
    std::string path;   ///< As named, relative to the working directory.
    std::string role;   ///< `function` or `layer`.
    std::string format; ///< `zip`, `directory` or `requirements`.
    std::string sha256; ///< In hex, of the file's bytes; empty for a directory and for what could
                        ///< not be read.
    std::uint64_t bytes = 0; ///< Of the file; 0 for a directory.
    std::uint64_t unpacked_bytes = 0;
    std::uint64_t entries = 0;
};

struct Deployment {
    std::string name;
    std::string runtime;
    std::string runtime_source; ///< `given`, `template`, `guessed` or `default`.
    std::string architecture;
    std::string architecture_source;
    std::string function;            ///< Id of an artifact.
    std::vector<std::string> layers; ///< Ids of artifacts.
    std::string handler;             ///< May be empty.
    policy::Verdict verdict = policy::Verdict::incomplete;
};

struct Package {
    PackageName package;
    std::string artifact; ///< Id; empty for what the runtime brings along.
    std::string path;
    std::size_t line = 0; ///< Of a requirements file or a list of copies.
    std::string origin;
    std::string confidence;  ///< `high`, `medium` or `low`: that name and version are right.
    std::string state;       ///< `installed`, `stale`, `ghost` or `packed`.
    std::string host;        ///< Name of the distribution that carries it along; may be empty.
    bool effective = false;  ///< Whether some deployment imports it.
    std::string shadowed_by; ///< Id of the artifact whose copy is imported instead; may be empty.
    std::vector<std::string> deployments;
    std::string installer;
    std::string direct_url;
    std::string upgrade; ///< Smallest version that clears all its findings; may be empty.
};

/// What an SBOM names beside Python distributions. Nothing is judged of it.
struct Component {
    std::string name;
    std::string version; ///< May be empty.
    std::string purl;    ///< May be empty.
    std::string artifact;
    std::string path; ///< Of the SBOM.
    std::string host; ///< Name of the distribution that has the SBOM.
};

struct Stats {
    std::uint64_t entries = 0;
    std::uint64_t entries_examined = 0;
    std::uint64_t unpacked_bytes = 0;
    std::uint64_t inflated_bytes = 0;
};

struct Report {
    std::string version; ///< Of the program.
    policy::Verdict verdict = policy::Verdict::incomplete;
    std::vector<Feed> feeds;
    std::vector<Artifact> artifacts;
    std::vector<Deployment> deployments;
    std::vector<Package> packages;
    std::vector<Component> components;
    std::vector<Finding> findings;
    std::vector<std::string> fingerprints; ///< One for each finding.
    std::vector<Incomplete> incomplete;
    Stats stats;
};

/// The report as one JSON document. Same report, same bytes.
[[nodiscard]] std::string write_json(const Report& report);

struct TextStyle {
    bool has_colour = false;
};

/// The report for a person to read: by deployment and distribution, the worst first, with the
/// upgrade to make, what was not judged, and the verdict in the last line. Nothing in it that a
/// terminal or a CI system would take for a command.
[[nodiscard]] std::string write_text(const Report& report, const TextStyle& style = {});

/// The distributions of a report, without what was judged: as a table, as a JSON document
/// (docs/inventory.schema.json), and as pins of what is imported, one `name==version` a line.
[[nodiscard]] std::string write_inventory_text(const Report& report);
[[nodiscard]] std::string write_inventory_json(const Report& report);
[[nodiscard]] std::string write_inventory_requirements(const Report& report);

/// The rules as a table, as a JSON document, or as docs/rules.md has them.
[[nodiscard]] std::string write_rules_text(std::span<const Rule> rules);
[[nodiscard]] std::string write_rules_markdown(std::span<const Rule> rules);
[[nodiscard]] std::string write_rules_json(std::span<const Rule> rules);

} // namespace preflight::report
