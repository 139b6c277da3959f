// SPDX-License-Identifier: Apache-2.0
#include "sample_report.hpp"

#include "preflight/document/json.hpp"
#include "preflight/report/report.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace preflight::report {
namespace {

using document::Value;

Value read(const std::string& text) {
    auto value = document::parse_json(as_bytes(text));
    EXPECT_TRUE(value) << text;
    return value ? *std::move(value) : Value();
}

Value read(const Report& report) {
    return read(write_json(report));
}

/// The names of an object's members, in order.
std::vector<std::string> keys_of(const Value& value) {
    std::vector<std::string> keys;
    if (const auto* object = value.as_object()) {
        for (const auto& [name, member] : *object) {
            keys.push_back(name);
        }
    }
    return keys;
}

/// The member that a path of names leads to; of an array the first item.
const Value& at(const Value& value, const std::vector<std::string_view>& names) {
    static const Value kNothing{Value::Number{"nothing is there"}};
    const auto* found = &value;
    for (const auto name : names) {
        if (const auto* array = found->as_array()) {
            found = array->empty() ? &kNothing : &array->front();
        }
        found = found->find(name);
        if (found == nullptr) {
            return kNothing;
        }
    }
    return *found;
}

std::string text_at(const Value& value, const std::vector<std::string_view>& names) {
    const auto* text = at(value, names).as_string();
    return text == nullptr ? "no text" : *text;
}

std::string number_at(const Value& value, const std::vector<std::string_view>& names) {
    const auto* number = std::get_if<Value::Number>(&at(value, names).content());
    return number == nullptr ? "no number" : number->text;
}

bool is_null_at(const Value& value, const std::vector<std::string_view>& names) {
    return std::holds_alternative<std::monostate>(at(value, names).content());
}

std::vector<std::string> texts_at(const Value& value, const std::vector<std::string_view>& names) {
    std::vector<std::string> texts;
    if (const auto* array = at(value, names).as_array()) {
        for (const auto& item : *array) {
            texts.push_back(item.as_string() == nullptr ? "no text" : *item.as_string());
        }
    }
    return texts;
}

TEST(WriteJson, HasTheMembersOfTheContract) {
    const auto report = read(Report{.version = "0.1.0"});

    EXPECT_EQ(keys_of(report),
              (std::vector<std::string>{"schema_version",
                                        "tool",
                                        "verdict",
                                        "exit_code",
                                        "feeds",
                                        "artifacts",
                                        "deployments",
                                        "packages",
                                        "components",
                                        "findings",
                                        "incomplete",
                                        "stats"}));
    EXPECT_EQ(number_at(report, {"schema_version"}), "1");
    EXPECT_EQ(text_at(report, {"tool", "name"}), "lambda-preflight");
    EXPECT_EQ(text_at(report, {"tool", "version"}), "0.1.0");
    EXPECT_TRUE(report.find("findings")->as_array()->empty());
}

TEST(WriteJson, SaysTheVerdictAndItsExitCode) {
    constexpr std::array<std::pair<policy::Verdict, std::array<std::string_view, 2>>, 3> kRows = {
        {{policy::Verdict::passed, {"passed", "0"}},
         {policy::Verdict::blocked, {"blocked", "1"}},
         {policy::Verdict::incomplete, {"incomplete", "3"}}}};

    for (const auto& [verdict, words] : kRows) {
        const auto report = read(Report{.verdict = verdict});

        EXPECT_EQ(text_at(report, {"verdict"}), words[0]);
        EXPECT_EQ(number_at(report, {"exit_code"}), words[1]);
    }
}

TEST(WriteJson, DescribesFeeds) {
    Report report;
    report.feeds = {{.name = "starter",
                     .kind = "starter",
                     .source = "built in",
                     .date = "2024-10-21T00:00:00Z",
                     .records = 210,
                     .sha256 = std::string(64, 'b'),
                     .commit = "0a1b"}};

    const auto json = read(report);

    EXPECT_EQ(text_at(json, {"feeds", "name"}), "starter");
    EXPECT_EQ(text_at(json, {"feeds", "kind"}), "starter");
    EXPECT_EQ(text_at(json, {"feeds", "source"}), "built in");
    EXPECT_EQ(text_at(json, {"feeds", "date"}), "2024-10-21T00:00:00Z");
    EXPECT_EQ(number_at(json, {"feeds", "records"}), "210");
    EXPECT_EQ(text_at(json, {"feeds", "sha256"}), std::string(64, 'b'));
    EXPECT_EQ(text_at(json, {"feeds", "commit"}), "0a1b");
}

TEST(WriteJson, SaysNullWhereAFeedHasNoDateDigestOrCommit) {
    Report report;
    report.feeds = {{.name = "ours", .kind = "directory", .source = "ours"}};

    const auto json = read(report);

    for (const auto* name : {"date", "sha256", "commit"}) {
        EXPECT_TRUE(is_null_at(json, {"feeds", name})) << name;
    }
}

TEST(WriteJson, DescribesArtifactsAndDeployments) {
    auto report = make_quiet_report();
    report.deployments.front().layers = {"one.zip", "two.zip"};
    report.deployments.front().handler = "app.main";

    const auto json = read(report);

    EXPECT_EQ(keys_of(json.find("artifacts")->as_array()->front()),
              (std::vector<std::string>{
                  "id", "path", "role", "format", "sha256", "bytes", "unpacked_bytes", "entries"}));
    EXPECT_EQ(text_at(json, {"artifacts", "path"}), "out/orders.zip");
    EXPECT_EQ(number_at(json, {"artifacts", "bytes"}), "10");
    EXPECT_EQ(number_at(json, {"artifacts", "unpacked_bytes"}), "20");
    EXPECT_EQ(keys_of(json.find("deployments")->as_array()->front()),
              (std::vector<std::string>{"name",
                                        "runtime",
                                        "runtime_source",
                                        "architecture",
                                        "architecture_source",
                                        "function",
                                        "layers",
                                        "handler",
                                        "verdict"}));
    EXPECT_EQ(texts_at(json, {"deployments", "layers"}),
              (std::vector<std::string>{"one.zip", "two.zip"}));
    EXPECT_EQ(text_at(json, {"deployments", "handler"}), "app.main");
    EXPECT_EQ(text_at(json, {"deployments", "verdict"}), "passed");
}

TEST(WriteJson, SaysNullForAHandlerThatNobodyNamed) {
    EXPECT_TRUE(is_null_at(read(make_quiet_report()), {"deployments", "handler"}));
}

TEST(WriteJson, SaysNullForTheDigestOfADirectory) {
    auto report = make_quiet_report();
    report.artifacts.front().sha256.clear();

    EXPECT_TRUE(is_null_at(read(report), {"artifacts", "sha256"}));
}

TEST(WriteJson, DescribesPackages) {
    auto report = make_quiet_report();
    auto& package = report.packages.front();
    package.line = 7;
    package.origin = "vendored";
    package.confidence = "medium";
    package.state = "installed";
    package.host = "pip";
    package.effective = false;
    package.shadowed_by = "layer.zip";
    package.installer = "pip";
    package.direct_url = "vcs";
    package.upgrade = "1.1";

    const auto json = read(report);

    EXPECT_EQ(keys_of(json.find("packages")->as_array()->front()),
              (std::vector<std::string>{"name",
                                        "version",
                                        "purl",
                                        "artifact",
                                        "path",
                                        "line",
                                        "origin",
                                        "confidence",
                                        "state",
                                        "host",
                                        "effective",
                                        "shadowed_by",
                                        "deployments",
                                        "installer",
                                        "direct_url",
                                        "upgrade"}));
    EXPECT_EQ(number_at(json, {"packages", "line"}), "7");
    EXPECT_EQ(text_at(json, {"packages", "origin"}), "vendored");
    EXPECT_EQ(text_at(json, {"packages", "confidence"}), "medium");
    EXPECT_EQ(text_at(json, {"packages", "state"}), "installed");
    EXPECT_EQ(text_at(json, {"packages", "host"}), "pip");
    EXPECT_FALSE(std::get<bool>(at(json, {"packages", "effective"}).content()));
    EXPECT_EQ(text_at(json, {"packages", "shadowed_by"}), "layer.zip");
    EXPECT_EQ(text_at(json, {"packages", "upgrade"}), "1.1");
}

TEST(WriteJson, SaysNullForWhatAPackageHasNot) {
    const auto json = read(make_quiet_report());

    for (const auto* name : {"line", "host", "shadowed_by", "installer", "direct_url", "upgrade"}) {
        EXPECT_TRUE(is_null_at(json, {"packages", name})) << name;
    }
}

TEST(WriteJson, SaysNullForTheArtifactAndTheUnknownVersionOfWhatTheRuntimeBringsAlong) {
    auto report = make_quiet_report();
    report.packages = {{.package = {"boto3", "", "pkg:pypi/boto3"},
                        .origin = "runtime",
                        .confidence = "medium",
                        .state = "installed",
                        .deployments = {"orders"}}};

    const auto json = read(report);

    EXPECT_TRUE(is_null_at(json, {"packages", "artifact"}));
    EXPECT_TRUE(is_null_at(json, {"packages", "version"}));
}

TEST(WriteJson, DescribesComponents) {
    auto report = make_quiet_report();
    report.components = {{.name = "libwebp",
                          .version = "1.3.1",
                          .purl = "pkg:generic/libwebp@1.3.1",
                          .artifact = "orders.zip",
                          .path = "pillow-10.0.dist-info/sboms/auditwheel.cdx.json",
                          .host = "pillow"}};

    const auto json = read(report);

    EXPECT_EQ(keys_of(json.find("components")->as_array()->front()),
              (std::vector<std::string>{"name", "version", "purl", "artifact", "path", "host"}));
    EXPECT_EQ(text_at(json, {"components", "name"}), "libwebp");
    EXPECT_EQ(text_at(json, {"components", "version"}), "1.3.1");
    EXPECT_EQ(text_at(json, {"components", "purl"}), "pkg:generic/libwebp@1.3.1");
    EXPECT_EQ(text_at(json, {"components", "artifact"}), "orders.zip");
    EXPECT_EQ(text_at(json, {"components", "path"}),
              "pillow-10.0.dist-info/sboms/auditwheel.cdx.json");
    EXPECT_EQ(text_at(json, {"components", "host"}), "pillow");
}

TEST(WriteJson, SaysNullForWhatAComponentHasNot) {
    auto report = make_quiet_report();
    report.components = {
        {.name = "zlib", .artifact = "orders.zip", .path = "a.cdx.json", .host = "pillow"}};

    const auto json = read(report);

    for (const auto* name : {"version", "purl"}) {
        EXPECT_TRUE(is_null_at(json, {"components", name})) << name;
    }
}

TEST(WriteJson, DescribesAFindingOfAnAdvisory) {
    auto report = make_quiet_report();
    auto finding = make_advisory_finding("CVE-2024-0001", Severity::critical, 98);
    finding.advisory->aliases = {"GHSA-xxxx", "PYSEC-2024-1"};
    finding.advisory->matched_ids = {"PYSEC-2024-1"};
    finding.advisory->severity_vectors = {"CVSS:3.1/AV:N"};
    finding.fixed_versions = {"1.1", "2.0"};
    finding.gates = true;
    add(report, finding);

    const auto json = read(report);

    EXPECT_EQ(keys_of(json.find("findings")->as_array()->front()),
              (std::vector<std::string>{"rule_id",
                                        "severity",
                                        "severity_source",
                                        "score",
                                        "message",
                                        "remedy",
                                        "artifact",
                                        "path",
                                        "line",
                                        "offset",
                                        "package",
                                        "advisory",
                                        "fixed_versions",
                                        "deployments",
                                        "status",
                                        "gates",
                                        "fingerprint"}));
    EXPECT_EQ(text_at(json, {"findings", "severity"}), "critical");
    EXPECT_EQ(text_at(json, {"findings", "severity_source"}), "score");
    EXPECT_EQ(number_at(json, {"findings", "score"}), "9.8");
    EXPECT_EQ(text_at(json, {"findings", "package", "purl"}), "pkg:pypi/demo@1.0");
    EXPECT_EQ(text_at(json, {"findings", "advisory", "id"}), "CVE-2024-0001");
    EXPECT_EQ(texts_at(json, {"findings", "advisory", "aliases"}),
              (std::vector<std::string>{"GHSA-xxxx", "PYSEC-2024-1"}));
    EXPECT_EQ(texts_at(json, {"findings", "advisory", "matched_ids"}),
              std::vector<std::string>{"PYSEC-2024-1"});
    EXPECT_EQ(texts_at(json, {"findings", "advisory", "severity_vectors"}),
              std::vector<std::string>{"CVSS:3.1/AV:N"});
    EXPECT_EQ(texts_at(json, {"findings", "fixed_versions"}),
              (std::vector<std::string>{"1.1", "2.0"}));
    EXPECT_TRUE(std::get<bool>(at(json, {"findings", "gates"}).content()));
    EXPECT_EQ(text_at(json, {"findings", "fingerprint"}), std::string(64, '1'));
}

TEST(WriteJson, SaysNullForWhatAFindingHasNot) {
    auto report = make_quiet_report();
    auto finding = make_rule_finding("deployment.runtime-guessed", Severity::info, "guessed");
    finding.artifact.clear();
    add(report, finding);

    const auto json = read(report);

    for (const auto* name : {"score", "artifact", "line", "offset", "package", "advisory"}) {
        EXPECT_TRUE(is_null_at(json, {"findings", name})) << name;
    }
    EXPECT_EQ(text_at(json, {"findings", "path"}), "");
    EXPECT_TRUE(at(json, {"findings", "fixed_versions"}).as_array()->empty());
}

TEST(WriteJson, TellsAnOffsetOfZeroFromNone) {
    auto report = make_quiet_report();
    auto finding = make_rule_finding("unpack.no-eocd", Severity::critical, "no end record");
    finding.location.offset = 0;
    add(report, finding);

    EXPECT_EQ(number_at(read(report), {"findings", "offset"}), "0");
}

TEST(WriteJson, WritesAScoreWithOneDecimal) {
    for (const auto& [tenths, text] :
         {std::pair(0, "0.0"), std::pair(5, "0.5"), std::pair(70, "7.0"), std::pair(100, "10.0")}) {
        auto report = make_quiet_report();
        add(report, make_advisory_finding("CVE-2024-0001", Severity::low, tenths));

        EXPECT_EQ(number_at(read(report), {"findings", "score"}), text);
    }
}

TEST(WriteJson, GivesEveryStatusItsName) {
    constexpr std::array<std::pair<Status, std::string_view>, 8> kNames = {
        {{Status::open, "open"},
         {Status::below_threshold, "below_threshold"},
         {Status::shadowed, "shadowed"},
         {Status::runtime, "runtime"},
         {Status::not_examined, "not_examined"},
         {Status::waived, "waived"},
         {Status::vex, "vex"},
         {Status::baseline, "baseline"}}};

    for (const auto& [status, name] : kNames) {
        auto report = make_quiet_report();
        add(report, make_rule_finding("unpack.gap", Severity::low, "a gap"));
        report.findings.back().status = status;

        EXPECT_EQ(text_at(read(report), {"findings", "status"}), name);
    }
}

TEST(WriteJson, GivesEverySourceOfASeverityItsName) {
    constexpr std::array<std::pair<SeveritySource, std::string_view>, 4> kNames = {
        {{SeveritySource::rule, "rule"},
         {SeveritySource::score, "score"},
         {SeveritySource::label, "label"},
         {SeveritySource::unknown, "unknown"}}};

    for (const auto& [source, name] : kNames) {
        auto report = make_quiet_report();
        add(report, make_rule_finding("unpack.gap", Severity::low, "a gap"));
        report.findings.back().severity_source = source;

        EXPECT_EQ(text_at(read(report), {"findings", "severity_source"}), name);
    }
}

TEST(WriteJson, GivesEveryKindOfIncompleteItsName) {
    constexpr std::array<std::pair<IncompleteKind, std::string_view>, 7> kNames = {
        {{IncompleteKind::artifact, "artifact"},
         {IncompleteKind::entry, "entry"},
         {IncompleteKind::requirement, "requirement"},
         {IncompleteKind::feed, "feed"},
         {IncompleteKind::signature, "signature"},
         {IncompleteKind::network, "network"},
         {IncompleteKind::output, "output"}}};

    for (const auto& [kind, name] : kNames) {
        Report report;
        report.incomplete = {{.kind = kind, .what = "it", .why = "no time"}};

        EXPECT_EQ(text_at(read(report), {"incomplete", "kind"}), name);
    }
}

TEST(WriteJson, DescribesWhatWasNotJudged) {
    Report report;
    report.incomplete = {{.kind = IncompleteKind::requirement,
                          .what = "a>=1",
                          .why = "no pin",
                          .artifact = "requirements.txt",
                          .path = "b",
                          .line = 3}};

    const auto json = read(report);

    EXPECT_EQ(keys_of(json.find("incomplete")->as_array()->front()),
              (std::vector<std::string>{"kind", "what", "why", "artifact", "path", "line"}));
    EXPECT_EQ(text_at(json, {"incomplete", "artifact"}), "requirements.txt");
    EXPECT_EQ(text_at(json, {"incomplete", "path"}), "b");
    EXPECT_EQ(number_at(json, {"incomplete", "line"}), "3");
}

TEST(WriteJson, SaysNullWhereWhatWasNotJudgedHasNoPlace) {
    Report report;
    report.incomplete = {{.kind = IncompleteKind::feed, .what = "index.db", .why = "it is gone"}};

    const auto json = read(report);

    for (const auto* name : {"artifact", "path", "line"}) {
        EXPECT_TRUE(is_null_at(json, {"incomplete", name})) << name;
    }
}

TEST(WriteJson, CountsInStats) {
    auto report = make_quiet_report();
    add(report, make_rule_finding("unpack.gap", Severity::low, "a gap"));
    add(report, make_rule_finding("unpack.gap", Severity::high, "a gap"));
    report.findings.back().gates = true;

    const auto json = read(report);

    EXPECT_EQ(keys_of(*json.find("stats")),
              (std::vector<std::string>{"artifacts",
                                        "deployments",
                                        "packages",
                                        "findings",
                                        "gating",
                                        "entries",
                                        "entries_examined",
                                        "unpacked_bytes",
                                        "inflated_bytes"}));
    EXPECT_EQ(number_at(json, {"stats", "findings"}), "2");
    EXPECT_EQ(number_at(json, {"stats", "gating"}), "1");
    EXPECT_EQ(number_at(json, {"stats", "entries"}), "3");
    EXPECT_EQ(number_at(json, {"stats", "inflated_bytes"}), "18");
}

TEST(WriteJson, IsValidWhateverBytesNamesHold) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    auto report = make_quiet_report();
    report.packages.front().path = bytes;
    add(report, make_rule_finding("unpack.gap", Severity::low, "a gap"));
    report.findings.back().location.path = bytes;

    EXPECT_TRUE(document::parse_json(as_bytes(write_json(report))));
}

TEST(WriteJson, GivesTheSameBytesTwice) {
    auto report = make_quiet_report();
    add(report, make_advisory_finding("CVE-2024-0001", Severity::critical, 98));

    EXPECT_EQ(write_json(report), write_json(report));
}

} // namespace
} // namespace preflight::report
