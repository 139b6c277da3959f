// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "end_record.hpp"

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace preflight::unpack {

/// A name without what only says "here" or "directory": without a leading "./" and a trailing "/".
[[nodiscard]] std::string_view make_path(std::string_view name);

/// The length of a line `#!...` that the bytes begin with, or 0.
[[nodiscard]] std::uint64_t find_shebang_length(ByteView bytes);

/// What one of the two headers says of an entry. Sizes are those of the zip64 field where the
/// header refers to it.
struct Statement {
    std::string_view name;
    std::uint16_t version_needed = 0;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_size = 0;
    std::uint64_t size = 0;
    bool refers_for_compressed_size =
        false; ///< Whether the header holds a sentinel instead of the value.
    bool refers_for_size = false;
    ByteView extra;
};

/// Both headers of an entry, and where it lies. Offsets are from the start of the archive.
struct Headers {
    Statement central;
    Statement local;
    std::uint8_t host = 0; ///< Upper byte of version-made-by: APPNOTE.TXT, section 4.4.2.
    std::uint32_t external_attributes = 0;
    std::string_view comment;
    bool refers_for_offset = false;
    bool refers_for_disk = false;
    std::uint64_t begin = 0; ///< Of the local header.
    std::uint64_t end = 0;   ///< Behind the data, or behind the data descriptor once that is known.
    ByteView data;
    bool lacks_descriptor = false; ///< One was announced and none is there that fits.
    std::string_view path;         ///< What make_path() makes of the name.

    [[nodiscard]] bool has_slash() const { return central.name.ends_with('/'); }
    [[nodiscard]] bool announces_descriptor() const { return (local.flags & 1U << 3U) != 0; }
};

/// Where the headers of an entry stand, which is all that is kept of them: what they say is read
/// again when it is asked for, because two hundred thousand of them would take 50 MB. Offsets are
/// from the start of the archive.
struct Place {
    std::uint64_t record = 0; ///< In the central directory.
    std::uint64_t begin = 0;  ///< Of the local header.
    std::uint64_t end = 0;    ///< As in Headers.
    bool lacks_descriptor = false;
};

/// What the rules about headers look at.
struct Directory {
    ByteView archive;
    Limits limits;
    EndRecord end;
    std::uint64_t entries_begin = 0; ///< 0, or behind a line `#!...` that may be there.
    std::vector<Place> places;       ///< In the order of the central directory.
    std::vector<std::uint32_t>
        by_offset; ///< Indices of places, in the order in which they lie in the archive.
};

/// Finds every record of the central directory and every local header. What is accepted lies inside
/// the archive, the entries before the directory, so that read_headers() can read it. Rule R4, and
/// `unpack.multi-disk` for single entries.
[[nodiscard]] Result<std::vector<Place>, Finding> parse_headers(ByteView archive,
                                                                const EndRecord& end);

/// What stands at one of the places that parse_headers() found in this archive.
[[nodiscard]] Headers read_headers(ByteView archive, const Place& place);

} // namespace preflight::unpack
