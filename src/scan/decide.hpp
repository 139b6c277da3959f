// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact_set.hpp"
#include "layout.hpp"

#include "preflight/report/report.hpp"

namespace preflight::scan {

/// Decides the verdict on every deployment, and on all of them, once all findings are judged.
void decide(const ArtifactSet& set, const Layout& layout, report::Report& report);

} // namespace preflight::scan
