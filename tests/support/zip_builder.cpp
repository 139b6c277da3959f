// SPDX-License-Identifier: Apache-2.0
#include "support/zip_builder.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace preflight::test {
namespace {

// PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.9, 4.3.12, 4.3.14, 4.3.15 and 4.3.16.
constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kDescriptorSignature = 0x08074b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kZip64EndSignature = 0x06064b50;
constexpr std::uint32_t kZip64LocatorSignature = 0x07064b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint16_t kVersionNeeded = 20;
constexpr std::uint16_t kMadeByUnix = 0x031e;
constexpr std::uint16_t kFirstDay = 0x0021; // 1 January 1980
constexpr std::uint16_t kHasDescriptor = 1U << 3U;
constexpr std::uint16_t kUtf8Names = 1U << 11U;
constexpr std::uint32_t kFileMode = 0100644;
constexpr std::uint32_t kDirectoryMode = 040755;
constexpr std::uint32_t kLinkMode = 0120777;
constexpr std::uint32_t kDosDirectory = 0x10;

std::string little(std::uint64_t number, int bytes) {
    std::string text;
    for (int byte = 0; byte < bytes; ++byte) {
        text += static_cast<char>(
            static_cast<unsigned char>(number >> (8U * static_cast<unsigned>(byte))));
    }
    return text;
}

// The number as it fits into a field of 16 or 32 bits; one too large becomes the mark of zip64.
std::uint16_t saturated16(std::uint64_t number) {
    return static_cast<std::uint16_t>(std::min<std::uint64_t>(number, 0xffff));
}

std::uint32_t saturated32(std::uint64_t number) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, 0xffffffff));
}

template <class T>
void replace(std::optional<T>& old, const std::optional<T>& change) {
    if (change) {
        old = change;
    }
}

void apply(HeaderChange& old, const HeaderChange& change) {
    replace(old.signature, change.signature);
    replace(old.version_needed, change.version_needed);
    replace(old.flags, change.flags);
    replace(old.method, change.method);
    replace(old.time, change.time);
    replace(old.date, change.date);
    replace(old.crc32, change.crc32);
    replace(old.compressed_size, change.compressed_size);
    replace(old.size, change.size);
    replace(old.name_length, change.name_length);
    replace(old.extra_length, change.extra_length);
    replace(old.name, change.name);
    replace(old.extra, change.extra);
    replace(old.version_made_by, change.version_made_by);
    replace(old.comment_length, change.comment_length);
    replace(old.disk, change.disk);
    replace(old.internal_attributes, change.internal_attributes);
    replace(old.external_attributes, change.external_attributes);
    replace(old.offset, change.offset);
    replace(old.comment, change.comment);
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::string little16(std::uint16_t number) {
    return little(number, 2);
}

std::string little32(std::uint32_t number) {
    return little(number, 4);
}

std::string little64(std::uint64_t number) {
    return little(number, 8);
}

std::string extra_field(std::uint16_t id, std::string_view content) {
    return little16(id) + little16(saturated16(content.size())) + std::string(content);
}

std::string zip64_extra(std::initializer_list<std::uint64_t> values) {
    std::string content;
    for (const auto value : values) {
        content += little64(value);
    }
    return extra_field(0x0001, content);
}

std::string unicode_path_extra(std::string_view name, std::string_view unicode_name) {
    return extra_field(0x7075, '\x01' + little32(crc32(name)) + std::string(unicode_name));
}

std::string deflate(std::string_view content) {
    constexpr int kLevel = 6;
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(kLevel), libdeflate_free_compressor);
    if (!compressor) {
        throw std::runtime_error("libdeflate does not start");
    }
    std::string bytes(libdeflate_deflate_compress_bound(compressor.get(), content.size()), '\0');
    bytes.resize(libdeflate_deflate_compress(
        compressor.get(), content.data(), content.size(), bytes.data(), bytes.size()));
    return bytes;
}

std::uint32_t crc32(std::string_view content) {
    return libdeflate_crc32(0, content.data(), content.size());
}

ZipEntry::ZipEntry(std::string name,
                   std::uint16_t method,
                   std::string data,
                   std::string_view content)
    : name_(std::move(name)), method_(method), data_(std::move(data)), crc32_(test::crc32(content)),
      size_(content.size()) {
    central_.external_attributes = kFileMode << 16U;
}

ZipEntry ZipEntry::local(const HeaderChange& change) const {
    auto entry = *this;
    apply(entry.local_, change);
    return entry;
}

ZipEntry ZipEntry::central(const HeaderChange& change) const {
    auto entry = *this;
    apply(entry.central_, change);
    return entry;
}

ZipEntry ZipEntry::both(const HeaderChange& change) const {
    return local(change).central(change);
}

