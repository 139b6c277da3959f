// SPDX-License-Identifier: Apache-2.0
#include "cvss_metrics.hpp"
#include "cvss_versions.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace preflight::advisory {

namespace {

enum Metric : std::size_t {
    av,
    ac,
    at,
    pr,
    ui,
    vc,
    vi,
    va,
    sc,
    si,
    sa,
    e,
    cr,
    ir,
    ar,
    mav,
    mac,
    mat,
    mpr,
    mui,
    mvc,
    mvi,
    mva,
    msc,
    msi,
    msa
};

// FIRST, "CVSS v4.0 Specification Document", section 7, table 23: the order is fixed. Values stand
// worst first, X last.
constexpr std::array kDefinitions = {
    MetricDefinition{"AV", "N A L P", true},
    MetricDefinition{"AC", "L H", true},
    MetricDefinition{"AT", "N P", true},
    MetricDefinition{"PR", "N L H", true},
    MetricDefinition{"UI", "N P A", true},
    MetricDefinition{"VC", "H L N", true},
    MetricDefinition{"VI", "H L N", true},
    MetricDefinition{"VA", "H L N", true},
    MetricDefinition{"SC", "H L N", true},
    MetricDefinition{"SI", "H L N", true},
    MetricDefinition{"SA", "H L N", true},
    MetricDefinition{"E", "A P U X"},
    MetricDefinition{"CR", "H M L X"},
    MetricDefinition{"IR", "H M L X"},
    MetricDefinition{"AR", "H M L X"},
    MetricDefinition{"MAV", "N A L P X"},
    MetricDefinition{"MAC", "L H X"},
    MetricDefinition{"MAT", "N P X"},
    MetricDefinition{"MPR", "N L H X"},
    MetricDefinition{"MUI", "N P A X"},
    MetricDefinition{"MVC", "H L N X"},
    MetricDefinition{"MVI", "H L N X"},
    MetricDefinition{"MVA", "H L N X"},
    MetricDefinition{"MSC", "H L N X"},
    MetricDefinition{"MSI", "S H L N X"},
    MetricDefinition{"MSA", "S H L N X"},
    // Supplemental: read, and without influence on the score.
    MetricDefinition{"S", "X N P"},
    MetricDefinition{"AU", "X N Y"},
    MetricDefinition{"R", "X A U I"},
    MetricDefinition{"V", "X D C"},
    MetricDefinition{"RE", "X L M H"},
    MetricDefinition{"U", "X Clear Green Amber Red"},
};

/// Severity levels of the metrics that the score depends on, 0 the worst. The order is that of the
/// highest vectors below; SC, SI and SA count on the scale S H L N.
enum Level : std::size_t {
    l_av,
    l_pr,
    l_ui,
    l_ac,
    l_at,
    l_vc,
    l_vi,
    l_va,
    l_cr,
    l_ir,
    l_ar,
    l_sc,
    l_si,
    l_sa
};
using Levels = std::array<int, 14>;

/// The classes of a vector: EQ1, EQ2, EQ3 with EQ6, EQ4, EQ5.
enum Dimension : std::size_t { eq1, eq2, eq36, eq4, eq5 };
using MacroVector = std::array<std::size_t, 5>;

// Number of classes in each dimension. EQ3 and EQ6 together: 00, 01, 10, 11, 21.
constexpr MacroVector kClasses = {3, 2, 5, 3, 3};

// Scores of the 270 macro vectors in tenths: EQ1 EQ2, then EQ3 EQ6, to the line; EQ4, then EQ5,
// within it. Numbers as published by FIRST in cvss_lookup.js of FIRSTdotorg/cvss-v4-calculator.
// clang-format off
constexpr std::array<int, 270> kMacroScores = {
    100,  98,  95, 100,  93,  91,  93,  89,  81, // 00 00
     99,  95,  92,  96,  87,  81,  90,  80,  68, // 00 01
     98,  95,  90,  93,  89,  81,  88,  78,  69, // 00 10
     95,  92,  84,  92,  81,  65,  80,  70,  48, // 00 11
     92,  82,  72,  79,  69,  50,  69,  55,  27, // 00 21
     99,  95,  92,  95,  90,  84,  92,  82,  72, // 01 00
     97,  92,  85,  91,  83,  71,  81,  71,  53, // 01 01
     95,  92,  85,  92,  80,  70,  84,  71,  50, // 01 10
     93,  85,  73,  82,  72,  59,  70,  52,  30, // 01 11
     86,  75,  52,  71,  52,  29,  63,  29,  17, // 01 21
     98,  94,  91,  94,  86,  77,  87,  74,  63, // 10 00
     95,  87,  81,  89,  74,  64,  75,  63,  49, // 10 01
     94,  88,  76,  86,  74,  59,  72,  57,  52, // 10 10
     89,  77,  67,  76,  58,  50,  57,  52,  25, // 10 11
     83,  70,  54,  65,  58,  26,  53,  21,  13, // 10 21
     95,  88,  76,  90,  75,  61,  77,  68,  52, // 11 00
     90,  76,  70,  77,  62,  53,  66,  59,  30, // 11 01
     89,  76,  62,  74,  57,  47,  61,  57,  24, // 11 10
     78,  67,  58,  59,  57,  23,  52,  29,  16, // 11 11
     71,  59,  30,  58,  26,  15,  23,  13,   6, // 11 21
     93,  86,  75,  86,  74,  56,  70,  52,  40, // 20 00
     87,  72,  58,  74,  61,  34,  54,  40,  22, // 20 01
     85,  74,  62,  72,  55,  46,  53,  34,  19, // 20 10
     75,  55,  51,  57,  41,  19,  36,  19,   8, // 20 11
     64,  51,  20,  47,  21,  11,  24,   9,   4, // 20 21
     88,  73,  60,  73,  59,  41,  54,  45,  20, // 21 00
     75,  53,  50,  55,  40,  20,  43,  22,  11, // 21 01
     75,  58,  40,  61,  48,  20,  46,  17,   8, // 21 10
     55,  45,  21,  51,  18,   9,  18,   7,   2, // 21 11
     53,  24,  14,  24,  12,   5,  10,   3,   1, // 21 21
};
// clang-format on

/// What a class of a dimension is measured by. Source: specification, section 8.2, tables 24 to 28.
struct ClassDepth {
    int steps = 0; ///< From its highest vectors down to its lowest.
    /// Levels, one digit each, of its highest vectors; those that do not exist are empty.
    std::array<std::string_view, 5> highest;
};

constexpr std::array kDepthsEq1 = {
    ClassDepth{1, {"000"}}, ClassDepth{4, {"100", "010", "001"}}, ClassDepth{5, {"300", "111"}}};
constexpr std::array kDepthsEq2 = {ClassDepth{1, {"00"}}, ClassDepth{2, {"10", "01"}}};
constexpr std::array kDepthsEq36 = {
    ClassDepth{7, {"000000"}},
    ClassDepth{6, {"001110", "000111"}},
    ClassDepth{8, {"100000", "010000"}},
    ClassDepth{8, {"101010", "100011", "010101", "011100", "110001"}},
    ClassDepth{10, {"111000"}}};
constexpr std::array kDepthsEq4 = {
    ClassDepth{6, {"100"}}, ClassDepth{5, {"111"}}, ClassDepth{4, {"222"}}};

/// Where the levels of a dimension begin, and how its classes are measured.
struct DimensionRule {
    Dimension dimension;
    std::size_t first_level;
    std::span<const ClassDepth> depths; ///< Empty: every distance is 0.
};

constexpr std::array<DimensionRule, 5> kDimensions = {
    DimensionRule{eq1, l_av, kDepthsEq1},
    DimensionRule{eq2, l_ac, kDepthsEq2},
    DimensionRule{eq36, l_vc, kDepthsEq36},
    DimensionRule{eq4, l_sc, kDepthsEq4},
    DimensionRule{eq5, 0, {}},
};

/// The level of a metric: of the modified one where it is defined, else of the base one. `x` is the
/// position of X.
int effective(const Choices& choices, Metric base, Metric modified, std::size_t x) {
    const auto position = choices.position_or(modified, x);
    return position == x ? choices[base] : static_cast<int>(position);
}

/// The same on the scale S H L N, where only a modified integrity or availability can be S.
int effective_subsequent(const Choices& choices, Metric base, Metric modified) {
    if (modified == msc) {
        return effective(choices, base, modified, 3) + 1;
    }
    const auto position = choices.position_or(modified, 4);
    return position == 4 ? choices[base] + 1 : static_cast<int>(position);
}

/// CR, IR and AR count as H where they are not defined, and so E as A.
int threat_level(const Choices& choices, Metric metric) {
    const auto position = choices.position_or(metric, 3);
    return position == 3 ? 0 : static_cast<int>(position);
}

Levels levels_of(const Choices& choices) {
    return {effective(choices, av, mav, 4),
            effective(choices, pr, mpr, 3),
            effective(choices, ui, mui, 3),
            effective(choices, ac, mac, 2),
            effective(choices, at, mat, 2),
            effective(choices, vc, mvc, 3),
            effective(choices, vi, mvi, 3),
            effective(choices, va, mva, 3),
            threat_level(choices, cr),
            threat_level(choices, ir),
            threat_level(choices, ar),
            effective_subsequent(choices, sc, msc),
            effective_subsequent(choices, si, msi),
            effective_subsequent(choices, sa, msa)};
}

bool has_no_impact(const Levels& levels) {
    return levels[l_vc] == 2 && levels[l_vi] == 2 && levels[l_va] == 2 && levels[l_sc] == 3 &&
           levels[l_si] == 3 && levels[l_sa] == 3;
}

std::size_t class_eq1(const Levels& levels) {
    const auto worst = std::ranges::count(std::span(levels).subspan(l_av, 3), 0);
    if (worst == 3) {
        return 0;
    }
    return worst > 0 && levels[l_av] != 3 ? 1 : 2;
}

std::size_t class_eq36(const Levels& levels) {
    const bool is_eq6_lower = (levels[l_cr] != 0 || levels[l_vc] != 0) &&
                              (levels[l_ir] != 0 || levels[l_vi] != 0) &&
                              (levels[l_ar] != 0 || levels[l_va] != 0);
    const std::size_t lower = is_eq6_lower ? 1 : 0;
    if (levels[l_vc] == 0 && levels[l_vi] == 0) {
        return lower;
    }
    const bool is_any_high = levels[l_vc] == 0 || levels[l_vi] == 0 || levels[l_va] == 0;
    return is_any_high ? 2 + lower : 4;
}

std::size_t class_eq4(const Levels& levels) {
    if (levels[l_si] == 0 || levels[l_sa] == 0) {
        return 0;
    }
    return levels[l_sc] == 1 || levels[l_si] == 1 || levels[l_sa] == 1 ? 1 : 2;
}

MacroVector macro_vector_of(const Levels& levels, const Choices& choices) {
    return {class_eq1(levels),
            levels[l_ac] == 0 && levels[l_at] == 0 ? std::size_t{0} : std::size_t{1},
            class_eq36(levels),
            class_eq4(levels),
            static_cast<std::size_t>(threat_level(choices, e))};
}

int macro_score(const MacroVector& macro) {
    std::size_t row = 0;
    for (std::size_t dimension = 0; dimension < macro.size(); ++dimension) {
        row = row * kClasses.at(dimension) + macro.at(dimension);
    }
    return kMacroScores.at(row);
}

/// The score of the next lower macro vector in one dimension, if there is one.
std::optional<int> find_lower_score(MacroVector macro, Dimension dimension) {
    auto& position = macro.at(dimension);
    if (position + 1 == kClasses.at(dimension)) {
        return std::nullopt;
    }
    if (dimension != eq36) {
        ++position;
        return macro_score(macro);
    }
    // 00 has two neighbours, 01 and 10; below either of them is 11, and then 21.
    if (position == 0) {
        position = 1;
        const auto first = macro_score(macro);
        position = 2;
        return std::max(first, macro_score(macro));
    }
    position = std::max<std::size_t>(position + 1, 3);
    return macro_score(macro);
}

/// Steps from the first highest vector of the class that is nowhere below `levels`.
int distance(std::span<const int> levels, const ClassDepth& depth) {
    for (const auto highest : depth.highest) {
        int steps = 0;
        bool is_above = !highest.empty();
        for (std::size_t index = 0; index < highest.size(); ++index) {
            const auto difference = levels[index] - (highest[index] - '0');
            is_above = is_above && difference >= 0;
            steps += difference;
        }
        if (is_above) {
            return steps;
        }
    }
    return 0;
}

/// Section 8.2. All depths divide 840, so the means are computed in whole numbers: a double shifts
/// 0.5 % of the scores.
int score_of(const Levels& levels, const MacroVector& macro) {
    constexpr int kCommon = 840;
    const auto score = macro_score(macro);
    int lowered = 0; // in 1/840
    int dimensions = 0;
    for (const auto& rule : kDimensions) {
        const auto lower = find_lower_score(macro, rule.dimension);
        if (!lower) {
            continue;
        }
        ++dimensions;
        if (!rule.depths.empty()) {
            const auto& depth = rule.depths[macro.at(rule.dimension)];
            const auto steps = distance(std::span(levels).subspan(rule.first_level), depth);
            lowered += (score - *lower) * steps * (kCommon / depth.steps);
        }
    }
    if (dimensions == 0) {
        return score;
    }
    const auto denominator = kCommon * dimensions;
    return static_cast<int>(divide_half_up(denominator * score - lowered, denominator));
}

} // namespace

Result<CvssScores> parse_cvss4(std::string_view vector, std::size_t offset) {
    static_assert(kDefinitions.size() == kMaxMetrics);
    const auto choices = parse_metrics(vector, offset, kDefinitions, MetricOrder::fixed);
    if (!choices) {
        return choices.error();
    }
    const auto levels = levels_of(*choices);
    CvssScores scores;
    if (!has_no_impact(levels)) {
        scores.base = std::clamp(score_of(levels, macro_vector_of(levels, *choices)), 0, 100);
    }
    return scores;
}

} // namespace preflight::advisory
