// SPDX-License-Identifier: Apache-2.0
#include "cvss_metrics.hpp"
#include "cvss_versions.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preflight::advisory {

namespace {

enum Metric : std::size_t {
    av,
    ac,
    pr,
    ui,
    s,
    c,
    i,
    a,
    e,
    rl,
    rc,
    cr,
    ir,
    ar,
    mav,
    mac,
    mpr,
    mui,
    ms,
    mc,
    mi,
    ma
};

// FIRST, "CVSS v3.1 Specification Document", section 6, table 15; 3.0 has the same.
constexpr std::array kDefinitions = {
    MetricDefinition{"AV", "N A L P", true}, MetricDefinition{"AC", "L H", true},
    MetricDefinition{"PR", "N L H", true},   MetricDefinition{"UI", "N R", true},
    MetricDefinition{"S", "U C", true},      MetricDefinition{"C", "H L N", true},
    MetricDefinition{"I", "H L N", true},    MetricDefinition{"A", "H L N", true},
    MetricDefinition{"E", "H F P U X"},      MetricDefinition{"RL", "U W T O X"},
    MetricDefinition{"RC", "C R U X"},       MetricDefinition{"CR", "H M L X"},
    MetricDefinition{"IR", "H M L X"},       MetricDefinition{"AR", "H M L X"},
    MetricDefinition{"MAV", "N A L P X"},    MetricDefinition{"MAC", "L H X"},
    MetricDefinition{"MPR", "N L H X"},      MetricDefinition{"MUI", "N R X"},
    MetricDefinition{"MS", "U C X"},         MetricDefinition{"MC", "H L N X"},
    MetricDefinition{"MI", "H L N X"},       MetricDefinition{"MA", "H L N X"},
};

// Section 7.4, table 16. The last value of an optional metric is X.
constexpr std::array kAttackVector = {0.85, 0.62, 0.55, 0.2};
constexpr std::array kAttackComplexity = {0.77, 0.44};
constexpr std::array kPrivileges = {0.85, 0.62, 0.27};
constexpr std::array kPrivilegesScopeChanged = {0.85, 0.68, 0.5};
constexpr std::array kUserInteraction = {0.85, 0.62};
constexpr std::array kImpact = {0.56, 0.22, 0.0};
constexpr std::array kExploitMaturity = {1.0, 0.97, 0.94, 0.91, 1.0};
constexpr std::array kRemediationLevel = {1.0, 0.97, 0.96, 0.95, 1.0};
constexpr std::array kReportConfidence = {1.0, 0.96, 0.92, 1.0};
constexpr std::array kRequirement = {1.5, 1.0, 0.5, 1.0};

/// Upwards to one decimal, as tenths. Source: appendix A of 3.1; it absorbs what doubles get wrong,
/// and a comparison with exact fractions showed no difference for 3.0 either.
int round_up(double score) {
    const auto scaled = std::llround(score * 100'000);
    return static_cast<int>(scaled % 10'000 == 0 ? scaled / 10'000 : scaled / 10'000 + 1);
}

/// The values of the eight base metrics, after modification or without.
struct BaseValues {
    std::array<std::size_t, 8> position{};

    [[nodiscard]] bool is_scope_changed() const { return position.at(s) == 1; }
};

BaseValues base_values(const Choices& choices) {
    BaseValues values;
    for (std::size_t metric = av; metric <= a; ++metric) {
        values.position.at(metric) = static_cast<std::size_t>(choices[metric]);
    }
    return values;
}

BaseValues modified_values(const Choices& choices) {
    // In the order of the base metrics: what "not defined" looks like for each modified one.
    constexpr std::array<std::size_t, 8> kNotDefined = {4, 2, 3, 2, 2, 3, 3, 3};
    auto values = base_values(choices);
    for (std::size_t metric = av; metric <= a; ++metric) {
        const auto position = choices.position_or(mav + metric, kNotDefined.at(metric));
        if (position != kNotDefined.at(metric)) {
            values.position.at(metric) = position;
        }
    }
    return values;
}

double exploitability(const BaseValues& values) {
    const auto& privileges = values.is_scope_changed() ? kPrivilegesScopeChanged : kPrivileges;
    return 8.22 * kAttackVector.at(values.position.at(av)) *
           kAttackComplexity.at(values.position.at(ac)) * privileges.at(values.position.at(pr)) *
           kUserInteraction.at(values.position.at(ui));
}

/// Section 7.1, from the impact sub-score.
double impact_of(double sub_score, bool is_scope_changed) {
    return is_scope_changed ? 7.52 * (sub_score - 0.029) - 3.25 * std::pow(sub_score - 0.02, 15)
                            : 6.42 * sub_score;
}

/// Section 7.3, from the modified impact sub-score: 3.1 changed the formula for a changed scope.
double modified_impact_of(double sub_score, bool is_scope_changed, Cvss3Minor minor) {
    if (is_scope_changed && minor == Cvss3Minor::one) {
        return 7.52 * (sub_score - 0.029) - 3.25 * std::pow(sub_score * 0.9731 - 0.02, 13);
    }
    return impact_of(sub_score, is_scope_changed);
}

/// What base and environmental score have in common, in tenths.
int combined(double impact, const BaseValues& values) {
    if (impact <= 0) {
        return 0;
    }
    const auto factor = values.is_scope_changed() ? 1.08 : 1.0;
    return round_up(std::min(factor * (impact + exploitability(values)), 10.0));
}

int temporal_of(int tenths, const Choices& choices) {
    return round_up(tenths / 10.0 * kExploitMaturity.at(choices.position_or(e, 4)) *
                    kRemediationLevel.at(choices.position_or(rl, 4)) *
                    kReportConfidence.at(choices.position_or(rc, 3)));
}

int base_score(const BaseValues& values) {
    double remaining = 1;
    for (const auto metric : {c, i, a}) {
        remaining *= 1 - kImpact.at(values.position.at(metric));
    }
    return combined(impact_of(1 - remaining, values.is_scope_changed()), values);
}

int environmental_score(const Choices& choices, Cvss3Minor minor) {
    const auto values = modified_values(choices);
    double remaining = 1;
    for (std::size_t metric = c; metric <= a; ++metric) {
        const auto requirement = kRequirement.at(choices.position_or(cr + metric - c, 3));
        remaining *= 1 - requirement * kImpact.at(values.position.at(metric));
    }
    const auto sub_score = std::min(1 - remaining, 0.915);
    const auto impact = modified_impact_of(sub_score, values.is_scope_changed(), minor);
    return temporal_of(combined(impact, values), choices);
}

} // namespace

Result<CvssScores> parse_cvss3(std::string_view vector, std::size_t offset, Cvss3Minor minor) {
    const auto choices = parse_metrics(vector, offset, kDefinitions, MetricOrder::any);
    if (!choices) {
        return choices.error();
    }
    CvssScores scores;
    scores.base = base_score(base_values(*choices));
    scores.temporal = temporal_of(scores.base, *choices);
    scores.environmental = environmental_score(*choices, minor);
    return scores;
}

} // namespace preflight::advisory
