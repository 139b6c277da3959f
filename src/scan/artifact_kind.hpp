// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <filesystem>
#include <string_view>

namespace preflight::scan {

enum class ArtifactKind { unrecognised, zip, tar, requirements };

/// What a file is: a zip (`.zip .whl .pyz .egg`) or a tar (`.tar .tar.gz .tgz`) by its name or by
/// its first bytes, requirements by its name (`*requirements*.txt`).
[[nodiscard]] ArtifactKind find_kind(const std::filesystem::path& path, ByteView bytes);

/// Whether the path is that of a file which makes a tar a container image, as `docker save` or
/// `skopeo copy` write it: one of those at its top.
[[nodiscard]] bool is_part_of_image(std::string_view path);

/// Throws UnrecognisedInput.
[[noreturn]] void refuse_image(const std::filesystem::path& path);

/// Whether a directory is a container image in OCI's layout. Source: OCI image specification 1.0,
/// "Image Layout".
[[nodiscard]] bool is_oci_layout(const std::filesystem::path& directory);

} // namespace preflight::scan
