// SPDX-License-Identifier: Apache-2.0
#include "sample_report.hpp"

#include "preflight/base/text.hpp"
#include "preflight/report/report.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::report {
namespace {

/// Whether each of these stands in the text behind the one before.
testing::AssertionResult has_in_order(std::string_view text,
                                      const std::vector<std::string_view>& wanted) {
    std::size_t position = 0;
    for (const auto part : wanted) {
        position = text.find(part, position);
        if (position == std::string_view::npos) {
            return testing::AssertionFailure() << "'" << part << "' is missing or misplaced in:\n"
                                               << text;
        }
        position += part.size();
    }
    return testing::AssertionSuccess();
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

std::string last_line(const std::string& text) {
    EXPECT_TRUE(text.ends_with('\n'));
    return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

TEST(WriteText, DescribesAScanThatFoundNothing) {
    auto report = make_quiet_report();
    report.feeds = {
        {.name = "starter", .kind = "starter", .date = "2024-10-21T00:00:00Z", .records = 210}};

    EXPECT_EQ(write_text(report),
              "orders: orders.zip, python3.12 (given), arm64 (default), 1 distribution\n"
              "\n"
              "feed: starter (starter), 210 records, newest of 2024-10-21\n"
              "examined: 3 of 3 entries in 1 artifact, 1 distribution\n"
              "verdict: passed (0 gating of 0 findings)\n");
}

TEST(WriteText, DescribesAFindingUnderItsDistribution) {
    auto report = make_quiet_report();
    report.verdict = policy::Verdict::blocked;
    report.packages.front().upgrade = "1.2";
    auto finding = make_advisory_finding("CVE-2024-0001", Severity::critical, 98);
    finding.advisory->aliases = {"GHSA-a", "PYSEC-b"};
    finding.gates = true;
    add(report, finding);

    EXPECT_EQ(write_text(report),
              "orders: orders.zip, python3.12 (given), arm64 (default), 1 distribution\n"
              "  demo 1.0 in orders.zip, upgrade to 1.2\n"
              "  * critical 9.8   CVE-2024-0001 (GHSA-a, PYSEC-b)\n"
              "                   demo 1.0 is weak\n"
              "\n"
              "examined: 3 of 3 entries in 1 artifact, 1 distribution\n"
              "verdict: blocked (1 gating of 1 finding)\n");
}

TEST(WriteText, SaysThatThereAreNoDistributions) {
    auto report = make_quiet_report();
    report.packages.clear();

    EXPECT_TRUE(has(write_text(report), "no Python distributions found"));
}

TEST(WriteText, NamesTheLayersInTheirOrder) {
    auto report = make_quiet_report();
    report.deployments.front().layers = {"b.zip", "a.zip"};

    EXPECT_TRUE(has(write_text(report), "orders: orders.zip + b.zip + a.zip, python3.12"));
}

TEST(WriteText, PutsTheWorstFindingOfADistributionFirst) {
    auto report = make_quiet_report();
    add(report, make_advisory_finding("CVE-low", Severity::low, 20));
    add(report, make_advisory_finding("CVE-lesser", Severity::high, 70));
    add(report, make_advisory_finding("CVE-greater", Severity::high, 89));
    add(report, make_advisory_finding("CVE-gating", Severity::medium, 50));
    report.findings.back().gates = true;

    EXPECT_TRUE(
        has_in_order(write_text(report), {"CVE-gating", "CVE-greater", "CVE-lesser", "CVE-low"}));
}

TEST(WriteText, PutsTheDistributionWithTheWorstFindingFirst) {
    auto report = make_quiet_report();
    add(report, make_advisory_finding("CVE-a", Severity::medium, 50));
    auto other = make_advisory_finding("CVE-b", Severity::critical, 91);
    other.package = PackageName{.name = "other", .version = "2", .purl = "pkg:pypi/other@2"};
    other.location.path = "other-2.dist-info";
    add(report, other);
    add(report, make_advisory_finding("CVE-c", Severity::low, 10));

    const auto text = write_text(report);

    EXPECT_TRUE(has_in_order(text, {"other 2 in", "CVE-b", "demo 1.0 in", "CVE-a", "CVE-c"}));
    EXPECT_EQ(count(text, "demo 1.0 in"), 1U);
}

TEST(WriteText, KeepsTheOrderOfFindingsThatAreEquallyBad) {
    auto report = make_quiet_report();
    add(report, make_advisory_finding("CVE-1", Severity::high, 80));
    add(report, make_advisory_finding("CVE-2", Severity::high, 80));

    EXPECT_TRUE(has_in_order(write_text(report), {"CVE-1", "CVE-2"}));
}

TEST(WriteText, KeepsCopiesOfOneDistributionApart) {
    auto report = make_quiet_report();
    add(report, make_advisory_finding("CVE-1", Severity::high, 80));
    auto copy = make_advisory_finding("CVE-1", Severity::high, 80);
    copy.location.path = "vendor/demo-1.0.dist-info";
    add(report, copy);

    EXPECT_EQ(count(write_text(report), "demo 1.0 in orders.zip"), 2U);
}

TEST(WriteText, NamesTheUpgradeOfTheCopyThatIsMeant) {
    auto report = make_quiet_report();
    report.packages.front().upgrade = "1.5";
    auto other = report.packages.front();
    other.path = "requirements.txt";
    other.line = 4;
    other.upgrade = "1.6";
    report.packages.push_back(other);
    auto finding = make_advisory_finding("CVE-1", Severity::high, 80);
    finding.location = {.path = "requirements.txt", .line = 4};
    add(report, finding);

    const auto text = write_text(report);

    EXPECT_TRUE(has(text, "demo 1.0 in orders.zip, requirements.txt:4, upgrade to 1.6"));
    EXPECT_FALSE(has(text, "1.5"));
}

TEST(WriteText, NamesTheRuntimeForWhatItBringsAlong) {
    auto report = make_quiet_report();
    auto finding = make_advisory_finding("CVE-1", Severity::high, 80);
    finding.artifact.clear();
    finding.location.path.clear();
    finding.status = Status::runtime;
    add(report, finding);

    EXPECT_TRUE(has(write_text(report), "  demo 1.0 in the runtime\n")) << write_text(report);
}

TEST(WriteText, GivesEachSetOfDeploymentsItsOwnSection) {
    auto report = make_quiet_report();
    auto second = report.deployments.front();
    second.name = "billing";
    report.deployments.push_back(second);
    report.packages.front().deployments = {"orders", "billing"};
    add(report, make_advisory_finding("CVE-both", Severity::high, 80));
    report.findings.back().deployments = {"orders", "billing"};
    add(report, make_advisory_finding("CVE-second", Severity::high, 80));
    report.findings.back().deployments = {"billing"};

    const auto text = write_text(report);

    EXPECT_TRUE(has_in_order(text,
                             {"orders: orders.zip",
                              "1 distribution\n\n",
                              "billing: orders.zip",
                              "CVE-second",
                              "\norders, billing\n",
                              "CVE-both"}));
    EXPECT_EQ(count(text, "CVE-both"), 1U);
}

TEST(WriteText, CountsTheDistributionsOfEachDeployment) {
    auto report = make_quiet_report();
    auto second = report.deployments.front();
    second.name = "billing";
    report.deployments.push_back(second);
    report.packages.push_back(report.packages.front());
    report.packages.push_back(report.packages.front());
    report.packages.back().deployments = {"orders", "billing"};

    EXPECT_TRUE(has_in_order(write_text(report),
                             {"orders:", "3 distributions", "billing:", "1 distribution\n"}));
}

TEST(WriteText, MarksOnlyWhatGates) {
    auto report = make_quiet_report();
    add(report, make_rule_finding("a.one", Severity::high, "first"));
    report.findings.back().gates = true;
    add(report, make_rule_finding("a.two", Severity::high, "second"));

    const auto text = write_text(report);

    EXPECT_TRUE(has(text, "  * high     -     a.one in orders.zip\n"));
    EXPECT_TRUE(has(text, "    high     -     a.two in orders.zip\n"));
}

TEST(WriteText, NamesAStatusThatIsNotPlain) {
    constexpr std::array<std::pair<Status, std::string_view>, 6> kNames = {
        {{Status::shadowed, " [shadowed]\n"},
         {Status::runtime, " [runtime]\n"},
         {Status::not_examined, " [not_examined]\n"},
         {Status::waived, " [waived]\n"},
         {Status::vex, " [vex]\n"},
         {Status::baseline, " [baseline]\n"}}};

    for (const auto& [status, name] : kNames) {
        auto report = make_quiet_report();
        add(report, make_rule_finding("a.one", Severity::high, "first"));
        report.findings.back().status = status;

        EXPECT_TRUE(has(write_text(report), name)) << name;
    }
}

TEST(WriteText, AddsNothingToAPlainStatus) {
    for (const auto status : {Status::open, Status::below_threshold}) {
        auto report = make_quiet_report();
        add(report, make_rule_finding("a.one", Severity::high, "first"));
        report.findings.back().status = status;

        EXPECT_FALSE(has(write_text(report), "["));
    }
}

TEST(WriteText, AsksAQuestionWhereTheSeverityWasUnknown) {
    auto report = make_quiet_report();
    auto finding = make_advisory_finding("CVE-1", Severity::high, 0);
    finding.score_tenths.reset();
    finding.severity_source = SeveritySource::unknown;
    add(report, finding);

    EXPECT_TRUE(has(write_text(report), "high     ?     CVE-1\n"));
}

TEST(WriteText, GivesNoRemedyForWhatIsOnlySaid) {
    auto report = make_quiet_report();
    add(report, make_rule_finding("a.one", Severity::info, "first"));

    EXPECT_FALSE(has(write_text(report), "Mend it."));
}

TEST(WriteText, SaysWhatWasNotJudged) {
    auto report = make_quiet_report();
    report.incomplete = {
        {.kind = IncompleteKind::artifact, .what = "a.zip", .why = "gone", .artifact = "a.zip"},
        {.kind = IncompleteKind::entry, .what = "b.py", .why = "too large", .artifact = "a.zip"},
        {.kind = IncompleteKind::requirement,
         .what = "c>=1",
         .why = "no pin",
         .artifact = "requirements.txt",
         .line = 3},
        {.kind = IncompleteKind::feed, .what = "index.db", .why = "damaged"}};

    EXPECT_TRUE(has(write_text(report),
                    "not judged\n"
                    "    artifact a.zip: gone\n"
                    "    entry a.zip: b.py: too large\n"
                    "    requirement requirements.txt:3: c>=1: no pin\n"
                    "    feed index.db: damaged\n"
                    "\n"));
}

TEST(WriteText, EndsWithTheVerdict) {
    auto report = make_quiet_report();
    for (int number = 0; number < 7; ++number) {
        add(report, make_rule_finding("a.one", Severity::high, "first"));
        report.findings.back().gates = number < 3;
    }
    report.verdict = policy::Verdict::blocked;
    EXPECT_EQ(last_line(write_text(report)), "verdict: blocked (3 gating of 7 findings)\n");

    report.verdict = policy::Verdict::incomplete;
    EXPECT_EQ(last_line(write_text(report)), "verdict: incomplete (3 gating of 7 findings)\n");
}

/// A report whose every name comes from a package that means no good.
Report make_hostile_report(const std::string& name) {
    auto report = make_quiet_report();
    auto& deployment = report.deployments.front();
    deployment.name = name;
    deployment.function = name;
    deployment.layers = {name};
    auto& package = report.packages.front();
    package.package.name = name;
    package.package.version = name;
    package.artifact = name;
    package.upgrade = name;
    package.deployments = {name};
    report.feeds = {{.name = name, .kind = "directory", .date = name, .records = 1}};
    auto finding = make_advisory_finding(name, Severity::critical, 98);
    finding.package->name = name;
    finding.package->version = name;
    finding.advisory->aliases = {name};
    finding.artifact = name;
    finding.deployments = {name};
    add(report, finding);
    auto shared = make_rule_finding("a.one", Severity::high, "first");
    shared.artifact = name;
    shared.deployments = {name, name};
    add(report, shared);
    report.incomplete = {
        {.kind = IncompleteKind::entry, .what = "it", .why = "no time", .artifact = name}};
    return report;
}

TEST(WriteText, EscapesWhatATerminalWouldObey) {
    for (const std::string name : {"\x1B[2J",
                                   "a\rb",
                                   "a\nb",
                                   "a\tb",
                                   "a\bb",
                                   "a\x7F",
                                   "\xC2\x9B" // CSI as one character of C1
                                   "2J",
                                   "a\xE2\x80\xAE"
                                   "b", // U+202E turns the direction of writing
                                   "a\xE2\x81\xA6"
                                   "b", // U+2066
                                   "a\xE2\x80\x8B"
                                   "b", // U+200B has no width
                                   "a\xFF",
                                   "a\xC3"}) {
        const auto text = write_text(make_hostile_report(name));

        EXPECT_FALSE(has(text, name)) << printable(name);
        EXPECT_TRUE(is_utf8(text)) << printable(name);
        for (const char character : text) {
            EXPECT_TRUE(character == '\n' || static_cast<unsigned char>(character) >= 0x20)
                << printable(name);
        }
    }
}

TEST(WriteText, EscapesAZeroByte) {
    EXPECT_FALSE(has(write_text(make_hostile_report(std::string("a\0b", 3))), {"\0", 1}));
}

TEST(WriteText, HasAsManyLinesWhateverNamesHold) {
    const auto plain = write_text(make_hostile_report("a"));

    for (const auto* name : {"a\n", "a\r\n", "\n\n", "a\xE2\x80\xA8", "a\x0B"}) {
        EXPECT_EQ(count(write_text(make_hostile_report(name)), "\n"), count(plain, "\n"));
    }
}

TEST(WriteText, BeginsNoLineThatACiSystemWouldTakeForACommand) {
    for (const auto* name :
         {"::error::x", "  ::error::x", "a ##[error]x", "a\n::error::x", "a\r::error::x"}) {
        std::string_view text;
        const auto written = write_text(make_hostile_report(name));
        text = written;
        while (!text.empty()) {
            const auto line = text.substr(0, text.find('\n'));
            // GitHub's runner trims a line before it looks for the two colons.
            const auto start = line.find_first_not_of(" \t\r");

            EXPECT_FALSE(start != std::string_view::npos && line.substr(start).starts_with("::"))
                << line;
            EXPECT_FALSE(has(line, "##[")) << line;
            text.remove_prefix(line.size() + 1);
        }
    }
}

TEST(WriteText, KeepsNamesInOtherScripts) {
    EXPECT_TRUE(has(write_text(make_hostile_report("caf\xC3\xA9")), "caf\xC3\xA9"));
}

/// The text without what begins with ESC and ends with 'm'.
std::string without_colours(std::string text) {
    for (auto start = text.find('\x1B'); start != std::string::npos; start = text.find('\x1B')) {
        text.erase(start, text.find('m', start) - start + 1);
    }
    return text;
}

Report make_colourful_report() {
    auto report = make_quiet_report();
    report.verdict = policy::Verdict::blocked;
    report.packages.front().upgrade = "1.2";
    for (const auto severity :
         {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        add(report, make_advisory_finding("CVE-1", severity, 10));
    }
    report.incomplete = {{.kind = IncompleteKind::feed, .what = "it", .why = "no time"}};
    return report;
}

TEST(WriteText, IsPlainUnlessColourIsAskedFor) {
    EXPECT_FALSE(has(write_text(make_colourful_report()), "\x1B"));
}

TEST(WriteText, DiffersInNothingButColour) {
    const auto report = make_colourful_report();

    const auto coloured = write_text(report, {.has_colour = true});

    EXPECT_EQ(without_colours(coloured), write_text(report));
    EXPECT_TRUE(has(coloured, "\x1B[31mcritical\x1B[0m"));
    EXPECT_TRUE(has(coloured, "\x1B[33mmedium  \x1B[0m"));
    EXPECT_TRUE(has(last_line(coloured), "\x1B[1;31mblocked\x1B[0m"));
    EXPECT_EQ(2 * count(coloured, "\x1B[0m"), count(coloured, "\x1B["));
}

TEST(WriteText, EscapesHostileNamesInColourToo) {
    const auto coloured = write_text(make_hostile_report("\x1B[2J"), {.has_colour = true});

    EXPECT_FALSE(has(coloured, "\x1B[2J"));
}

TEST(WriteText, GivesTheSameBytesTwice) {
    const auto report = make_colourful_report();

    EXPECT_EQ(write_text(report), write_text(report));
}

TEST(WriteText, TakesAReportWithoutAnything) {
    EXPECT_EQ(write_text(Report()),
              "examined: 0 of 0 entries in 0 artifacts, 0 distributions\n"
              "verdict: incomplete (0 gating of 0 findings)\n");
}

} // namespace
} // namespace preflight::report
