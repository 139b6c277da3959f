// SPDX-License-Identifier: Apache-2.0
#include "preflight/policy/gate.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <vector>

namespace preflight::policy {
namespace {

constexpr std::array kSeverities = {
    Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical};

constexpr std::array kStatuses = {Status::open,
                                  Status::below_threshold,
                                  Status::shadowed,
                                  Status::runtime,
                                  Status::not_examined,
                                  Status::waived,
                                  Status::vex,
                                  Status::baseline};

constexpr std::array<std::optional<Severity>, 6> kThresholds = {std::nullopt,
                                                                Severity::info,
                                                                Severity::low,
                                                                Severity::medium,
                                                                Severity::high,
                                                                Severity::critical};

Finding judged(const Gate& gate, std::optional<Severity> severity, Status status = Status::open) {
    Finding finding{.severity = severity, .severity_source = SeveritySource::score};
    finding.status = status;
    judge(gate, finding);
    return finding;
}

TEST(Judge, GatesFromTheThresholdOn) {
    // One line for each threshold, from nothing to critical; one column for each severity.
    constexpr std::array<std::array<bool, kSeverities.size()>, kThresholds.size()> kGates = {{
        {false, false, false, false, false},
        {false, true, true, true, true},
        {false, true, true, true, true},
        {false, false, true, true, true},
        {false, false, false, true, true},
        {false, false, false, false, true},
    }};

    for (std::size_t line = 0; line < kThresholds.size(); ++line) {
        for (std::size_t column = 0; column < kSeverities.size(); ++column) {
            const auto finding = judged({.fail_on = kThresholds[line]}, kSeverities[column]);

            EXPECT_EQ(finding.gates, kGates.at(line).at(column)) << line << " " << column;
            EXPECT_EQ(finding.status, finding.gates ? Status::open : Status::below_threshold);
            EXPECT_EQ(finding.severity, kSeverities[column]);
            EXPECT_EQ(finding.severity_source, SeveritySource::score);
        }
    }
}

TEST(Judge, GatesNothingThatIsNotOpen) {
    for (const auto status : kStatuses) {
        for (const auto threshold : kThresholds) {
            for (const auto severity : kSeverities) {
                if (status == Status::open) {
                    continue;
                }
                const auto finding = judged({.fail_on = threshold}, severity, status);

                EXPECT_FALSE(finding.gates);
                EXPECT_EQ(finding.status, status);
            }
        }
    }
}

TEST(Judge, TakesBackAGateThatIsNone) {
    Finding finding{.severity = Severity::critical};
    finding.status = Status::waived;
    finding.gates = true;

    judge({}, finding);

    EXPECT_FALSE(finding.gates);
}

TEST(Judge, CountsAnUnknownSeverityAsThePolicySays) {
    for (const auto severity : kSeverities) {
        for (const auto threshold : kThresholds) {
            const Gate gate{.fail_on = threshold, .unknown_severity = severity};

            const auto unknown = judged(gate, std::nullopt);
            const auto known = judged(gate, severity);

            EXPECT_EQ(unknown.severity, severity);
            EXPECT_EQ(unknown.severity_source, SeveritySource::unknown);
            EXPECT_EQ(unknown.gates, known.gates);
            EXPECT_EQ(unknown.status, known.status);
        }
    }
}

TEST(Judge, MapsAnUnknownSeverityOfAFindingThatIsNotOpenToo) {
    const auto finding = judged({}, std::nullopt, Status::shadowed);

    EXPECT_EQ(finding.severity, Severity::high);
    EXPECT_FALSE(finding.gates);
}

TEST(Judge, ChangesNothingWhenItIsAskedAgain) {
    for (const auto threshold : kThresholds) {
        for (const auto severity : kSeverities) {
            const auto once = judged({.fail_on = threshold}, severity);
            auto twice = once;

            judge({.fail_on = threshold}, twice);

            EXPECT_EQ(twice.gates, once.gates);
            EXPECT_EQ(twice.status, once.status);
        }
    }
}

TEST(Gate, FailsOnHighAndCountsUnknownAsHighByDefault) {
    EXPECT_EQ(Gate().fail_on, Severity::high);
    EXPECT_EQ(Gate().unknown_severity, Severity::high);
}

Verdict decide_over(const std::vector<Finding>& findings, const Coverage& coverage) {
    std::vector<const Finding*> borrowed;
    borrowed.reserve(findings.size());
    for (const auto& finding : findings) {
        borrowed.push_back(&finding);
    }
    return decide(borrowed, coverage);
}

constexpr std::array kCoverages = {Coverage{.is_everything_examined = true, .incomplete = 0},
                                   Coverage{.is_everything_examined = true, .incomplete = 1},
                                   Coverage{.is_everything_examined = false, .incomplete = 0},
                                   Coverage{.is_everything_examined = false, .incomplete = 1}};

TEST(Decide, PassesOnlyIfEverythingWasExaminedAndNothingIsIncomplete) {
    const auto quiet = judged({}, Severity::medium);

    for (const auto& findings : {std::vector<Finding>{}, std::vector<Finding>{quiet}}) {
        EXPECT_EQ(decide_over(findings, kCoverages[0]), Verdict::passed);
        EXPECT_EQ(decide_over(findings, kCoverages[1]), Verdict::incomplete);
        EXPECT_EQ(decide_over(findings, kCoverages[2]), Verdict::incomplete);
        EXPECT_EQ(decide_over(findings, kCoverages[3]), Verdict::incomplete);
    }
}

TEST(Decide, BlocksOnOneGatingFindingWhateverWasExamined) {
    const auto quiet = judged({}, Severity::medium);
    const auto loud = judged({}, Severity::high);

    for (const auto& coverage : kCoverages) {
        EXPECT_EQ(decide_over({loud}, coverage), Verdict::blocked);
        EXPECT_EQ(decide_over({quiet, loud}, coverage), Verdict::blocked);
        EXPECT_EQ(decide_over({loud, quiet}, coverage), Verdict::blocked);
    }
}

TEST(Decide, DoesNotPassWhatNobodySaidAnythingAbout) {
    EXPECT_EQ(decide({}, {}), Verdict::incomplete);
    EXPECT_EQ(Verdict(), Verdict::incomplete);
}

/// Every pair of a severity and a status that a finding may have before it is judged.
std::vector<Finding> all_findings(const Gate& gate) {
    std::vector<Finding> findings;
    for (const auto status : kStatuses) {
        findings.push_back(judged(gate, std::nullopt, status));
        for (const auto severity : kSeverities) {
            findings.push_back(judged(gate, severity, status));
        }
    }
    return findings;
}

TEST(Decide, StaysBlockedWhenAFindingIsAdded) {
    for (const auto threshold : kThresholds) {
        const Gate gate{.fail_on = threshold};
        for (const auto& coverage : kCoverages) {
            for (const auto& first : all_findings(gate)) {
                for (const auto& added : all_findings(gate)) {
                    const bool was_blocked = decide_over({first}, coverage) == Verdict::blocked;
                    const bool is_blocked =
                        decide_over({first, added}, coverage) == Verdict::blocked;

                    ASSERT_TRUE(!was_blocked || is_blocked);
                }
            }
        }
    }
}

TEST(Decide, StaysBlockedWhenASeverityRises) {
    for (const auto threshold : kThresholds) {
        const Gate gate{.fail_on = threshold};
        for (const auto& coverage : kCoverages) {
            for (const auto status : kStatuses) {
                for (std::size_t index = 1; index < kSeverities.size(); ++index) {
                    const auto lower = judged(gate, kSeverities[index - 1], status);
                    const auto higher = judged(gate, kSeverities[index], status);

                    ASSERT_TRUE(decide_over({lower}, coverage) != Verdict::blocked ||
                                decide_over({higher}, coverage) == Verdict::blocked);
                }
            }
        }
    }
}

TEST(Decide, NeverPassesMoreUnderALowerThreshold) {
    for (const auto severity : kSeverities) {
        for (std::size_t index = 2; index < kThresholds.size(); ++index) {
            const auto under_lower = judged({.fail_on = kThresholds[index - 1]}, severity);
            const auto under_higher = judged({.fail_on = kThresholds[index]}, severity);

            EXPECT_TRUE(under_lower.gates || !under_higher.gates);
        }
    }
}

TEST(Verdict, HasANameAndAnExitCode) {
    EXPECT_EQ(to_string(Verdict::passed), "passed");
    EXPECT_EQ(to_string(Verdict::blocked), "blocked");
    EXPECT_EQ(to_string(Verdict::incomplete), "incomplete");
    EXPECT_EQ(exit_code(Verdict::passed), 0);
    EXPECT_EQ(exit_code(Verdict::blocked), 1);
    EXPECT_EQ(exit_code(Verdict::incomplete), 3);
}

} // namespace
} // namespace preflight::policy
