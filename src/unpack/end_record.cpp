// SPDX-License-Identifier: Apache-2.0
#include "end_record.hpp"

#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace preflight::unpack {

namespace {

/// The fields of an end record, of either form.
struct EndFields {
    std::uint64_t disk = 0;
    std::uint64_t directory_disk = 0;
    std::uint64_t entries_here = 0;
    std::uint64_t entries = 0;
    std::uint64_t directory_size = 0;
    std::uint64_t directory_offset = 0;
};

EndFields read_end(ByteView record) {
    return {.disk = u16(record, 4),
            .directory_disk = u16(record, 6),
            .entries_here = u16(record, 8),
            .entries = u16(record, 10),
            .directory_size = u32(record, 12),
            .directory_offset = u32(record, 16)};
}

EndFields read_zip64_end(ByteView record) {
    return {.disk = u32(record, 16),
            .directory_disk = u32(record, 20),
            .entries_here = u64(record, 24),
            .entries = u64(record, 32),
            .directory_size = u64(record, 40),
            .directory_offset = u64(record, 48)};
}

/// Positions of the end record's signature in the part of the archive where the record can begin.
std::vector<std::uint64_t> find_signatures(ByteView archive) {
    std::vector<std::uint64_t> found;
    const auto window = std::min<std::uint64_t>(archive.size(), kEndSize + kMaxCommentSize);
    for (auto position = archive.size() - window; archive.size() - position >= 4; ++position) {
        if (u32(archive, position) == kEndSignature) {
            found.push_back(position);
        }
    }
    return found;
}

/// R1: the position of the one end record whose comment ends the archive.
Result<std::uint64_t, Finding> find_end(ByteView archive) {
    if (archive.size() < kEndSize) {
        return refuse(kTooSmall, 0);
    }
    const auto signatures = find_signatures(archive);
    if (signatures.empty()) {
        return refuse(kNoEocd, 0);
    }
    const auto ends_archive = [&](std::uint64_t position) {
        const auto left = archive.size() - position;
        return left >= kEndSize && u16(archive, position + 20) == left - kEndSize;
    };
    const auto first = std::ranges::find_if(signatures, ends_archive);
    if (first == signatures.end()) {
        return refuse(kEocdNotAtEnd, signatures.back());
    }
    if (first + 1 != signatures.end()) { // readers that search from the end take a later one
        return refuse(kEocdInComment, *(first + 1));
    }
    return *first;
}

/// Whether a field of the end record may stand beside that of the zip64 record: the same, or "look
/// there".
bool agrees(std::uint64_t field, std::uint64_t zip64_field, std::uint64_t sentinel) {
    return field == zip64_field || field == sentinel;
}

bool agree(const EndFields& end, const EndFields& zip64) {
    return agrees(end.disk, zip64.disk, kSentinel16) &&
           agrees(end.directory_disk, zip64.directory_disk, kSentinel16) &&
           agrees(end.entries_here, zip64.entries_here, kSentinel16) &&
           agrees(end.entries, zip64.entries, kSentinel16) &&
           agrees(end.directory_size, zip64.directory_size, kSentinel32) &&
           agrees(end.directory_offset, zip64.directory_offset, kSentinel32);
}

bool has_sentinel(const EndFields& end) {
    return std::max({end.disk, end.directory_disk, end.entries_here, end.entries}) == kSentinel16 ||
           std::max(end.directory_size, end.directory_offset) == kSentinel32;
}

/// R2, as far as one record by itself can break it. A sentinel says nothing.
const Rule* find_split(const EndFields& end, bool has_locator) {
    const auto names_a_disk = [&](std::uint64_t disk) {
        return disk != 0 && !(has_locator && disk == kSentinel16);
    };
    if (names_a_disk(end.disk) || names_a_disk(end.directory_disk)) {
        return &kMultiDisk;
    }
    const bool leaves_a_count_open =
        has_locator && std::max(end.entries_here, end.entries) == kSentinel16;
    return end.entries_here != end.entries && !leaves_a_count_open ? &kEocdCounts : nullptr;
}

bool has_zip64_locator(ByteView archive, std::uint64_t end_position) {
    return end_position >= kZip64LocatorSize &&
           u32(archive, end_position - kZip64LocatorSize) == kZip64LocatorSignature;
}

/// R3: the zip64 record that the locator in front of the end record points to.
Result<EndFields, Finding>
parse_zip64(ByteView archive, std::uint64_t end_position, const EndFields& end) {
    const auto locator = end_position - kZip64LocatorSize;
    if (u32(archive, locator + 4) != 0 || u32(archive, locator + 16) != 1) {
        return refuse(kZip64Locator, locator);
    }
    if (locator < kZip64EndSize || u64(archive, locator + 8) != locator - kZip64EndSize ||
        u32(archive, locator - kZip64EndSize) != kZip64EndSignature) {
        return refuse(kZip64EocdMisplaced, locator);
    }
    const auto position = locator - kZip64EndSize;
    const auto record = archive.subspan(position, kZip64EndSize);
    if (u64(record, 4) != kZip64EndSize - 12) { // the field counts what follows it
        return refuse(kZip64Ext, position);
    }
    const auto fields = read_zip64_end(record);
    if (const auto* rule = find_split(fields, false)) {
        return refuse(*rule, position);
    }
    if (!agree(end, fields)) {
        return refuse(kZip64EocdDisagree, position);
    }
    return fields;
}

} // namespace

Result<EndRecord, Finding> parse_end_record(ByteView archive) {
    const auto position = find_end(archive);
    if (!position) {
        return position.error();
    }
    const bool has_locator = has_zip64_locator(archive, *position);
    auto fields = read_end(archive.subspan(*position));
    if (const auto* rule = find_split(fields, has_locator)) {
        return refuse(*rule, *position);
    }
    auto directory_end = *position;
    if (has_locator) {
        const auto zip64 = parse_zip64(archive, *position, fields);
        if (!zip64) {
            return zip64.error();
        }
        fields = *zip64;
        directory_end -= kZip64LocatorSize + kZip64EndSize;
    } else if (has_sentinel(fields)) {
        return refuse(kZip64Missing, *position);
    }
    if (fields.directory_offset > directory_end ||
        fields.directory_size != directory_end - fields.directory_offset) {
        return refuse(kCdNotAdjacent, *position);
    }
    return EndRecord{.position = *position,
                     .entry_count = fields.entries,
                     .directory_offset = fields.directory_offset,
                     .directory_size = fields.directory_size,
                     .has_comment = archive.size() - *position > kEndSize};
}

} // namespace preflight::unpack
