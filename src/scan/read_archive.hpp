// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reading.hpp"

#include "preflight/base/bytes.hpp"
#include "preflight/unpack/archive_format.hpp"

namespace preflight::scan {

/// Examines every file of an archive held in memory, which is the artifact. A refused archive is a
/// finding, and was not examined. Throws UnrecognisedInput for a container image.
void read_archive(ByteView bytes, unpack::ArchiveFormat format, Reading& reading);

/// Examines the archives among the files seen so far that are to be opened, and the archives in
/// those. Each is held in memory until it was.
void open_nested(Reading& reading);

} // namespace preflight::scan
