// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "artifact.hpp"
#include "examine_all.hpp"
#include "nesting.hpp"

#include "preflight/inventory/examine.hpp"
#include "preflight/unpack/archive.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::scan {

/// An artifact while it is read.
struct Reading {
    const Request& request;
    Team team;
    Artifact& artifact;
    unpack::Limits left; ///< What the artifact and the archives in it may still cost together.
    std::vector<inventory::Fact> facts = {};
    std::vector<NestedArchive> nested = {};

    [[nodiscard]] unpack::ParseOptions parse_options() const {
        return {.limits = left, .hash_seed = request.hash_seed};
    }

    [[nodiscard]] Nesting nesting_at(unsigned level) const {
        return {.level = level, .max_level = request.nested_levels};
    }
};

/// Takes over what became of files; `path_of(index)` is the path in the artifact.
void add_outcomes(Outcomes outcomes,
                  const std::function<std::string(std::size_t index)>& path_of,
                  Reading& reading);

/// Once every file was seen: what they say together.
void conclude(Reading& reading);

} // namespace preflight::scan
