// SPDX-License-Identifier: Apache-2.0
#include "listing.hpp"

#include "libarchive.hpp"

#include "preflight/base/hex.hpp"
#include "preflight/base/text.hpp"
#include "preflight/crypto/sha256.hpp"

#include <archive_entry.h>

#include <array>
#include <string_view>

namespace preflight::differential {

namespace {

void append_row(std::string& listing,
                std::string_view name,
                std::string_view type,
                std::string_view content) {
    listing += '\t' + to_hex(as_bytes(name)) + ' ';
    listing += type;
    listing += ' ' + std::to_string(content.size()) + ' ' + crypto::sha256_hex(as_bytes(content));
}

std::string_view name_of(mode_t type) {
    switch (type) {
    case AE_IFREG:
        return "file";
    case AE_IFDIR:
        return "dir";
    case AE_IFLNK:
        return "link";
    default:
        return "other";
    }
}

std::string refusal(::archive* reader, std::string_view when) {
    const char* const reason = archive_error_string(reader);
    std::string text = "\t! ";
    text += when;
    text += ": ";
    text += reason == nullptr ? "no reason given" : printable(reason);
    return text;
}

/// All that libarchive hands out, however much its header promised; false at the first complaint.
bool read_content(::archive* reader, std::string& content) {
    std::array<char, 65'536> buffer{};
    while (true) {
        const auto length = archive_read_data(reader, buffer.data(), buffer.size());
        if (length <= 0) {
            return length == 0;
        }
        content.append(buffer.data(), static_cast<std::size_t>(length));
    }
}

} // namespace

std::optional<std::string> list_by_walk(const unpack::Archive& archive,
                                        unpack::Inflater& inflater) {
    std::string listing;
    for (const auto& entry : archive.entries) {
        const auto content = inflater.inflate(entry);
        if (!content) {
            return std::nullopt;
        }
        const bool is_link = entry.type == unpack::EntryType::link;
        append_row(listing,
                   entry.path,
                   unpack::to_string(entry.type),
                   is_link ? std::string_view(archive.target_of(entry)) : as_text(*content));
    }
    return listing;
}

std::string list_by_libarchive(ByteView zip) {
    const unpack::Utf8Locale utf8;
    const auto reader = unpack::make_reader({archive_read_support_format_zip_seekable});
    if (archive_read_open_memory(reader.get(), zip.data(), zip.size()) != ARCHIVE_OK) {
        return refusal(reader.get(), "open");
    }
    std::string listing;
    ::archive_entry* seen = nullptr;
    int status = archive_read_next_header(reader.get(), &seen);
    for (; status == ARCHIVE_OK; status = archive_read_next_header(reader.get(), &seen)) {
        const char* const name = archive_entry_pathname(seen);
        const char* const target = archive_entry_symlink(seen);
        const auto type = archive_entry_filetype(seen);
        std::string content;
        if (type == AE_IFLNK) {
            content = target == nullptr ? "" : target;
        } else if (!read_content(reader.get(), content)) {
            return refusal(reader.get(), "content");
        }
        append_row(listing, name == nullptr ? "" : name, name_of(type), content);
    }
    return status == ARCHIVE_EOF ? listing : refusal(reader.get(), "header");
}

} // namespace preflight::differential
