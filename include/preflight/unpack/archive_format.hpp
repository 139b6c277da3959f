// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/finding/finding.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

/// Archives among the files of an artifact.
namespace preflight::unpack {

enum class ArchiveFormat : std::uint8_t { zip, tar };

/// The archive that a file is by its first bytes: a zip of whatever name (wheel, egg, or behind a
/// line `#!...` as zipapp writes it), or a tar. What is compressed, a `.tar.gz` for instance, is
/// data: nothing can be imported from it.
///
/// Source: APPNOTE.TXT 6.3.10, section 4.3.7; POSIX.1-2017, pax, "ustar Interchange Format";
/// hostile-archives.md, section 3.
[[nodiscard]] std::optional<ArchiveFormat> find_archive_format(ByteView bytes);

/// Whether a file that is a zip is by its name no container of files but data: `.npz`, an office
/// document.
[[nodiscard]] bool is_document(std::string_view path);

/// The one note on all archives of an artifact that were not looked into. Those that Python could
/// import from are in `importable` too.
[[nodiscard]] Finding note_unopened(const std::set<std::string>& paths,
                                    const std::set<std::string>& importable);

} // namespace preflight::unpack
