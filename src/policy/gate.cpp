// SPDX-License-Identifier: Apache-2.0
#include "preflight/policy/gate.hpp"

#include <algorithm>

namespace preflight::policy {

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
    case Verdict::blocked:
        return "blocked";
    case Verdict::passed:
        return "passed";
    case Verdict::incomplete:
        break;
    }
    return "incomplete";
}

void judge(const Gate& gate, Finding& finding) {
    if (!finding.severity) {
        finding.severity = gate.unknown_severity;
        finding.severity_source = SeveritySource::unknown;
    }
    finding.gates = finding.status == Status::open && gate.fail_on &&
                    *finding.severity != Severity::info && *finding.severity >= *gate.fail_on;
    if (finding.status == Status::open && !finding.gates) {
        finding.status = Status::below_threshold;
    }
}

Verdict decide(std::span<const Finding* const> findings, const Coverage& coverage) {
    if (std::ranges::any_of(findings, [](const Finding* finding) { return finding->gates; })) {
        return Verdict::blocked;
    }
    return coverage.is_everything_examined && coverage.incomplete == 0 ? Verdict::passed
                                                                       : Verdict::incomplete;
}

int exit_code(Verdict verdict) {
    switch (verdict) {
    case Verdict::passed:
        return 0;
    case Verdict::blocked:
        return 1;
    case Verdict::incomplete:
        break;
    }
    return 3;
}

} // namespace preflight::policy
