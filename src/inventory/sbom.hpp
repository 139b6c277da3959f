// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/inventory/examine.hpp"

namespace preflight::inventory {

/// How many components of one SBOM are read. Real wheels have about a hundred.
inline constexpr std::size_t kMaxSbomComponents = 10'000;

/// Reads a CycloneDX document in JSON (1.2 to 1.7: components of components count), or an SPDX one
/// (2.2 and 2.3, or the JSON-LD of 3.0). What has a package URL of type `pypi` is a distribution,
/// everything else a component. Never fails: what is none of these is a problem.
///
/// Source: PEP 770; CycloneDX 1.6, `components`; SPDX 2.3, section 7; SPDX 3.0.1, Software,
/// Package.
[[nodiscard]] Sbom parse_sbom(ByteView bytes);

} // namespace preflight::inventory
