// SPDX-License-Identifier: Apache-2.0
#include "cvss_metrics.hpp"
#include "cvss_versions.hpp"

#include <algorithm>
#include <array>

namespace preflight::advisory {

namespace {

enum Metric : std::size_t { av, ac, au, c, i, a, e, rl, rc, cdp, td, cr, ir, ar };

// FIRST, "A Complete Guide to the Common Vulnerability Scoring System" 2.0, sections 2.1 to 2.3.
constexpr std::array kDefinitions = {
    MetricDefinition{"AV", "L A N", true},
    MetricDefinition{"AC", "H M L", true},
    MetricDefinition{"Au", "M S N", true},
    MetricDefinition{"C", "N P C", true},
    MetricDefinition{"I", "N P C", true},
    MetricDefinition{"A", "N P C", true},
    MetricDefinition{"E", "U POC F H ND"},
    MetricDefinition{"RL", "OF TF W U ND"},
    MetricDefinition{"RC", "UC UR C ND"},
    MetricDefinition{"CDP", "N L LM MH H ND"},
    MetricDefinition{"TD", "N L M H ND"},
    MetricDefinition{"CR", "L M H ND"},
    MetricDefinition{"IR", "L M H ND"},
    MetricDefinition{"AR", "L M H ND"},
};

// Section 3.2, as whole numbers: the unit of each row stands beside it.
constexpr std::array<std::int64_t, 3> kAccessVector = {395, 646, 1000};            // 1/1000
constexpr std::array<std::int64_t, 3> kAccessComplexity = {35, 61, 71};            // 1/100
constexpr std::array<std::int64_t, 3> kAuthentication = {450, 560, 704};           // 1/1000
constexpr std::array<std::int64_t, 3> kImpact = {0, 55, 132};                      // 1/200
constexpr std::array<std::int64_t, 5> kExploitability = {85, 90, 95, 100, 100};    // 1/100
constexpr std::array<std::int64_t, 5> kRemediationLevel = {87, 90, 95, 100, 100};  // 1/100
constexpr std::array<std::int64_t, 4> kReportConfidence = {90, 95, 100, 100};      // 1/100
constexpr std::array<std::int64_t, 6> kCollateralDamage = {0, 1, 3, 4, 5, 0};      // 1/10
constexpr std::array<std::int64_t, 5> kTargetDistribution = {0, 25, 75, 100, 100}; // 1/100
constexpr std::array<std::int64_t, 4> kRequirement = {50, 100, 151, 100};          // 1/100

template <std::size_t Size>
std::int64_t weight(const std::array<std::int64_t, Size>& weights, int position) {
    return weights.at(position == kNotGiven ? Size - 1 : static_cast<std::size_t>(position));
}

/// How much of confidentiality, integrity or availability stays, in 1/20000. The base score has no
/// requirements.
std::int64_t remainder(const Choices& choices, Metric impact, std::optional<Metric> requirement) {
    const auto factor = requirement ? weight(kRequirement, choices[*requirement]) : 100;
    return 20'000 - weight(kImpact, choices[impact]) * factor;
}

enum class Requirements { ignored, applied };

/// The base equation, in tenths, for the impact or the adjusted impact. May be negative.
///
/// Every weight is a decimal fraction, so all of it is done in whole numbers: halves must be seen
/// exactly.
std::int64_t base_equation(const Choices& choices, Requirements requirements) {
    const bool applied = requirements == Requirements::applied;
    const auto when_applied = [applied](Metric metric) {
        return applied ? std::optional(metric) : std::nullopt;
    };
    const auto remaining = remainder(choices, c, when_applied(cr)) *
                           remainder(choices, i, when_applied(ir)) *
                           remainder(choices, a, when_applied(ar)); // 1/8e12
    constexpr std::int64_t kWhole = 8'000'000'000'000;
    if (remaining == kWhole) {
        return 0; // f(Impact) is 0
    }
    auto impact = 1041 * (kWhole - remaining); // 1/8e14, up to 10.0008
    if (applied) {
        impact = std::min(impact, 10 * kWhole * 100); // only the adjusted impact ends at 10
    }
    const auto exploitability = weight(kAccessVector, choices[av]) *
                                weight(kAccessComplexity, choices[ac]) *
                                weight(kAuthentication, choices[au]); // 1/5e6
    // 0.6 * impact + 0.4 * exploitability - 1.5, in 1/4e15
    const auto sum = 3 * impact + 320'000'000 * exploitability - 6'000'000'000'000'000;
    // times 1.176, in tenths: 147 / 5e16; at most 5.2e18, which fits
    return divide_half_up(sum * 147, 50'000'000'000'000'000);
}

std::int64_t temporal_equation(std::int64_t tenths, const Choices& choices) {
    const auto factor = weight(kExploitability, choices[e]) *
                        weight(kRemediationLevel, choices[rl]) *
                        weight(kReportConfidence, choices[rc]);
    return divide_half_up(tenths * factor, 1'000'000);
}

std::int64_t environmental_equation(const Choices& choices) {
    // Not clamped on the way: a negative adjusted score counts in what follows.
    const auto adjusted = temporal_equation(base_equation(choices, Requirements::applied), choices);
    const auto damage = weight(kCollateralDamage, choices[cdp]);
    return divide_half_up((10 * adjusted + (100 - adjusted) * damage) *
                              weight(kTargetDistribution, choices[td]),
                          1000);
}

int result_of(std::int64_t tenths) {
    return static_cast<int>(std::clamp<std::int64_t>(tenths, 0, 100));
}

} // namespace

Result<CvssScores> parse_cvss2(std::string_view vector, std::size_t offset) {
    const auto parsed = parse_metrics(vector, offset, kDefinitions, MetricOrder::any);
    if (!parsed) {
        return parsed.error();
    }
    const auto& choices = *parsed;
    const auto is_any_given = [&](std::initializer_list<Metric> metrics) {
        return std::ranges::any_of(metrics,
                                   [&](Metric metric) { return choices.is_given(metric); });
    };

    const auto base = base_equation(choices, Requirements::ignored);
    CvssScores scores;
    scores.base = result_of(base);
    if (is_any_given({e, rl, rc})) {
        scores.temporal = result_of(temporal_equation(base, choices));
    }
    if (is_any_given({cdp, td, cr, ir, ar})) {
        scores.environmental = result_of(environmental_equation(choices));
    }
    return scores;
}

} // namespace preflight::advisory
