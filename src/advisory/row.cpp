// SPDX-License-Identifier: Apache-2.0
#include "row.hpp"

#include "affected.hpp"
#include "listed_versions.hpp"
#include "packed.hpp"

#include "preflight/advisory/index.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

namespace preflight::advisory {

namespace {

// A row is this number, then the list of its advisories.
constexpr std::uint64_t kRowForm = 1;

// The fewest bytes that an item of a list takes: one for each of its values.
constexpr std::size_t kAdvisoryBytes = 10;
constexpr std::size_t kRangeBytes = 1;
constexpr std::size_t kEventBytes = 3;

constexpr std::uint64_t kLastKind = static_cast<std::uint64_t>(EventKind::limit);
constexpr std::uint64_t kLastLabel = kSeverityNames.size(); // 0 is none, 1 is the least severity

void write_range(PackedWriter& row, const Range& range) {
    row.number(range.events.size());
    for (const auto& event : range.events) {
        row.number(static_cast<std::uint64_t>(event.kind));
        row.text(event.version);
        row.text(event.key);
    }
}

void write_advisory(PackedWriter& row, const Advisory& advisory) {
    row.text(advisory.id);
    row.text(advisory.modified);
    row.texts(advisory.aliases);
    row.text(advisory.summary);
    row.texts(advisory.severity_vectors);
    row.number(advisory.label ? static_cast<std::uint64_t>(*advisory.label) + 1 : 0);
    row.number(advisory.ranges.size());
    for (const auto& range : advisory.ranges) {
        write_range(row, range);
    }
    row.text(advisory.versions.keys);
    row.text(advisory.versions.legacy);
    row.number(advisory.versions.count);
}

bool comes_before(const Event& left, const Event& right) {
    return std::tie(left.key, left.kind) < std::tie(right.key, right.kind);
}

Range read_range(PackedReader& row) {
    Range range{std::vector<Event>(row.length(kEventBytes))};
    for (auto& event : range.events) {
        event.kind = static_cast<EventKind>(row.number_up_to(kLastKind, "kind of event"));
        event.version = row.text();
        event.key = row.text();
    }
    if (!std::ranges::is_sorted(range.events, comes_before)) {
        row.refuse("the events of a range are not in order");
    }
    return range;
}

std::optional<Severity> read_label(PackedReader& row) {
    const auto label = row.number_up_to(kLastLabel, "severity");
    return label == 0 ? std::nullopt : std::optional(static_cast<Severity>(label - 1));
}

/// Counts the entries of a block. One that is cut off would hide all that follow.
std::size_t count_entries(PackedReader& row, std::string_view block) {
    std::size_t entries = 0;
    while (take_entry(block)) {
        ++entries;
    }
    if (!block.empty()) {
        row.refuse("a listed version is cut off");
    }
    return entries;
}

ListedVersions read_versions(PackedReader& row) {
    ListedVersions versions;
    versions.keys = row.text();
    versions.count = count_entries(row, versions.keys);
    versions.legacy = row.text();
    versions.count += count_entries(row, versions.legacy);
    if (row.number() != versions.count) {
        row.refuse("the number of listed versions is wrong");
    }
    return versions;
}

Advisory read_advisory(PackedReader& row) {
    Advisory advisory;
    advisory.id = row.text();
    advisory.modified = row.text();
    advisory.aliases = row.texts();
    advisory.summary = row.text();
    advisory.severity_vectors = row.texts();
    advisory.label = read_label(row);
    advisory.ranges.resize(row.length(kRangeBytes));
    for (auto& range : advisory.ranges) {
        range = read_range(row);
    }
    advisory.versions = read_versions(row);
    return advisory;
}

/// Passes over one advisory of a row.
bool skip_advisory(PackedReader& row, const Wanted& wanted) {
    static_cast<void>(row.text());   // id
    static_cast<void>(row.text());   // modified
    row.skip_texts();                // aliases
    static_cast<void>(row.text());   // summary
    row.skip_texts();                // vectors
    static_cast<void>(row.number()); // label
    bool is_affected = false;
    for (auto ranges = row.length(kRangeBytes); ranges > 0; --ranges) {
        RangeWalk walk(wanted.key);
        for (auto events = row.length(kEventBytes); events > 0; --events) {
            const auto kind = row.number_up_to(kLastKind, "kind of event");
            static_cast<void>(row.text()); // version
            walk.pass(static_cast<EventKind>(kind), row.text());
        }
        is_affected = is_affected || walk.holds();
    }
    const auto keys = row.text();
    const auto legacy = row.text();
    static_cast<void>(row.number()); // how many there are
    return is_affected ||
           (wanted.text.empty() ? holds_entry(keys, wanted.key) : holds_entry(legacy, wanted.text));
}

} // namespace

bool row_affects(ByteView row, const Wanted& wanted) {
    PackedReader reader(row);
    static_cast<void>(reader.number()); // form
    for (auto advisories = reader.length(kAdvisoryBytes); advisories > 0; --advisories) {
        if (skip_advisory(reader, wanted)) {
            return true;
        }
    }
    return !reader.is_sound();
}

std::string pack_advisory(const Advisory& advisory) {
    PackedWriter packed;
    write_advisory(packed, advisory);
    return packed.take();
}

std::string join_row(std::span<const std::string_view> packed) {
    PackedWriter head;
    head.number(kRowForm);
    head.number(packed.size());
    auto row = head.take();
    auto size = row.size();
    for (const auto advisory : packed) {
        size += advisory.size();
    }
    row.reserve(size);
    for (const auto advisory : packed) {
        row += advisory;
    }
    return row;
}

std::string encode_advisories(const std::vector<Advisory>& advisories) {
    std::vector<std::string> packed;
    std::ranges::transform(advisories, std::back_inserter(packed), pack_advisory);
    return join_row(std::vector<std::string_view>(packed.begin(), packed.end()));
}

Result<std::vector<Advisory>> decode_advisories(ByteView bytes) {
    PackedReader row(bytes);
    if (row.number() != kRowForm) {
        row.refuse("the row is of another form");
    }
    std::vector<Advisory> advisories(row.length(kAdvisoryBytes));
    std::string_view previous_id;
    for (auto& advisory : advisories) {
        advisory = read_advisory(row);
        if (advisory.id <= previous_id) {
            row.refuse("the records are not in order of id");
        }
        previous_id = advisory.id;
    }
    row.expect_end();
    if (!row.is_sound()) {
        return row.fault();
    }
    return advisories;
}

} // namespace preflight::advisory
