// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading.hpp"

namespace preflight::scan {

/// Examines every file below the directory that the artifact names, within the limits that an
/// archive has. Links are not followed: one that leads outside is something that was not looked at.
/// Throws Failure if the tree cannot be listed.
void read_directory(Reading& reading);

} // namespace preflight::scan
