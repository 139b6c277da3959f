// SPDX-License-Identifier: Apache-2.0
#include "headers.hpp"
#include "libarchive.hpp"
#include "rules.hpp"

#include "preflight/unpack/archive.hpp"

#include <archive_entry.h>

#include <algorithm>

namespace preflight::unpack {

namespace {

/// The one reader of zips that goes by the central directory, and no filter.
ArchiveHandle open_reader(ByteView bytes) {
    auto reader = make_reader({archive_read_support_format_zip_seekable});
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return nullptr;
    }
    return reader;
}

/// A link whose text does not inflate: R13 refuses the archive for it, whatever libarchive makes of
/// it.
bool is_damaged_link(const Archive& archive, const Entry& entry) {
    return entry.type == EntryType::link && archive.target_of(entry).empty();
}

bool sees_alike(::archive_entry* seen, const Archive& archive, const Entry& entry) {
    const auto type = archive_entry_filetype(seen);
    const char* const name = archive_entry_pathname(seen);
    if (name == nullptr || make_path(name) != entry.path) {
        return false;
    }
    switch (entry.type) {
    case EntryType::directory:
        return type == AE_IFDIR;
    case EntryType::link: {
        const char* const target = archive_entry_symlink(seen);
        return type == AE_IFLNK && target != nullptr && target == archive.target_of(entry);
    }
    case EntryType::file:
        break;
    }
    return type == AE_IFREG && archive_entry_size_is_set(seen) != 0 &&
           static_cast<std::uint64_t>(archive_entry_size(seen)) == entry.size;
}

} // namespace

std::optional<Finding> find_differential(ByteView bytes, const Archive& archive) {
    if (archive.entries.empty()) {
        return std::nullopt; // nothing to differ about; libarchive 3.6.2 does not open such an
                             // archive
    }
    const Utf8Locale utf8;
    const auto reader = open_reader(bytes);
    if (reader == nullptr) {
        return refuse(kParserDifferential, 0);
    }

    std::vector<const Entry*> entries; // libarchive lists them as they lie in the file
    entries.reserve(archive.entries.size());
    for (const auto& entry : archive.entries) {
        entries.push_back(&entry);
    }
    std::ranges::sort(entries, {}, &Entry::offset);
    ::archive_entry* seen = nullptr;
    for (const auto* entry : entries) {
        // Everything but ARCHIVE_OK is a difference; ARCHIVE_WARN is how most of them show.
        const auto status = archive_read_next_header(reader.get(), &seen);
        if (status == ARCHIVE_OK && sees_alike(seen, archive, *entry)) {
            continue;
        }
        if (is_damaged_link(archive, *entry)) {
            return std::nullopt;
        }
        return refuse(kParserDifferential, entry->offset, entry->path);
    }
    if (archive_read_next_header(reader.get(), &seen) != ARCHIVE_EOF) {
        return refuse(kParserDifferential, bytes.size());
    }
    return std::nullopt;
}

} // namespace preflight::unpack
