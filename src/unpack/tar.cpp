// SPDX-License-Identifier: Apache-2.0
#include "preflight/unpack/tar.hpp"

#include "checks.hpp"
#include "libarchive.hpp"
#include "note_rules.hpp"
#include "notes.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace preflight::unpack {

namespace {

/// What R11 makes of the type of an entry, or the rule that it breaks.
const Rule* find_type(::archive_entry* header, EntryType& type) {
    if (archive_entry_hardlink(header) != nullptr) {
        return &kHardLink;
    }
    switch (archive_entry_filetype(header)) {
    case AE_IFREG:
        type = EntryType::file;
        return nullptr;
    case AE_IFDIR:
        type = EntryType::directory;
        return archive_entry_size(header) > 0 ? &kDirWithData : nullptr;
    case AE_IFLNK:
        type = EntryType::link;
        return nullptr;
    default:
        return &kSpecialFile;
    }
}

/// One reading of one tar, from its start to its end.
class TarReading {
public:
    TarReading(ByteView bytes, const ParseOptions& options, const VisitFile& visit)
        : options_(options), visit_(visit),
          reader_(make_reader({archive_read_support_format_tar,
                               archive_read_support_filter_none,
                               archive_read_support_filter_gzip})) {
        is_open_ =
            archive_read_open_memory(reader_.get(), bytes.data(), bytes.size()) == ARCHIVE_OK;
    }

    /// Nothing at the end of the tar, or where it is refused.
    [[nodiscard]] std::optional<Finding> read_all() {
        if (!is_open_) {
            return refuse(kNotTar, 0);
        }
        ::archive_entry* header = nullptr;
        for (;;) {
            const auto status = archive_read_next_header(reader_.get(), &header);
            if (status == ARCHIVE_EOF) {
                return finish();
            }
            if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
                return tar_.archive.entries.empty() ? refuse(kNotTar, 0) : refuse_here();
            }
            if (auto refusal = read_entry(header)) {
                return refusal;
            }
            if (status == ARCHIVE_WARN) {
                const auto& entry = tar_.archive.entries.back();
                notes_.add(kTarWarning, entry.offset, entry.path);
            }
        }
    }

    [[nodiscard]] Tar take() { return std::move(tar_); }

private:
    [[nodiscard]] std::uint64_t position() const {
        return static_cast<std::uint64_t>(archive_read_header_position(reader_.get()));
    }

    [[nodiscard]] Finding refuse_here(std::string_view name = {}) const {
        auto finding = refuse(kTarMalformed, position(), name);
        if (const char* const reason = archive_error_string(reader_.get())) {
            finding.message += ": " + printable(reason);
        }
        return finding;
    }

    std::optional<Finding> read_entry(::archive_entry* header) {
        const char* const given = archive_entry_pathname(header);
        const std::string_view name = given == nullptr ? "" : given;
        if (given == nullptr) {
            return refuse(kNameNotUtf8, position());
        }
        if (tar_.archive.entries.size() == options_.limits.max_entries) {
            return refuse_entries(position(), options_.limits);
        }
        Entry entry{.path = make_path(tar_.names.emplace_back(name)),
                    .size = static_cast<std::uint64_t>(
                        std::max<std::int64_t>(archive_entry_size(header), 0)),
                    .offset = position(),
                    .mode = static_cast<std::uint16_t>(archive_entry_perm(header))};
        const auto* rule = check_name(name, entry.path, options_.limits);
        if (rule == nullptr) {
            rule = find_type(header, entry.type);
        }
        if (rule == nullptr && entry.type == EntryType::link) {
            rule = keep_target(archive_entry_symlink(header), entry);
        }
        if (rule == nullptr && entry.type == EntryType::file && name.ends_with('/')) {
            rule = &kNameComponent;
        }
        if (rule != nullptr) {
            return refuse(*rule, entry.offset, name);
        }
        return read_contents(entry);
    }

    const Rule* keep_target(const char* target, Entry& entry) {
        entry.size = 0;
        entry.link = static_cast<std::uint32_t>(tar_.archive.link_targets.size());
        tar_.archive.link_targets.emplace_back(target == nullptr ? "" : target);
        const auto length = tar_.archive.link_targets.back().size();
        targets_bytes_ += length;
        return length == 0 || length > kMaxTargetBytes || targets_bytes_ > kMaxTargetsBytes
                   ? &kSymlinkTarget
                   : nullptr;
    }

    std::optional<Finding> read_contents(const Entry& entry) {
        auto& archive = tar_.archive;
        if (entry.size > options_.limits.max_total_bytes - archive.total_bytes) {
            return refuse_bytes(entry, options_.limits);
        }
        archive.total_bytes += entry.size;
        archive.entries.push_back(entry);
        if (entry.type != EntryType::directory) {
            note_mode(entry, notes_);
        }
        if (entry.type != EntryType::file) {
            return std::nullopt;
        }
        if (entry.size > capacity_) {
            buffer_.reset(); // before the new one, so that never both are held
            // NOLINTNEXTLINE(modernize-avoid-c-arrays)
            buffer_ = std::make_unique_for_overwrite<std::byte[]>(entry.size);
            capacity_ = entry.size;
        }
        if (!fill_buffer(entry.size)) {
            return refuse_here(entry.path);
        }
        archive.inflated_bytes += entry.size;
        visit_(entry, {buffer_.get(), entry.size});
        return std::nullopt;
    }

    /// Reads the data of an entry, which must be exactly so many bytes.
    [[nodiscard]] bool fill_buffer(std::uint64_t size) {
        std::uint64_t filled = 0;
        while (filled < size) {
            const auto count =
                archive_read_data(reader_.get(), buffer_.get() + filled, size - filled);
            if (count <= 0) {
                return false;
            }
            filled += static_cast<std::uint64_t>(count);
        }
        std::byte more{};
        return archive_read_data(reader_.get(), &more, 1) == 0;
    }

    std::optional<Finding> finish() {
        auto breach = find_name_clash(tar_.archive.entries, {}, options_.hash_seed);
        if (!breach) {
            breach = find_escape(tar_.archive, options_.hash_seed);
        }
        if (breach) {
            return refuse(*breach);
        }
        note_whole(tar_.archive, options_.hash_seed, notes_);
        tar_.archive.notes = notes_.findings();
        return std::nullopt;
    }

    const ParseOptions& options_;
    const VisitFile& visit_;
    const Utf8Locale utf8_;
    ArchiveHandle reader_;
    bool is_open_ = false;
    Tar tar_;
    Notes notes_;
    std::uint64_t targets_bytes_ = 0;
    // Not zeroed, unlike a vector. NOLINTNEXTLINE(modernize-avoid-c-arrays)
    std::unique_ptr<std::byte[]> buffer_;
    std::uint64_t capacity_ = 0;
};

} // namespace

Result<Tar, Finding> read_tar(ByteView bytes, const ParseOptions& options, const VisitFile& visit) {
    TarReading reading(bytes, options, visit);
    if (auto refusal = reading.read_all()) {
        return *std::move(refusal);
    }
    return reading.take();
}

} // namespace preflight::unpack
