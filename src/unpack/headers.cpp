// SPDX-License-Identifier: Apache-2.0
#include "headers.hpp"

#include "extra_fields.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <optional>

namespace preflight::unpack {

namespace {

/// The fields from version-needed to the lengths of name and extra field have one layout in both
/// headers; `fields` begins with them, `names` is the name followed by the extra fields.
Statement read_statement(ByteView fields, ByteView names) {
    const auto name_length = u16(fields, 22);
    const auto compressed_size = u32(fields, 14);
    const auto size = u32(fields, 18);
    return {.name = as_text(names.first(name_length)),
            .version_needed = u16(fields, 0),
            .flags = u16(fields, 2),
            .method = u16(fields, 4),
            .crc32 = u32(fields, 10),
            .compressed_size = compressed_size,
            .size = size,
            .refers_for_compressed_size = compressed_size == kSentinel32,
            .refers_for_size = size == kSentinel32,
            .extra = names.subspan(name_length)};
}

/// Takes 64-bit values out of a zip64 field in the order that the format prescribes: size,
/// compressed size, offset. Source: APPNOTE.TXT 6.3.10, section 4.5.3.
class Zip64Values {
public:
    explicit Zip64Values(ByteView data) : rest_(data) {}

    /// Replaces `value` if the header refers here for it.
    void resolve(bool refers, std::uint64_t& value) {
        if (refers && rest_.size() >= 8) {
            value = u64(rest_, 0);
            rest_ = rest_.subspan(8);
        } else if (refers) {
            is_short_ = true;
        }
    }