ZipEntry ZipEntry::mode(std::uint32_t bits) const {
    const auto dos = central_.external_attributes.value_or(0) & 0xffffU;
    return central({.external_attributes = (bits << 16U) | dos});
}

ZipEntry ZipEntry::data(std::string bytes) const {
    auto entry = *this;
    entry.data_ = std::move(bytes);
    return entry;
}

ZipEntry ZipEntry::data_descriptor(const DataDescriptor& descriptor) const {
    const auto flags = [this](const HeaderChange& header) {
        const std::uint16_t honest = is_ascii(name_) ? 0 : kUtf8Names;
        return static_cast<std::uint16_t>(header.flags.value_or(honest) | kHasDescriptor);
    };
    auto entry = *this;
    entry.descriptor_ = descriptor;
    return entry.local({.flags = flags(local_), .crc32 = 0, .compressed_size = 0, .size = 0})
        .central({.flags = flags(central_)});
}

ZipEntry ZipEntry::zip64() const {
    constexpr auto kMasked = std::numeric_limits<std::uint32_t>::max();
    const auto field = zip64_extra({size_, data_.size()});
    const HeaderChange masked = {.version_needed = 45,
                                 .compressed_size = kMasked,
                                 .size = kMasked}; // APPNOTE, section 4.4.3.2
    return both(masked)
        .local({.extra = local_.extra.value_or("") + field})
        .central({.extra = central_.extra.value_or("") + field});
}

ZipEntry ZipEntry::junk_before(std::string bytes) const {
    auto entry = *this;
    entry.junk_before_ = std::move(bytes);
    return entry;
}

ZipEntry ZipEntry::junk_after(std::string bytes) const {
    auto entry = *this;
    entry.junk_after_ = std::move(bytes);
    return entry;
}

ZipEntry ZipEntry::shares_local_header_of(std::size_t index) const {
    auto entry = *this;
    entry.shared_with_ = index;
    return entry;
}

ZipEntry ZipEntry::hidden() const {
    auto entry = *this;
    entry.is_hidden_ = true;
    return entry;
}

// Writes the pieces of an archive and keeps where the local headers stand.
class ZipWriter {
public:
    explicit ZipWriter(const ZipLayout& layout) : layout_(layout) {}

    [[nodiscard]] std::string write() {
        bytes_ = layout_.before;
        origin_ = layout_.offsets_count_before ? 0 : bytes_.size();
        write_locals();
        bytes_ += layout_.before_directory;
        write_directory();
        bytes_ += layout_.after_directory;
        write_zip64_end();
        bytes_ += layout_.before_end;
        write_end();
        return bytes_ + layout_.after;
    }

    // Version, flags, method, time, date, CRC, sizes and lengths: what both headers have alike.
    [[nodiscard]] static std::string common_fields(const ZipEntry& entry,
                                                   const HeaderChange& change,
                                                   const std::string& name,
                                                   const std::string& extra) {
        const std::uint16_t flags = is_ascii(entry.name_) ? 0 : kUtf8Names;
        return little16(change.version_needed.value_or(kVersionNeeded)) +
               little16(change.flags.value_or(flags)) +
               little16(change.method.value_or(entry.method_)) + little16(change.time.value_or(0)) +
               little16(change.date.value_or(kFirstDay)) +
               little32(change.crc32.value_or(entry.crc32_)) +
               little32(change.compressed_size.value_or(saturated32(entry.data_.size()))) +
               little32(change.size.value_or(saturated32(entry.size_))) +
               little16(change.name_length.value_or(saturated16(name.size()))) +
               little16(change.extra_length.value_or(saturated16(extra.size())));
    }

private:
    [[nodiscard]] std::uint64_t offset_here() const { return bytes_.size() - origin_; }

    void write_locals() {
        for (const auto& entry : layout_.entries) {
            bytes_ += entry.junk_before_;
            offsets_.push_back(entry.shared_with_ ? offsets_.at(*entry.shared_with_)
                                                  : offset_here());
            if (!entry.shared_with_) {
                bytes_ += entry.local_record();
            }
            bytes_ += entry.junk_after_;
        }
    }

