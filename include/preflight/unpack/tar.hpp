// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"

#include <deque>
#include <functional>
#include <string>

namespace preflight::unpack {

/// What a tar held, once it was read. The entries are without data, and their offsets are those of
/// the headers in the tar, before it was compressed.
struct Tar {
    std::deque<std::string> names; ///< What the paths of entries are borrowed from.
    Archive archive;               ///< `inflated_bytes` counts the contents of files.
};

/// Is shown a file. The bytes are valid for the length of the call.
using VisitFile = std::function<void(const Entry& file, ByteView contents)>;

/// Reads a tar held in memory, as it is or compressed by gzip, through libarchive, and shows every
/// file to `visit` as it comes. A tar can be judged only when it was read to its end: where it is
/// refused, what was seen of it counts for nothing.
///
/// The rules R10 to R12 hold as for a zip, but in the order of the entries; hard links are refused.
/// Memory is that of the largest file. Throws Failure when libarchive cannot start.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format"; hostile-archives.md, section 3.
[[nodiscard]] Result<Tar, Finding>
read_tar(ByteView bytes, const ParseOptions& options, const VisitFile& visit);

} // namespace preflight::unpack
