// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Writes zips, honest ones and all the others.
///
/// An honest archive is `make_zip({stored("a.py", "x = 1\n"), directory("pkg/")})`. A lie is told
/// field by field: `make_zip({stored("a.py", "x").central({.name = "b.py"})})`. What concerns the
/// archive as a whole stands in a ZipLayout: `make_zip({.entries = {stored("a", "x")}, .end =
/// {.entries = 2}})`.
///
/// All bytes are std::string, so that literals and `as_bytes(text)` fit. Nothing depends on clock
/// or locale.
namespace preflight::test {

/// Fields of a header that are not written as an honest writer would. What is absent is worked out
/// from the entry.
struct HeaderChange {
    std::optional<std::uint32_t> signature;
    std::optional<std::uint16_t> version_needed;
    std::optional<std::uint16_t> flags;
    std::optional<std::uint16_t> method;
    std::optional<std::uint16_t> time;
    std::optional<std::uint16_t> date;
    std::optional<std::uint32_t> crc32;
    std::optional<std::uint32_t> compressed_size;
    std::optional<std::uint32_t> size;
    std::optional<std::uint16_t>
        name_length; ///< Only the number: as many bytes follow as the name has.
    std::optional<std::uint16_t> extra_length; ///< Only the number.
    std::optional<std::string> name;
    std::optional<std::string> extra;
    // The rest stands in central headers alone.
    std::optional<std::uint16_t>
        version_made_by; ///< High byte: the host (3 is Unix); low byte: APPNOTE version.
    std::optional<std::uint16_t> comment_length; ///< Only the number.
    std::optional<std::uint16_t> disk;
    std::optional<std::uint16_t> internal_attributes;
    std::optional<std::uint32_t> external_attributes; ///< Unix: mode in the high half.
    std::optional<std::uint32_t> offset;
    std::optional<std::string> comment;
};

/// What follows the data of an entry whose flag 3 is set. Absent values are the honest ones.
struct DataDescriptor {
    bool has_signature = true;
    bool is_wide = false; ///< Sizes of 8 bytes instead of 4.
    std::optional<std::uint32_t> crc32;
    std::optional<std::uint64_t> compressed_size;
    std::optional<std::uint64_t> size;
};

/// One entry of an archive to be. Each function gives a changed copy, so entries are written as one
/// expression.
class ZipEntry {
public:
    /// `data` is what stands in the archive, `content` what it is said to unpack to (CRC and size).
    ZipEntry(std::string name, std::uint16_t method, std::string data, std::string_view content);

    [[nodiscard]] ZipEntry
    local(const HeaderChange& change) const; ///< Lies in the local header alone.
    [[nodiscard]] ZipEntry
    central(const HeaderChange& change) const; ///< Lies in the central header alone.
    [[nodiscard]] ZipEntry both(const HeaderChange& change) const; ///< The same in both.

    /// Type and permission bits as Unix writers record them, for instance 0100755.
    [[nodiscard]] ZipEntry mode(std::uint32_t bits) const;
    /// Other bytes in the archive; CRC and sizes of the content stay, the compressed size follows.
    [[nodiscard]] ZipEntry data(std::string bytes) const;
    /// Flag 3 in both headers, zeros in the local CRC and sizes, and a descriptor after the data.
    [[nodiscard]] ZipEntry data_descriptor(const DataDescriptor& descriptor = {}) const;
    /// Both sizes in a zip64 field (0x0001) of both headers, 0xffffffff in the headers proper.
    [[nodiscard]] ZipEntry zip64() const;
    /// Bytes before the local header, and after data and descriptor, that belong to nobody.
    [[nodiscard]] ZipEntry junk_before(std::string bytes) const;
    [[nodiscard]] ZipEntry junk_after(std::string bytes) const;
    /// No local header and data: the central header points to those of the entry with this index.
    [[nodiscard]] ZipEntry shares_local_header_of(std::size_t index) const;
    /// A local header and data that the central directory does not know.
    [[nodiscard]] ZipEntry hidden() const;

    /// Local header, data and descriptor, without junk: also of use as data of another entry that
    /// overlaps.
    [[nodiscard]] std::string local_record() const;
    /// The header in the central directory of an entry whose local header stands at `offset`.
    [[nodiscard]] std::string central_record(std::uint64_t offset) const;

private:
    friend class ZipWriter;

