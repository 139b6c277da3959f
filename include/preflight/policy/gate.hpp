// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// Turns findings into a verdict.
///
/// Entry points: judge() for each finding, then decide() for each deployment and for all of them.
namespace preflight::policy {

/// From which severity on a finding stops a deployment.
struct Gate {
    std::optional<Severity> fail_on =
        Severity::high;                         ///< Nothing: report, and let everything through.
    Severity unknown_severity = Severity::high; ///< What an unknown severity counts.
};

enum class Verdict { incomplete, blocked, passed };

/// The name used in reports.
[[nodiscard]] std::string_view to_string(Verdict verdict);

/// Decides what an unknown severity counts, whether an open finding gates, and its status if it
/// does not. `info`, and with it a CVSS score of 0, never gates.
void judge(const Gate& gate, Finding& finding);

/// What keeps a scan from passing besides findings.
struct Coverage {
    bool is_everything_examined = false; ///< As many entries were examined as there are.
    std::size_t incomplete = 1;          ///< Objects that were not looked at.
};

/// Blocked as soon as one finding gates; else passed only if all was looked at. Source:
/// reliability.md, section 2.
[[nodiscard]] Verdict decide(std::span<const Finding* const> findings, const Coverage& coverage);

/// Exit code of a verdict: 0 passed, 1 blocked, 3 incomplete.
[[nodiscard]] int exit_code(Verdict verdict);

} // namespace preflight::policy
