// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/deployment/platform_hint.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/source/file.hpp"

#include <optional>

namespace preflight::scan {

/// What is kept of one file once its bytes are gone: a member for each analyser.
struct FileFacts {
    deployment::PlatformHint platform;
    std::optional<inventory::MetadataFacts> metadata;
};

/// Shows a file to every analyser. Pure, so that it may run on any thread.
[[nodiscard]] FileFacts examine_file(const source::File& file);

} // namespace preflight::scan
