// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace preflight::test {

/// Fails the running test unless the file `golden` holds exactly `actual`.
///
/// With PREFLIGHT_UPDATE_GOLDEN=1 in the environment the file is written anew and the test counts
/// as skipped, so that an update is never mistaken for a pass.
void expect_golden(const std::filesystem::path& golden, std::string_view actual);

} // namespace preflight::test
