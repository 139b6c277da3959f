// SPDX-License-Identifier: Apache-2.0
#include "extra_fields.hpp"

#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <array>

namespace preflight::unpack {

namespace {

constexpr std::size_t kMaxFields = 64; // hostile-archives.md, section 11
constexpr std::uint64_t kFieldHeader = 4;

/// The shape of one header's extra fields: whole fields, none twice, not too many.
const Rule* find_malformed(ByteView extra) {
    std::array<std::uint16_t, kMaxFields> ids{};
    std::size_t count = 0;
    ExtraReader reader(extra);
    while (const auto field = reader.next()) {
        if (count == kMaxFields) {
            return &kExtraTooMany;
        }
        ids[count++] = field->id; // NOLINT(cppcoreguidelines-pro-bounds-constant-array-index)
    }
    if (!reader.rest().empty()) {
        return reader.rest().size() < kFieldHeader ? &kExtraMalformed : &kExtraOverflow;
    }
    auto* const end = ids.begin() + count;
    std::sort(ids.begin(), end);
    return std::adjacent_find(ids.begin(), end) != end ? &kExtraDuplicate : nullptr;
}

/// Whether a zip64 field that nobody refers to repeats what is true anyway. Java's tools write such
/// fields. In front of a data descriptor (`may_be_zero`) the truth is not known yet.
bool repeats(ByteView field, const Headers& entry, bool may_be_zero) {
    static constexpr std::array kLengths = {0U, 8U, 16U, 24U, 28U};
    if (std::ranges::find(kLengths, field.size()) == kLengths.end()) {
        return false;
    }
    const std::array truth = {entry.central.size, entry.central.compressed_size, entry.begin};
    for (std::size_t index = 0; index < truth.size() && 8 * (index + 1) <= field.size(); ++index) {
        const auto value = u64(field, 8 * index);
        if (value != truth[index] && !(may_be_zero && value == 0)) {
            return false;
        }
    }
    return field.size() < 28 || u32(field, 24) == 0;
}

const Rule* find_bad_zip64(const Headers& entry, const Statement& statement, bool is_local) {
    const auto field = find_extra(statement.extra, kExtraZip64);
    const auto references = (statement.refers_for_size ? 8U : 0U) +
                            (statement.refers_for_compressed_size ? 8U : 0U) +
                            (!is_local && entry.refers_for_offset ? 8U : 0U) +
                            (!is_local && entry.refers_for_disk ? 4U : 0U);
    if (references != 0) {
        if (!field) {
            return &kZip64ExtraMissing;
        }
        if (field->size() != references) {
            return &kZip64ExtraLength;
        }
        const bool names_a_disk =
            !is_local && entry.refers_for_disk && u32(*field, references - 4) != 0;
        return names_a_disk ? &kMultiDisk : nullptr;
    }
    const bool may_be_zero = is_local && entry.announces_descriptor();
    return field && !repeats(*field, entry, may_be_zero) ? &kZip64ExtraUnneeded : nullptr;
}

/// A Unicode path is a version, a checksum of the name it replaces, and the name:
/// APPNOTE.TXT 6.3.10, section 4.6.9. Readers differ in which of them they check, so the name must
/// be the one that the header gives.
bool has_other_name(const Statement& statement) {
    const auto field = find_extra(statement.extra, kExtraUnicodePath);
    return field && (field->size() < 5 || as_text(field->subspan(5)) != statement.name);
}

bool has_forbidden(const Statement& statement) {
    return find_extra(statement.extra, kExtraLibarchive) || find_extra(statement.extra, kExtraAes);
}

const Rule* find_bad_fields(const Headers& entry, const Statement& statement, bool is_local) {
    if (const auto* rule = find_malformed(statement.extra)) {
        return rule;
    }
    if (const auto* rule = find_bad_zip64(entry, statement, is_local)) {
        return rule;
    }
    if (has_other_name(statement)) {
        return &kUnicodePathDiffers;
    }
    return has_forbidden(statement) ? &kExtraForbidden : nullptr;
}

} // namespace

std::optional<ExtraField> ExtraReader::next() {
    if (rest_.size() < kFieldHeader) {
        return std::nullopt;
    }
    const auto length = u16(rest_, 2);
    if (length > rest_.size() - kFieldHeader) {
        return std::nullopt;
    }
    const ExtraField field{.id = u16(rest_, 0), .data = rest_.subspan(kFieldHeader, length)};
    rest_ = rest_.subspan(kFieldHeader + length);
    return field;
}

std::optional<ByteView> find_extra(ByteView extra, std::uint16_t id) {
    ExtraReader reader(extra);
    while (const auto field = reader.next()) {
        if (field->id == id) {
            return field->data;
        }
    }
    return std::nullopt;
}

const Rule* check_extra_fields(const Directory& /*directory*/, const Headers& entry) {
    const auto* const rule = find_bad_fields(entry, entry.local, true);
    return rule != nullptr ? rule : find_bad_fields(entry, entry.central, false);
}

} // namespace preflight::unpack
