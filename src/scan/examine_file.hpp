// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nesting.hpp"

#include "preflight/crypto/sha256.hpp"
#include "preflight/deployment/platform_hint.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/source/file.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace preflight::scan {

/// What is kept of one file once its bytes are gone: a member for each analyser.
struct FileFacts {
    deployment::PlatformHint platform;
    std::vector<inventory::Fact> inventory;
    std::optional<NestedArchive> nested;
    std::uint64_t size = 0;
    crypto::Sha256Digest sha256{};

    /// Whether there is more than size and digest, which every file has.
    [[nodiscard]] bool say_something() const {
        return platform.says_something() || !inventory.empty() || nested;
    }
};

/// Shows a file to every analyser. Pure, so that it may run on any thread.
[[nodiscard]] FileFacts examine_file(const source::File& file, const Nesting& nesting);

} // namespace preflight::scan
