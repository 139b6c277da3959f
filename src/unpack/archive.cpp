// SPDX-License-Identifier: Apache-2.0
#include "preflight/unpack/archive.hpp"

#include "checks.hpp"
#include "headers.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <utility>

namespace preflight::unpack {

namespace {

constexpr std::size_t kMaxShebangBytes = 4'096; // ours: more than any kernel reads of such a line

using EntryCheck = const Rule* (*)(const Directory& directory, const Headers& entry);

// In the order of the rules, which decides what is reported.
constexpr std::array<EntryCheck, 4> kHeaderChecks = {
    check_agreement, check_descriptor, check_features, check_extra_fields};

/// The first entry, in the order in which they lie in the archive, that breaks the rule.
std::optional<Finding> find_broken(const Directory& directory, EntryCheck check) {
    for (const auto index : directory.by_offset) {
        const auto& entry = directory.entries[index];
        if (const auto* rule = check(directory, entry)) {
            return refuse(*rule, entry.begin, entry.central.name);
        }
    }
    return std::nullopt;
}

/// Of two breaches of one rule the one at the smaller offset.
std::optional<Finding> first_of(std::optional<Finding> left, std::optional<Finding> right) {
    if (!left || !right) {
        return left ? std::move(left) : std::move(right);
    }
    return *left->location.offset <= *right->location.offset ? std::move(left) : std::move(right);
}

/// R5 to R12 over entries that have been read. R11 also gives the targets of links.
std::optional<Finding> find_breach(Directory& directory, LinkTargets& targets) {
    if (auto refusal = check_layout(directory)) {
        return refusal;
    }
    for (const auto check : kHeaderChecks) {
        if (auto refusal = find_broken(directory, check)) {
            return refusal;
        }
    }
    if (auto refusal =
            first_of(find_broken(directory, check_name), check_name_clashes(directory))) {
        return refusal;
    }
    if (auto refusal =
            first_of(find_broken(directory, check_type), check_links(directory, targets))) {
        return refusal;
    }
    return check_budget(directory);
}

/// The length of a line `#!...` that the archive begins with, or 0.
std::uint64_t find_shebang_length(ByteView bytes) {
    const auto start = as_text(bytes.first(std::min(bytes.size(), kMaxShebangBytes)));
    const auto end = start.starts_with("#!") ? start.find('\n') : std::string_view::npos;
    return end == std::string_view::npos ? 0 : end + 1;
}

/// Behind the line `#!...` if the first entry stands there, else 0: what lies in front is a gap.
std::uint64_t find_entries_begin(const Directory& directory) {
    const auto length = find_shebang_length(directory.archive);
    const auto first = directory.entries.empty() ? directory.end.directory_offset
                                                 : directory.entries[directory.by_offset[0]].begin;
    return first == length ? length : 0;
}

std::vector<std::uint32_t> order_by_offset(const std::vector<Headers>& entries) {
    std::vector<std::uint32_t> order(entries.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t index) { return entries[index].begin; });
    return order;
}

Archive make_archive(const Directory& directory, LinkTargets targets) {
    Archive archive{.notes = make_notes(directory, targets)};
    archive.entries.reserve(directory.entries.size());
    for (std::size_t index = 0; index < directory.entries.size(); ++index) {
        auto entry = make_entry(directory.entries[index]);
        entry.link_target = std::move(targets[index]);
        archive.total_bytes += entry.size;
        archive.entries.push_back(std::move(entry));
    }
    return archive;
}

} // namespace

Entry make_entry(const Headers& entry) {
    const auto type = entry.has_slash() ? EntryType::directory
                      : is_link(entry)  ? EntryType::link
                                        : EntryType::file;
    return {.path = entry.path,
            .type = type,
            .mode = entry.external_attributes >> 16U & 07777U,
            .method = entry.central.method == kStored ? Method::stored : Method::deflated,
            .crc32 = entry.central.crc32,
            .size = entry.central.size,
            .offset = entry.begin,
            .data = entry.data};
}

Result<Archive, Finding> parse_archive(ByteView bytes, const ParseOptions& options) {
    const auto end = parse_end_record(bytes);
    if (!end) {
        return end.error();
    }
    // R12, ahead of its turn: a million entries are not worth a million steps.
    const bool is_truthful = end->entry_count <= end->directory_size / kCentralSize;
    if (is_truthful && end->entry_count > options.limits.max_entries) {
        auto refusal = refuse(kTooManyEntries, end->position);
        refusal.message += "; it holds " + std::to_string(end->entry_count) + ", the limit is " +
                           std::to_string(options.limits.max_entries);
        return refusal;
    }
    auto entries = parse_headers(bytes, *end);
    if (!entries) {
        return entries.error();
    }

    Directory directory{
        .archive = bytes, .limits = options.limits, .end = *end, .entries = std::move(*entries)};
    directory.by_offset = order_by_offset(directory.entries);
    directory.entries_begin = options.may_have_shebang ? find_entries_begin(directory) : 0;
    LinkTargets targets;
    if (auto refusal = find_breach(directory, targets)) {
        return *std::move(refusal);
    }
    return make_archive(directory, std::move(targets));
}

} // namespace preflight::unpack
