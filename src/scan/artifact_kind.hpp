// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <filesystem>
#include <string_view>

namespace preflight::scan {

enum class ArtifactKind { unrecognised, container_image, zip, requirements };

/// What a file is: a zip by its name (`.zip .whl .pyz .egg`) or by its first bytes, requirements by
/// its name
/// (`*requirements*.txt`).
[[nodiscard]] ArtifactKind find_kind(const std::filesystem::path& path, ByteView bytes);

/// Whether a directory is a container image in OCI's layout. Source: OCI image specification 1.0,
/// "Image Layout".
[[nodiscard]] bool is_oci_layout(const std::filesystem::path& directory);

} // namespace preflight::scan
