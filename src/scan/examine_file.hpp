// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nesting.hpp"

#include "preflight/deployment/platform_hint.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/source/file.hpp"

#include <optional>

namespace preflight::scan {

/// What is kept of one file once its bytes are gone: a member for each analyser.
struct FileFacts {
    deployment::PlatformHint platform;
    std::optional<inventory::MetadataFacts> metadata;
    std::optional<NestingFacts> nesting;

    [[nodiscard]] bool say_something() const {
        return platform.says_something() || metadata || nesting;
    }
};

/// Shows a file to every analyser. Pure, so that it may run on any thread.
[[nodiscard]] FileFacts examine_file(const source::File& file, const Nesting& nesting);

} // namespace preflight::scan
