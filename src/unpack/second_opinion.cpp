// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

#include "preflight/base/c_handle.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/unpack/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <clocale>
#include <type_traits>

namespace preflight::unpack {

namespace {

using Reader = CHandle<::archive, archive_read_free>;
using Locale = CHandle<std::remove_pointer_t<locale_t>, freelocale>;

/// Makes this thread read names as UTF-8 for as long as it lives. Named outright, so that the
/// user's locale cannot change a verdict: in the "C" locale libarchive gives no name at all for
/// what is not ASCII.
class Utf8Locale {
public:
    Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (locale_ == nullptr) {
            throw Failure("cannot read names as UTF-8: the locale C.UTF-8 is missing");
        }
        previous_ = uselocale(locale_.get());
    }
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    Utf8Locale(Utf8Locale&&) = delete;
    Utf8Locale& operator=(Utf8Locale&&) = delete;
    ~Utf8Locale() { uselocale(previous_); }

private:
    Locale locale_;
    locale_t previous_ = nullptr;
};

/// The one reader of zips that goes by the central directory, and no filter: with more enabled
/// libarchive takes some files for something else, and starts programs for others.
Reader open_reader(ByteView bytes) {
    Reader reader(archive_read_new());
    if (reader == nullptr || archive_read_support_format_zip_seekable(reader.get()) != ARCHIVE_OK) {
        throw Failure("cannot start libarchive");
    }
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return nullptr;
    }
    return reader;
}

std::string_view normal_path(const char* name) {
    std::string_view path = name == nullptr ? "" : name;
    if (path.starts_with("./")) {
        path.remove_prefix(2);
    }
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    return path;
}

bool sees_alike(::archive_entry* seen, const Entry& entry) {
    const auto type = archive_entry_filetype(seen);
    if (archive_entry_pathname(seen) == nullptr ||
        normal_path(archive_entry_pathname(seen)) != entry.path) {
        return false;
    }
    switch (entry.type) {
    case EntryType::directory:
        return type == AE_IFDIR;
    case EntryType::link: {
        const char* const target = archive_entry_symlink(seen);
        return type == AE_IFLNK && target != nullptr && target == entry.link_target;
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
        if (archive_read_next_header(reader.get(), &seen) != ARCHIVE_OK ||
            !sees_alike(seen, *entry)) {
            return refuse(kParserDifferential, entry->offset, entry->path);
        }
    }
    if (archive_read_next_header(reader.get(), &seen) != ARCHIVE_EOF) {
        return refuse(kParserDifferential, bytes.size());
    }
    return std::nullopt;
}

} // namespace preflight::unpack
