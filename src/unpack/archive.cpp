// SPDX-License-Identifier: Apache-2.0
#include "preflight/unpack/archive.hpp"

#include "checks.hpp"
#include "headers.hpp"
#include "note_rules.hpp"
#include "notes.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>

namespace preflight::unpack {

namespace {

using EntryCheck = const Rule* (*)(const Directory& directory, const Headers& entry);

const Rule* check_name_of(const Directory& directory, const Headers& entry) {
    return check_name(entry.central.name, entry.path, directory.limits);
}

// R6 to R11, as far as they concern one entry by itself: in the order that decides what is
// reported.
constexpr std::array<EntryCheck, 6> kEntryChecks = {check_agreement,
                                                    check_descriptor,
                                                    check_features,
                                                    check_extra_fields,
                                                    check_name_of,
                                                    check_type};
constexpr std::size_t kNameCheck = 4; // the place of R10 among them
static_assert(kEntryChecks[kNameCheck] == check_name_of);

/// What one pass over all headers has found.
struct Pass {
    Archive archive; ///< Without link targets and notes.
    Notes notes;
    std::vector<std::uint32_t> unmarked; ///< Indices of entries whose names are not marked as UTF-8
                                         ///< and not ASCII.
    std::optional<Breach> breach; ///< Of the first check that fails for any entry, at the smallest
                                  ///< offset.
    std::size_t check = kEntryChecks.size(); ///< Which one that is.
};

/// Runs the checks that would outrank what was found so far.
void look_for_breach(const Directory& directory, const Headers& entry, Pass& pass) {
    for (std::size_t check = 0; check < pass.check; ++check) {
        if (const auto* rule = kEntryChecks[check](directory, entry)) {
            pass.breach = Breach{.rule = rule, .offset = entry.begin, .name = entry.central.name};
            pass.check = check;
        }
    }
}

Entry make_entry(const Headers& entry) {
    const auto type = entry.has_slash() ? EntryType::directory
                      : is_link(entry)  ? EntryType::link
                                        : EntryType::file;
    return {.path = entry.path,
            .data = entry.data,
            .size = entry.central.size,
            .offset = entry.begin,
            .crc32 = entry.central.crc32,
            .mode = static_cast<std::uint16_t>(entry.external_attributes >> 16U & 07777U),
            .type = type,
            .method = entry.central.method == kStored ? Method::stored : Method::deflated};
}

Pass read_entries(const Directory& directory) {
    Pass pass;
    pass.archive.entries.resize(directory.places.size());
    for (const auto index : directory.by_offset) {
        const auto headers = read_headers(directory.archive, directory.places[index]);
        look_for_breach(directory, headers, pass);
        note_entry(headers, pass.notes);
        auto& entry = pass.archive.entries[index];
        entry = make_entry(headers);
        pass.archive.total_bytes += entry.size;
        const bool records_modes = headers.external_attributes >> 16U != 0;
        if (entry.type != EntryType::directory && records_modes) {
            note_mode(entry, pass.notes);
        }
        if ((headers.central.flags & kFlagUtf8) == 0 && !is_ascii(entry.path)) {
            pass.unmarked.push_back(index);
        }
    }
    std::ranges::sort(pass.unmarked);
    return pass;
}

/// R10 to R12 over the entries as a whole; those about headers have found nothing.
std::optional<Finding>
find_breach(const Directory& directory, std::uint64_t hash_seed, Pass& pass) {
    const auto& entries = pass.archive.entries;
    const auto bad_name = pass.check == kNameCheck ? pass.breach : std::nullopt;
    if (const auto breach =
            first_of(bad_name, find_name_clash(entries, pass.unmarked, hash_seed))) {
        return refuse(*breach);
    }
    if (pass.breach) { // R11: a type
        return refuse(*pass.breach);
    }
    const auto bad_target = read_link_targets(pass.archive);
    if (const auto breach = first_of(bad_target, find_escape(pass.archive, hash_seed))) {
        return refuse(*breach);
    }
    return check_budget(entries, directory.by_offset, directory.limits);
}

void note_archive(const Directory& directory, std::uint64_t hash_seed, Pass& pass) {
    note_whole(pass.archive, hash_seed, pass.notes);
    if (directory.end.has_comment) {
        pass.notes.add(kArchiveComment, directory.end.position);
    }
    if (!std::ranges::is_sorted(directory.places, {}, &Place::begin)) {
        pass.notes.add(kCdOrder, directory.end.directory_offset);
    }
    if (directory.entries_begin > 0) {
        pass.notes.add(kShebang, 0);
    }
    pass.archive.notes = pass.notes.findings();
}

/// Behind the line `#!...` if the first entry stands there, else 0: what lies in front is a gap.
std::uint64_t find_entries_begin(const Directory& directory) {
    const auto length = find_shebang_length(directory.archive);
    const auto first = directory.places.empty() ? directory.end.directory_offset
                                                : directory.places[directory.by_offset[0]].begin;
    return first == length ? length : 0;
}

std::vector<std::uint32_t> order_by_offset(const std::vector<Place>& places) {
    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0U);
    if (!std::ranges::is_sorted(places, {}, &Place::begin)) {
        std::ranges::sort(
            order, {}, [&](std::uint32_t index) { return std::pair(places[index].begin, index); });
    }
    return order;
}

} // namespace

std::string_view to_string(EntryType type) {
    switch (type) {
    case EntryType::directory:
        return "dir";
    case EntryType::link:
        return "link";
    case EntryType::file:
        break;
    }
    return "file";
}

std::optional<Breach> first_of(const std::optional<Breach>& left,
                               const std::optional<Breach>& right) {
    if (!left || !right) {
        return left ? left : right;
    }
    return left->offset <= right->offset ? left : right;
}

Finding refuse(const Breach& breach) {
    return refuse(*breach.rule, breach.offset, breach.name);
}

Result<Archive, Finding> parse_archive(ByteView bytes, const ParseOptions& options) {
    const auto end = parse_end_record(bytes);
    if (!end) {
        return end.error();
    }
    // R12, ahead of its turn: a million entries are not worth a million steps.
    const bool is_truthful = end->entry_count <= end->directory_size / kCentralSize;
    if (is_truthful && end->entry_count > options.limits.max_entries) {
        auto refusal = refuse_entries(end->position, options.limits);
        refusal.message += "; it holds " + std::to_string(end->entry_count);
        return refusal;
    }
    auto places = parse_headers(bytes, *end);
    if (!places) {
        return places.error();
    }

    Directory directory{
        .archive = bytes, .limits = options.limits, .end = *end, .places = std::move(*places)};
    directory.by_offset = order_by_offset(directory.places);
    directory.entries_begin = options.may_have_shebang ? find_entries_begin(directory) : 0;
    if (auto refusal = check_layout(directory)) {
        return *std::move(refusal);
    }
    auto pass = read_entries(directory);
    if (pass.check < kNameCheck) {
        return refuse(*pass.breach);
    }
    if (auto refusal = find_breach(directory, options.hash_seed, pass)) {
        return *std::move(refusal);
    }
    note_archive(directory, options.hash_seed, pass);
    return std::move(pass.archive);
}

} // namespace preflight::unpack