    void write_directory() {
        auto order = layout_.directory_order;
        if (order.empty()) {
            order.resize(layout_.entries.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
        }
        directory_offset_ = offset_here();
        for (const auto index : order) {
            const auto& entry = layout_.entries.at(index);
            if (!entry.is_hidden_) {
                bytes_ += entry.central_record(offsets_.at(index));
                ++entries_;
            }
        }
        directory_size_ = offset_here() - directory_offset_;
    }

    void write_zip64_end() {
        if (!layout_.zip64) {
            return;
        }
        const auto& end = *layout_.zip64;
        const auto record_offset = offset_here();
        if (end.has_record) {
            constexpr std::uint64_t kFixedSize =
                44; // APPNOTE, section 4.3.14.1: without the leading 12 bytes
            const auto entries = end.entries.value_or(entries_);
            bytes_ += little32(kZip64EndSignature) +
                      little64(end.record_size.value_or(kFixedSize + end.extensible_data.size())) +
                      little16(end.version_made_by.value_or(kMadeByUnix)) +
                      little16(end.version_needed.value_or(45)) + little32(end.disk.value_or(0)) +
                      little32(end.directory_disk.value_or(0)) +
                      little64(end.entries_here.value_or(entries)) + little64(entries) +
                      little64(end.directory_size.value_or(directory_size_)) +
                      little64(end.directory_offset.value_or(directory_offset_)) +
                      end.extensible_data;
        }
        bytes_ += end.between;
        if (end.has_locator) {
            bytes_ += little32(kZip64LocatorSignature) + little32(end.locator_disk.value_or(0)) +
                      little64(end.locator_offset.value_or(record_offset)) +
                      little32(end.disks.value_or(1));
        }
    }

    void write_end() {
        if (!layout_.has_end) {
            return;
        }
        const auto& end = layout_.end;
        const bool is_masked = layout_.zip64 && layout_.zip64->masks_end_record;
        constexpr auto kMask = std::numeric_limits<std::uint64_t>::max();
        const auto honest = [is_masked](std::uint64_t number) {
            return is_masked ? kMask : number;
        };

        const auto entries = end.entries.value_or(saturated16(honest(entries_)));
        bytes_ += little32(end.signature.value_or(kEndSignature)) + little16(end.disk.value_or(0)) +
                  little16(end.directory_disk.value_or(0)) +
                  little16(end.entries_here.value_or(entries)) + little16(entries) +
                  little32(end.directory_size.value_or(saturated32(honest(directory_size_)))) +
                  little32(end.directory_offset.value_or(saturated32(honest(directory_offset_)))) +
                  little16(end.comment_length.value_or(saturated16(end.comment.size()))) +
                  end.comment;
    }

    const ZipLayout& layout_;
    std::string bytes_;
    std::uint64_t origin_ = 0;
    std::vector<std::uint64_t> offsets_;
    std::uint64_t entries_ = 0;
    std::uint64_t directory_offset_ = 0;
    std::uint64_t directory_size_ = 0;
};

std::string ZipEntry::local_record() const {
    const auto name = local_.name.value_or(name_);
    const auto extra = local_.extra.value_or("");
    auto record = little32(local_.signature.value_or(kLocalSignature)) +
                  ZipWriter::common_fields(*this, local_, name, extra) + name + extra + data_;
    if (descriptor_) {
        const auto width = descriptor_->is_wide ? 8 : 4;
        record += descriptor_->has_signature ? little32(kDescriptorSignature) : "";
        record += little32(descriptor_->crc32.value_or(crc32_)) +
                  little(descriptor_->compressed_size.value_or(data_.size()), width) +
                  little(descriptor_->size.value_or(size_), width);
    }
    return record;
}

std::string ZipEntry::central_record(std::uint64_t offset) const {
    const auto name = central_.name.value_or(name_);
    const auto extra = central_.extra.value_or("");
    const auto comment = central_.comment.value_or("");
    return little32(central_.signature.value_or(kCentralSignature)) +
           little16(central_.version_made_by.value_or(kMadeByUnix)) +
           ZipWriter::common_fields(*this, central_, name, extra) +
           little16(central_.comment_length.value_or(saturated16(comment.size()))) +
           little16(central_.disk.value_or(0)) +
           little16(central_.internal_attributes.value_or(0)) +
           little32(central_.external_attributes.value_or(0)) +
           little32(central_.offset.value_or(saturated32(offset))) + name + extra + comment;
}

ZipEntry stored(std::string name, std::string_view content) {
    return {std::move(name), kStored, std::string(content), content};
}

ZipEntry deflated(std::string name, std::string_view content) {
    return {std::move(name), kDeflated, deflate(content), content};
}

ZipEntry directory(std::string name) {
    return stored(std::move(name), "")
        .central({.external_attributes = (kDirectoryMode << 16U) | kDosDirectory});
}

ZipEntry link(std::string name, std::string_view target) {
    return stored(std::move(name), target).mode(kLinkMode);
}

std::string make_zip(const ZipLayout& layout) {
    return ZipWriter(layout).write();
}

std::string make_zip(const std::vector<ZipEntry>& entries) {
    return make_zip(ZipLayout{.entries = entries});
}

} // namespace preflight::test