    [[nodiscard]] bool is_short() const { return is_short_; }

private:
    ByteView rest_;
    bool is_short_ = false;
};

/// Looks up what a record of the central directory leaves to its zip64 field. Without it nothing
/// more can be known of the entry.
const Rule* resolve_central(Headers& entry) {
    auto& central = entry.central;
    if (!central.refers_for_size && !central.refers_for_compressed_size &&
        !entry.refers_for_offset) {
        return nullptr;
    }
    const auto field = find_extra(central.extra, kExtraZip64);
    if (!field) {
        return &kZip64ExtraMissing;
    }
    Zip64Values values(*field);
    values.resolve(central.refers_for_size, central.size);
    values.resolve(central.refers_for_compressed_size, central.compressed_size);
    values.resolve(entry.refers_for_offset, entry.begin);
    return values.is_short() ? &kZip64ExtraLength : nullptr;
}

/// The same for a local header, which may lack its field for now: R9 says so later, and sizes that
/// nobody states contradict nothing.
void resolve_local(Statement& local, const Statement& central) {
    if (!local.refers_for_size && !local.refers_for_compressed_size) {
        return;
    }
    const auto field = find_extra(local.extra, kExtraZip64);
    auto size = central.size;
    auto compressed_size = central.compressed_size;
    if (field) {
        Zip64Values values(*field);
        values.resolve(local.refers_for_size, size);
        values.resolve(local.refers_for_compressed_size, compressed_size);
    }
    local.size = local.refers_for_size ? size : local.size;
    local.compressed_size =
        local.refers_for_compressed_size ? compressed_size : local.compressed_size;
}

/// The length of the record that `rest` begins with: header, name, extra fields and comment. `rest`
/// holds the header at least.
std::uint64_t record_length(ByteView rest) {
    return kCentralSize + u16(rest, 28) + u16(rest, 30) + u16(rest, 32);
}

/// A whole record, but for what its zip64 field says.
Headers read_central(ByteView record) {
    const std::uint64_t names_length = std::uint64_t{u16(record, 28)} + u16(record, 30);
    const auto offset = u32(record, 42);
    Headers headers;
    headers.central = read_statement(record.subspan(6), record.subspan(kCentralSize, names_length));
    headers.host = static_cast<std::uint8_t>(u16(record, 4) >> 8U);
    headers.external_attributes = u32(record, 38);
    headers.comment = as_text(record.subspan(kCentralSize + names_length, u16(record, 32)));
    headers.refers_for_offset = offset == kSentinel32;
    headers.refers_for_disk = u16(record, 34) == kSentinel16;
    headers.begin = offset;
    return headers;
}

/// `rest` is the directory from this record on; `position` is where that is in the archive.
std::optional<Finding> check_record(ByteView rest, std::uint64_t position) {
    if (rest.size() < kCentralSize) {
        return refuse(kCdOverrun, position);
    }
    if (u32(rest, 0) != kCentralSignature) {
        return refuse(kCdSignature, position);
    }
    if (record_length(rest) > rest.size()) {
        return refuse(kCdOverrun, position);
    }
    const auto disk = u16(rest, 34);
    if (disk != 0 && disk != kSentinel16) {
        return refuse(kMultiDisk, position, as_text(rest.subspan(kCentralSize, u16(rest, 28))));
    }
    return std::nullopt;
}

Result<std::vector<Place>, Finding> parse_directory(ByteView archive, const EndRecord& end) {
    std::vector<Place> places;
    if (end.entry_count > end.directory_size / kCentralSize) {
        return refuse(kEocdCountMismatch, end.position);
    }
    places.reserve(end.entry_count);
    auto rest = archive.subspan(end.directory_offset, end.directory_size);
    while (!rest.empty() && places.size() < end.entry_count) {
        const auto position = end.directory_offset + end.directory_size - rest.size();
        if (auto refusal = check_record(rest, position)) {
            return *std::move(refusal);
        }
        places.push_back({.record = position});
        rest = rest.subspan(record_length(rest));
    }
    if (!rest.empty() || places.size() != end.entry_count) {
        return refuse(kEocdCountMismatch, end.position);
    }
    return places;
}

/// Looks at the local header of an entry, of which the central one was read. `area` is the archive
/// up to its central directory: all that entries may take up.
std::optional<Finding> check_local(ByteView area, const Headers& entry) {
    const auto begin = entry.begin;
    const auto name = entry.central.name;
    if (begin > area.size() || area.size() - begin < kLocalSize) {
        return refuse(kLfhOverrun, std::min<std::uint64_t>(begin, area.size()), name);
    }
    const auto header = area.subspan(begin);
    if (u32(header, 0) != kLocalSignature) {
        return refuse(kLfhSignature, begin, name);
    }
    const std::uint64_t names_length = std::uint64_t{u16(header, 26)} + u16(header, 28);
    const auto left = header.size() - kLocalSize;
    if (names_length > left || entry.central.compressed_size > left - names_length) {
        return refuse(kLfhOverrun, begin, name);
    }
    return std::nullopt;
}

void add_local(ByteView archive, Headers& entry) {
    const auto header = archive.subspan(entry.begin);
    const std::uint64_t names_length = std::uint64_t{u16(header, 26)} + u16(header, 28);
    entry.local = read_statement(header.subspan(4), header.subspan(kLocalSize, names_length));
    resolve_local(entry.local, entry.central);
    entry.data = header.subspan(kLocalSize + names_length, entry.central.compressed_size);
    entry.end = entry.begin + kLocalSize + names_length + entry.data.size();
}

} // namespace

Result<std::vector<Place>, Finding> parse_headers(ByteView archive, const EndRecord& end) {
    auto places = parse_directory(archive, end);
    if (!places) {
        return places.error();
    }
    std::optional<Finding> first;
    for (auto& place : *places) {
        auto entry = read_central(archive.subspan(place.record));
        if (const auto* rule = resolve_central(entry)) { // then nobody knows where the rest lies
            return refuse(*rule, place.record, entry.central.name);
        }
        place.begin = entry.begin;
        auto refusal = check_local(archive.first(end.directory_offset), entry);
        if (refusal && (!first || *refusal->location.offset < *first->location.offset)) {
            first = std::move(refusal);
        }
    }
    if (first) {
        return *std::move(first);
    }
    return places;
}

std::uint64_t find_shebang_length(ByteView bytes) {
    constexpr std::size_t kMaxBytes = 4'096; // ours: more than any kernel reads of such a line
    const auto start = as_text(bytes.first(std::min(bytes.size(), kMaxBytes)));
    const auto end = start.starts_with("#!") ? start.find('\n') : std::string_view::npos;
    return end == std::string_view::npos ? 0 : end + 1;
}

std::string_view make_path(std::string_view name) {
    if (name.starts_with("./")) {
        name.remove_prefix(2);
    }
    if (name.ends_with('/')) {
        name.remove_suffix(1);
    }
    return name;
}

Headers read_headers(ByteView archive, const Place& place) {
    auto entry = read_central(archive.subspan(place.record));
    static_cast<void>(resolve_central(entry)); // parse_headers() has seen that nothing is missing
    add_local(archive, entry);
    entry.end = std::max(entry.end, place.end);
    entry.lacks_descriptor = place.lacks_descriptor;
    entry.path = make_path(entry.central.name);
    return entry;
}

} // namespace preflight::unpack
