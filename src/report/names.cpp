// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <array>
#include <cstddef>

namespace preflight::report {

namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 4> kSources = {"rule", "score", "label", "unknown"};
constexpr std::array<std::string_view, 8> kStatuses = {
    "open", "below_threshold", "shadowed", "runtime", "not_examined", "waived", "vex", "baseline"};
constexpr std::array<std::string_view, 7> kKinds = {
    "artifact", "entry", "requirement", "feed", "signature", "network", "output"};

} // namespace

std::string_view name_of(SeveritySource source) {
    return kSources.at(static_cast<std::size_t>(source));
}

std::string_view name_of(Status status) {
    return kStatuses.at(static_cast<std::size_t>(status));
}

std::string_view name_of(IncompleteKind kind) {
    return kKinds.at(static_cast<std::size_t>(kind));
}

} // namespace preflight::report