    std::string name_;
    std::uint16_t method_ = 0;
    std::string data_;
    std::uint32_t crc32_ = 0;
    std::uint64_t size_ = 0;
    HeaderChange local_;
    HeaderChange central_;
    std::optional<DataDescriptor> descriptor_;
    std::string junk_before_;
    std::string junk_after_;
    std::optional<std::size_t> shared_with_;
    bool is_hidden_ = false;
};

/// A file as it is.
[[nodiscard]] ZipEntry stored(std::string name, std::string_view content);
/// A file as libdeflate compresses it.
[[nodiscard]] ZipEntry deflated(std::string name, std::string_view content);
/// A directory of mode 040755 with its DOS attribute. `name` ends in '/'.
[[nodiscard]] ZipEntry directory(std::string name);
/// A symbolic link of mode 0120777.
[[nodiscard]] ZipEntry link(std::string name, std::string_view target);

/// The end of central directory record. Absent values are the honest ones.
struct EndRecord {
    std::optional<std::uint32_t> signature;
    std::optional<std::uint16_t> disk;
    std::optional<std::uint16_t> directory_disk;
    std::optional<std::uint16_t> entries_here; ///< On this disk; follows `entries` where absent.
    std::optional<std::uint16_t> entries;
    std::optional<std::uint32_t> directory_size;
    std::optional<std::uint32_t> directory_offset;
    std::optional<std::uint16_t> comment_length; ///< Only the number.
    std::string comment;
};

/// The zip64 end of central directory record and its locator. Absent values are the honest ones.
struct Zip64End {
    std::optional<std::uint64_t>
        record_size; ///< 44 and the extensible data, as an honest writer counts.
    std::optional<std::uint16_t> version_made_by;
    std::optional<std::uint16_t> version_needed;
    std::optional<std::uint32_t> disk;
    std::optional<std::uint32_t> directory_disk;
    std::optional<std::uint64_t> entries_here; ///< Follows `entries` where absent.
    std::optional<std::uint64_t> entries;
    std::optional<std::uint64_t> directory_size;
    std::optional<std::uint64_t> directory_offset;
    std::string extensible_data;
    std::string between; ///< Bytes between record and locator.

    std::optional<std::uint32_t> locator_disk;
    std::optional<std::uint64_t> locator_offset; ///< Of the record.
    std::optional<std::uint32_t> disks;
    bool has_record = true;
    bool has_locator = true;
    /// Whether the plain end record holds 0xffff and 0xffffffff, as it does where zip64 is needed.
    bool masks_end_record = true;
};

/// An archive: what stands where.
struct ZipLayout {
    std::vector<ZipEntry> entries;            ///< In the order of their local headers.
    std::vector<std::size_t> directory_order; ///< Indices of `entries`; empty: as they stand.
    std::string before;                       ///< In front of everything.
    bool offsets_count_before =
        true; ///< False: offsets begin after `before`, as after `cat stub a.zip`.
    std::string before_directory; ///< Between the last entry and the central directory.
    std::string after_directory;  ///< Between the central directory and the end records.
    std::string before_end;       ///< Between the zip64 locator and the end record.
    std::string after;            ///< After the end record and its comment.
    std::optional<Zip64End> zip64;
    EndRecord end;
    bool has_end = true;
};

[[nodiscard]] std::string make_zip(const ZipLayout& layout);
[[nodiscard]] std::string make_zip(const std::vector<ZipEntry>& entries);

/// Numbers as zips write them: least significant byte first.
[[nodiscard]] std::string little16(std::uint16_t number);
[[nodiscard]] std::string little32(std::uint32_t number);
[[nodiscard]] std::string little64(std::uint64_t number);

/// One extra field: id, length, content.
[[nodiscard]] std::string extra_field(std::uint16_t id, std::string_view content);
/// The zip64 field, 0x0001, of these values.
[[nodiscard]] std::string zip64_extra(std::initializer_list<std::uint64_t> values);
/// The Unicode path field, 0x7075: version 1, CRC of `name`, `unicode_name`.
[[nodiscard]] std::string unicode_path_extra(std::string_view name, std::string_view unicode_name);

/// A deflate stream of `content`, and the CRC-32 of it.
[[nodiscard]] std::string deflate(std::string_view content);
[[nodiscard]] std::uint32_t crc32(std::string_view content);

} // namespace preflight::test
