// SPDX-License-Identifier: Apache-2.0
#include "repair.hpp"

#include "records.hpp"

#include "preflight/base/c_handle.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace preflight::differential {

namespace {

constexpr std::uint64_t kSentinel16 = 0xFFFF;
constexpr std::uint64_t kSentinel32 = 0xFFFFFFFF;
constexpr std::uint64_t kDeflated = 8;
constexpr std::uint64_t kHasDescriptor = 1U << 3U;

std::string_view name_of(const std::string& zip, const Record& header) {
    const auto names = find_names(zip, header);
    return std::string_view(zip).substr(names.name, names.extra - names.name);
}

/// A value that the record leaves to zip64 stays there.
void write_unless(std::uint64_t sentinel, std::string& zip, Field field, std::uint64_t value) {
    if (read(zip, field) != sentinel) {
        write(zip, field, value);
    }
}

/// The local header that a central one most likely means.
std::size_t find_local(const std::string& zip,
                       const std::vector<Record>& locals,
                       const Record& central,
                       std::size_t index) {
    const auto offset = read(zip, {central.begin + 42, 4});
    if (std::ranges::find(locals, offset, &Record::begin) != locals.end()) {
        return offset;
    }
    const auto named = std::ranges::find_if(
        locals, [&](const Record& local) { return name_of(zip, local) == name_of(zip, central); });
    return named != locals.end() ? named->begin : locals[std::min(index, locals.size() - 1)].begin;
}

/// What the data of an entry unpack to.
struct Contents {
    std::uint32_t crc32 = 0;
    std::size_t consumed = 0;
    std::size_t size = 0;
};

std::optional<Contents> unpack(std::string_view packed, bool is_deflated) {
    if (!is_deflated) {
        return Contents{
            libdeflate_crc32(0, packed.data(), packed.size()), packed.size(), packed.size()};
    }
    const CHandle<libdeflate_decompressor, libdeflate_free_decompressor> decompressor(
        libdeflate_alloc_decompressor());
    std::array<char, 1U << 14U> buffer{}; // ample for what seeds hold
    Contents contents;
    if (libdeflate_deflate_decompress_ex(decompressor.get(),
                                         packed.data(),
                                         packed.size(),
                                         buffer.data(),
                                         buffer.size(),
                                         &contents.consumed,
                                         &contents.size) != LIBDEFLATE_SUCCESS) {
        return std::nullopt;
    }
    contents.crc32 = libdeflate_crc32(0, buffer.data(), contents.size);
    return contents;
}

/// `first` is the offset of the first of three fields of 4 bytes: CRC, compressed size, size.
void write_contents(std::string& zip, std::size_t first, const Contents& contents) {
    write(zip, {first, 4}, contents.crc32);
    write_unless(kSentinel32, zip, {first + 4, 4}, contents.consumed);
    write_unless(kSentinel32, zip, {first + 8, 4}, contents.size);
}

} // namespace

void repair_directory(std::string& zip) {
    const auto locals = find_records(zip, RecordKind::local);
    const auto centrals = find_records(zip, RecordKind::central);
    const auto ends = find_records(zip, RecordKind::end);
    if (locals.empty() || centrals.empty() || ends.empty()) {
        return;
    }
    for (std::size_t index = 0; index < centrals.size(); ++index) {
        const auto& central = centrals[index];
        write_unless(
            kSentinel32, zip, {central.begin + 42, 4}, find_local(zip, locals, central, index));
    }

    const auto end = ends.back().begin;
    const auto begin = centrals.front().begin;
    auto directory_end = end;
    if (const auto wide = find_records(zip, RecordKind::zip64_end); !wide.empty()) {
        directory_end = wide.back().begin;
        write(zip, {directory_end + 24, 8}, centrals.size());
        write(zip, {directory_end + 32, 8}, centrals.size());
        write(zip, {directory_end + 40, 8}, directory_end - begin);
        write(zip, {directory_end + 48, 8}, begin);
        if (const auto locators = find_records(zip, RecordKind::zip64_locator); !locators.empty()) {
            write(zip, {locators.back().begin + 8, 8}, directory_end);
        }
    }
    write_unless(kSentinel16, zip, {end + 8, 2}, centrals.size());
    write_unless(kSentinel16, zip, {end + 10, 2}, centrals.size());
    write_unless(kSentinel32, zip, {end + 12, 4}, directory_end - begin);
    write_unless(kSentinel32, zip, {end + 16, 4}, begin);
    write(zip, {end + 20, 2}, zip.size() - std::min(zip.size(), end + 22));
}

void repair_contents(std::string& zip, std::size_t index) {
    const auto locals = find_records(zip, RecordKind::local);
    const auto centrals = find_records(zip, RecordKind::central);
    if (index >= locals.size() || index >= centrals.size()) {
        return;
    }
    const auto local = locals[index].begin;
    const auto central = centrals[index].begin;
    const auto begin = find_names(zip, locals[index]).end;
    const auto packed_size = read(zip, {central + 20, 4});
    if (packed_size > zip.size() - begin) {
        return;
    }
    const bool is_deflated = read(zip, {central + 10, 2}) == kDeflated;
    const auto contents = unpack(std::string_view(zip).substr(begin, packed_size), is_deflated);
    if (!contents) {
        return;
    }
    write_contents(zip, central + 16, *contents);
    if ((read(zip, {local + 6, 2}) & kHasDescriptor) == 0) {
        write_contents(zip, local + 14, *contents);
    } else if (zip.compare(begin + packed_size, 4, "PK\x07\x08") == 0) {
        write_contents(zip, begin + packed_size + 4, *contents);
    }
}

} // namespace preflight::differential
