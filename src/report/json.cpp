// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include "preflight/document/json_writer.hpp"
#include "preflight/report/report.hpp"

#include <algorithm>

namespace preflight::report {

namespace {

using document::JsonWriter;

constexpr std::uint64_t kSchemaVersion = 1;

void write(JsonWriter& json, std::string_view key, std::string_view value) {
    json.key(key);
    json.string(value);
}

void write(JsonWriter& json, std::string_view key, std::uint64_t value) {
    json.key(key);
    json.number(value);
}

void write(JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
    json.key(key);
    json.begin_array();
    for (const auto& value : values) {
        json.string(value);
    }
    json.end_array();
}

void write_bool(JsonWriter& json, std::string_view key, bool value) {
    json.key(key);
    json.boolean(value);
}

/// An empty text says that there is none.
void write_or_null(JsonWriter& json, std::string_view key, std::string_view value) {
    json.key(key);
    value.empty() ? json.null() : json.string(value);
}

void write_line(JsonWriter& json, std::size_t line) {
    json.key("line");
    line == 0 ? json.null() : json.number(line);
}

/// Writes an array of objects, each filled by `fill`.
template <class Items, class Fill>
void write_objects(JsonWriter& json, std::string_view key, const Items& items, Fill fill) {
    json.key(key);
    json.begin_array();
    for (const auto& item : items) {
        json.begin_object();
        fill(item);
        json.end_object();
    }
    json.end_array();
}

void write_feeds(JsonWriter& json, const Report& report) {
    write_objects(json, "feeds", report.feeds, [&](const Feed& feed) {
        write(json, "name", feed.name);
        write(json, "kind", feed.kind);
        write(json, "source", feed.source);
        write_or_null(json, "date", feed.date);
        write(json, "records", feed.records);
        write_or_null(json, "sha256", feed.sha256);
        write_or_null(json, "commit", feed.commit);
    });
}

void write_artifacts(JsonWriter& json, const Report& report) {
    write_objects(json, "artifacts", report.artifacts, [&](const Artifact& artifact) {
        write(json, "id", artifact.id);
        write(json, "path", artifact.path);
        write(json, "role", artifact.role);
        write(json, "format", artifact.format);
        write_or_null(json, "sha256", artifact.sha256);
        write(json, "bytes", artifact.bytes);
        write(json, "unpacked_bytes", artifact.unpacked_bytes);
        write(json, "entries", artifact.entries);
    });
}

void write_deployments(JsonWriter& json, const Report& report) {
    write_objects(json, "deployments", report.deployments, [&](const Deployment& deployment) {
        write(json, "name", deployment.name);
        write(json, "runtime", deployment.runtime);
        write(json, "runtime_source", deployment.runtime_source);
        write(json, "architecture", deployment.architecture);
        write(json, "architecture_source", deployment.architecture_source);
        write(json, "function", deployment.function);
        write(json, "layers", deployment.layers);
        write(json, "verdict", policy::to_string(deployment.verdict));
    });
}

void write_names(JsonWriter& json, const PackageName& package) {
    write(json, "name", package.name);
    write_or_null(json, "version", package.version);
    write(json, "purl", package.purl);
}

void write_packages(JsonWriter& json, const Report& report) {
    write_objects(json, "packages", report.packages, [&](const Package& package) {
        write_names(json, package.package);
        write(json, "artifact", package.artifact);
        write(json, "path", package.path);
        write_line(json, package.line);
        write(json, "origin", package.origin);
        write_bool(json, "effective", package.effective);
        write_or_null(json, "shadowed_by", package.shadowed_by);
        write(json, "deployments", package.deployments);
        write_or_null(json, "installer", package.installer);
        write_or_null(json, "direct_url", package.direct_url);
        write_or_null(json, "upgrade", package.upgrade);
    });
}

void write_package(JsonWriter& json, const Finding& finding) {
    json.key("package");
    if (!finding.package) {
        json.null();
        return;
    }
    json.begin_object();
    write_names(json, *finding.package);
    json.end_object();
}

void write_advisory(JsonWriter& json, const Finding& finding) {
    json.key("advisory");
    if (!finding.advisory) {
        json.null();
        return;
    }
    json.begin_object();
    write(json, "id", finding.advisory->id);
    write(json, "aliases", finding.advisory->aliases);
    write(json, "matched_ids", finding.advisory->matched_ids);
    write(json, "severity_vectors", finding.advisory->severity_vectors);
    json.end_object();
}

void write_finding(JsonWriter& json, const Finding& finding, std::string_view fingerprint) {
    write(json, "rule_id", finding.rule_id);
    write(json, "severity", to_string(finding.severity.value_or(Severity::critical)));
    write(json, "severity_source", name_of(finding.severity_source));
    json.key("score");
    finding.score_tenths ? json.tenths(*finding.score_tenths) : json.null();
    write(json, "message", finding.message);
    write(json, "remedy", finding.remedy);
    write_or_null(json, "artifact", finding.artifact);
    write(json, "path", finding.location.path);
    write_line(json, finding.location.line);
    json.key("offset");
    finding.location.offset ? json.number(*finding.location.offset) : json.null();
    write_package(json, finding);
    write_advisory(json, finding);
    write(json, "fixed_versions", finding.fixed_versions);
    write(json, "deployments", finding.deployments);
    write(json, "status", name_of(finding.status));
    write_bool(json, "gates", finding.gates);
    write(json, "fingerprint", fingerprint);
}

void write_findings(JsonWriter& json, const Report& report) {
    std::size_t index = 0;
    write_objects(json, "findings", report.findings, [&](const Finding& finding) {
        write_finding(json, finding, report.fingerprints.at(index++));
    });
}

void write_incomplete(JsonWriter& json, const Report& report) {
    write_objects(json, "incomplete", report.incomplete, [&](const Incomplete& incomplete) {
        write(json, "kind", name_of(incomplete.kind));
        write(json, "what", incomplete.what);
        write(json, "why", incomplete.why);
        write_or_null(json, "artifact", incomplete.artifact);
        write_or_null(json, "path", incomplete.path);
        write_line(json, incomplete.line);
    });
}

void write_stats(JsonWriter& json, const Report& report) {
    const auto gating = std::ranges::count_if(report.findings, &Finding::gates);
    json.key("stats");
    json.begin_object();
    write(json, "artifacts", report.artifacts.size());
    write(json, "deployments", report.deployments.size());
    write(json, "packages", report.packages.size());
    write(json, "findings", report.findings.size());
    write(json, "gating", static_cast<std::uint64_t>(gating));
    write(json, "entries", report.stats.entries);
    write(json, "entries_examined", report.stats.entries_examined);
    write(json, "unpacked_bytes", report.stats.unpacked_bytes);
    write(json, "inflated_bytes", report.stats.inflated_bytes);
    json.end_object();
}

} // namespace

std::string write_json(const Report& report) {
    JsonWriter json;
    json.begin_object();
    write(json, "schema_version", kSchemaVersion);
    json.key("tool");
    json.begin_object();
    write(json, "name", "lambda-preflight");
    write(json, "version", report.version);
    json.end_object();
    write(json, "verdict", policy::to_string(report.verdict));
    write(json, "exit_code", static_cast<std::uint64_t>(policy::exit_code(report.verdict)));
    write_feeds(json, report);
    write_artifacts(json, report);
    write_deployments(json, report);
    write_packages(json, report);
    write_findings(json, report);
    write_incomplete(json, report);
    write_stats(json, report);
    json.end_object();
    return std::move(json).finish();
}

} // namespace preflight::report
