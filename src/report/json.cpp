// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"
#include "names.hpp"

#include "preflight/document/json_writer.hpp"
#include "preflight/report/report.hpp"

#include <algorithm>

namespace preflight::report {

namespace {

using document::JsonWriter;

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
        write_or_null(json, "handler", deployment.handler);
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
        write_or_null(json, "artifact", package.artifact);
        write(json, "path", package.path);
        write_line(json, package.line);
        write(json, "origin", package.origin);
        write(json, "confidence", package.confidence);
        write(json, "state", package.state);
        write_or_null(json, "host", package.host);
        write_bool(json, "effective", package.effective);
        write_or_null(json, "shadowed_by", package.shadowed_by);
        write(json, "deployments", package.deployments);
        write_or_null(json, "installer", package.installer);
        write_or_null(json, "direct_url", package.direct_url);
        write_or_null(json, "upgrade", package.upgrade);
    });
}

void write_components(JsonWriter& json, const Report& report) {
    write_objects(json, "components", report.components, [&](const Component& component) {
        write(json, "name", component.name);
        write_or_null(json, "version", component.version);
        write_or_null(json, "purl", component.purl);
        write(json, "artifact", component.artifact);
        write(json, "path", component.path);
        write(json, "host", component.host);
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
        write_incomplete_item(json, incomplete);
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

void write_head(JsonWriter& json, const Report& report) {
    write(json, "schema_version", kSchemaVersion);
    json.key("tool");
    json.begin_object();
    write(json, "name", "lambda-preflight");
    write(json, "version", report.version);
    json.end_object();
    write(json, "verdict", policy::to_string(report.verdict));
    write(json, "exit_code", static_cast<std::uint64_t>(policy::exit_code(report.verdict)));
}

} // namespace

std::string write_json(const Report& report) {
    JsonWriter json;
    json.begin_object();
    write_head(json, report);
    write_feeds(json, report);
    write_artifacts(json, report);
    write_deployments(json, report);
    write_packages(json, report);
    write_components(json, report);
    write_findings(json, report);
    write_incomplete(json, report);
    write_stats(json, report);
    json.end_object();
    return std::move(json).finish();
}

std::string write_inventory_json(const Report& report) {
    JsonWriter json;
    json.begin_object();
    write_head(json, report);
    write_artifacts(json, report);
    write_deployments(json, report);
    write_packages(json, report);
    write_components(json, report);
    write_incomplete(json, report);
    json.end_object();
    return std::move(json).finish();
}

} // namespace preflight::report
