// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"
#include "preflight/base/bytes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace preflight::advisory {

/// One advisory as rows hold it.
[[nodiscard]] std::string pack_advisory(const Advisory& advisory);

/// The row of a package from its packed advisories, which come in order of id.
[[nodiscard]] std::string join_row(std::span<const std::string_view> packed);

/// A version as a row is searched for it.
struct Wanted {
    std::string_view text = {}; ///< Of a version that is not PEP 440: as written.
    std::string_view key;
};

/// Whether any advisory of a row lists the version, or has a range that holds it; also where the
/// bytes are no row, so that somebody looks closer.
[[nodiscard]] bool row_affects(ByteView row, const Wanted& wanted);

} // namespace preflight::advisory
