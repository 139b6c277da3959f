// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Breaks honest zips, so that readers get something to disagree about.
///
/// To add a way: write it in mutations.cpp and list it in kWays.
namespace preflight::differential {

/// The mutant with this number: one of the seeds, changed in one to five ways, and in half of the
/// cases repaired where offsets, counts and sizes no longer fit. The same for the same arguments.
///
/// Source: hostile-archives.md, section 6, "How to mutate".
[[nodiscard]] std::string
make_mutant(const std::vector<std::string>& seeds, std::uint64_t chance, std::uint64_t number);

} // namespace preflight::differential
