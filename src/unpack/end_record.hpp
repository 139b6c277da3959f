// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"

#include <cstdint>

namespace preflight::unpack {

/// Where the central directory lies, and what ends the archive.
struct EndRecord {
    std::uint64_t position = 0; ///< Of the end record, from the start of the archive.
    std::uint64_t entry_count = 0;
    std::uint64_t directory_offset = 0;
    std::uint64_t directory_size = 0;
    bool has_comment = false;
};

/// Finds the one record that ends the archive and, through it, the one central directory. What is
/// accepted lies inside the archive, the directory directly before the end records. Rules R1 to R3.
///
/// Source: APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
[[nodiscard]] Result<EndRecord, Finding> parse_end_record(ByteView archive);

} // namespace preflight::unpack
