// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/report/report.hpp"

#include <string>
#include <utility>

/// Reports that a scan could have made.
namespace preflight::report {

/// A finding of a rule about a file.
inline Finding make_rule_finding(std::string rule_id, Severity severity, std::string message) {
    Finding finding;
    finding.rule_id = std::move(rule_id);
    finding.severity = severity;
    finding.message = std::move(message);
    finding.remedy = "Mend it.";
    finding.artifact = "orders.zip";
    finding.deployments = {"orders"};
    return finding;
}

/// A vulnerability of `demo 1.0` in orders.zip.
inline Finding make_advisory_finding(std::string id, Severity severity, int score_tenths) {
    auto finding = make_rule_finding("advisory.known-vulnerability", severity, "demo 1.0 is weak");
    finding.severity_source = SeveritySource::score;
    finding.score_tenths = score_tenths;
    finding.location.path = "demo-1.0.dist-info";
    finding.package = PackageName{.name = "demo", .version = "1.0", .purl = "pkg:pypi/demo@1.0"};
    finding.advisory = AdvisoryGroup{.id = std::move(id)};
    return finding;
}

/// One deployment with one package and nothing found.
inline Report make_quiet_report() {
    Report report{.version = "0.1.0", .verdict = policy::Verdict::passed};
    report.artifacts = {{.id = "orders.zip",
                         .path = "out/orders.zip",
                         .role = "function",
                         .format = "zip",
                         .sha256 = std::string(64, 'a'),
                         .bytes = 10,
                         .unpacked_bytes = 20,
                         .entries = 3}};
    report.deployments = {{.name = "orders",
                           .runtime = "python3.12",
                           .runtime_source = "given",
                           .architecture = "arm64",
                           .architecture_source = "default",
                           .function = "orders.zip",
                           .verdict = policy::Verdict::passed}};
    report.packages = {{.package = {"demo", "1.0", "pkg:pypi/demo@1.0"},
                        .artifact = "orders.zip",
                        .path = "demo-1.0.dist-info",
                        .origin = "dist-info",
                        .confidence = "high",
                        .state = "installed",
                        .effective = true,
                        .deployments = {"orders"}}};
    report.stats = {
        .entries = 3, .entries_examined = 3, .unpacked_bytes = 20, .inflated_bytes = 18};
    return report;
}

/// Adds a finding with a fingerprint of its own.
inline void add(Report& report, Finding finding) {
    report.findings.push_back(std::move(finding));
    report.fingerprints.push_back(
        std::string(64, static_cast<char>('0' + report.findings.size() % 10)));
}

} // namespace preflight::report
