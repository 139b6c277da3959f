// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact.hpp"

#include "preflight/base/bytes.hpp"

namespace preflight::scan {

/// Examines every file of a zip held in memory. A refused archive is a finding, and was not
/// examined.
void read_zip(ByteView bytes, const Request& request, Workers& workers, Artifact& artifact);

} // namespace preflight::scan
