// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/record.hpp"

#include "first_characters.hpp"
#include "json_reading.hpp"
#include "modified.hpp"

#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace preflight::advisory {

namespace {

namespace dom = simdjson::dom;
using Member = std::optional<dom::element>;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// What a text takes in memory beside its own bytes.
constexpr std::size_t kTextOverhead = sizeof(std::string);

/// What of a record holds for each of its packages.
struct RecordFacts {
    Advisory advisory;
    std::vector<std::string> severity_vectors; ///< For blocks without their own.
};

/// One package while its blocks are read.
struct Draft {
    std::vector<Range> ranges;
    ListedVersions versions;
    std::vector<std::string> severity_vectors;
    bool needs_common_severity = false;
};

using Drafts = std::map<std::string, Draft>;

std::optional<EventKind> find_event_kind(std::string_view name) {
    // In the order of EventKind.
    constexpr std::array<std::string_view, 4> kNames = {
        "introduced", "last_affected", "fixed", "limit"};
    const auto* const found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
        return std::nullopt;
    }
    return static_cast<EventKind>(found - kNames.begin());
}

/// The key under which an event is walked, or nothing where it says nothing.
std::optional<std::string> find_event_key(EventKind kind, std::string_view version) {
    const bool is_start = kind == EventKind::introduced;
    if (version.empty() || (is_start && version == "0")) {
        return is_start ? std::optional<std::string>("") : std::nullopt;
    }
    if (kind == EventKind::limit && version == "*") {
        return std::string(kInfinity);
    }
    std::string key;
    if (!python::append_version_key(version, key) && is_start) {
        key.clear(); // whatever was meant, nothing before it can be called unaffected
    }
    return key;
}

/// An event has one member by the schema; each one that is known counts for itself.
Refused read_event(dom::element element, Range& range) {
    dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS) {
        return Refusal{"expected an object"};
    }
    std::bitset<4> seen;
    for (const auto field : object) {
        const auto kind = find_event_kind(field.key);
        if (!kind) {
            continue;
        }
        if (seen.test(static_cast<std::size_t>(*kind))) {
            return Refusal{in_record(field.key) + " is given twice"};
        }
        seen.set(static_cast<std::size_t>(*kind));
        std::string_view version;
        if (!field.value.is_null()) {
            if (auto refused = read_text(field.value, field.key, version)) {
                return refused;
            }
        }
        if (auto key = find_event_key(*kind, version)) {
            range.events.push_back({*kind, std::string(version), *std::move(key)});
        }
    }
    return std::nullopt;
}

bool comes_before(const Event& left, const Event& right) {
    return std::tie(left.key, left.kind) < std::tie(right.key, right.kind);
}

Refused read_range(dom::element element, std::vector<Range>& ranges) {
    // By itself at first: a GIT range is left alone, however malformed.
    Members<1> head;
    std::string_view type;
    if (auto refused = find_members<1>(element, {"type"}, head)) {
        return refused;
    }
    if (auto refused = read_required_text(head[0], "type", type)) {
        return refused;
    }
    if (type != "ECOSYSTEM" && type != "SEMVER") {
        return std::nullopt;
    }

    Members<1> body;
    if (auto refused = find_members<1>(element, {"events"}, body)) {
        return refused;
    }
    Range range;
    if (auto refused = visit_items(
            body[0], "events", [&](dom::element event) { return read_event(event, range); })) {
        return refused;
    }
    std::ranges::stable_sort(range.events, comes_before);
    ranges.push_back(std::move(range));
    return std::nullopt;
}

/// The CVSS vectors of a `severity` list. It is no ground to refuse a record: what is not
/// understood is left out, and without a severity the policy decides.
std::vector<std::string> read_severity(const Member& member) {
    std::vector<std::string> vectors;
    dom::array items;
    if (!member || member->get_array().get(items) != simdjson::SUCCESS) {
        return vectors;
    }
    for (const auto item : items) {
        std::string_view type;
        std::string_view score;
        if (item["type"].get_string().get(type) == simdjson::SUCCESS &&
            item["score"].get_string().get(score) == simdjson::SUCCESS &&
            type.starts_with("CVSS_") && !score.empty()) {
            vectors.emplace_back(score);
        }
    }
    return vectors;
}

bool equals_ignoring_case(std::string_view text, std::string_view upper_case) {
    return std::ranges::equal(text, upper_case, [](char left, char right) {
        return (left >= 'a' && left <= 'z' ? static_cast<char>(left - 'a' + 'A') : left) == right;
    });
}

/// Source: github/advisory-database writes LOW, MODERATE, HIGH and CRITICAL; others MEDIUM.
std::optional<Severity> find_label(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Severity>, 5> kLabels = {
        {{"LOW", Severity::low},
         {"MODERATE", Severity::medium},
         {"MEDIUM", Severity::medium},
         {"HIGH", Severity::high},
         {"CRITICAL", Severity::critical}}};
    const auto* const found = std::ranges::find_if(
        kLabels, [word](const auto& row) { return equals_ignoring_case(word, row.first); });
    return found == kLabels.end() ? std::nullopt : std::optional(found->second);
}

/// The label in `database_specific`, the highest where somebody wrote several.
std::optional<Severity> read_label(const Member& member) {
    std::optional<Severity> label;
    dom::object object;
    if (!member || member->get_object().get(object) != simdjson::SUCCESS) {
        return label;
    }
    for (const auto field : object) {
        std::string_view word;
        if (field.key == "severity" && field.value.get_string().get(word) == simdjson::SUCCESS) {
            label = std::max(label, find_label(word));
        }
    }
    return label;
}

std::string first_line(const Member& member) {
    std::string_view text;
    if (!member || member->get_string().get(text) != simdjson::SUCCESS) {
        return {};
    }
    const auto line = text.substr(0, text.find_first_of("\r\n"));
    return std::string(first_characters(line, kMaxSummaryBytes));
}

/// The normal name of the package on PyPI that a block is about; empty where it is about something
/// else.
Refused read_package(const Member& member, std::string& name) {
    if (!member) {
        return std::nullopt; // a block may speak of a repository alone
    }
    Members<2> members;
    std::string_view ecosystem;
    if (auto refused = find_members<2>(*member, {"ecosystem", "name"}, members)) {
        return refused;
    }
    if (auto refused = read_required_text(members[0], "ecosystem", ecosystem)) {
        return refused;
    }
    if (ecosystem != "PyPI") {
        return std::nullopt;
    }
    std::string_view written;
    if (auto refused = read_required_text(members[1], "name", written)) {
        return refused;
    }
    name = python::normalize_name(written);
    return std::nullopt;
}

/// The ranges, if it takes next to no time to look through them for each version of a list.
std::span<const Range> few_enough(std::span<const Range> ranges) {
    constexpr std::size_t kFewEvents = 64;
    std::size_t events = ranges.size();
    for (const auto& range : ranges) {
        events += range.events.size();
    }
    return events <= kFewEvents ? ranges : std::span<const Range>();
}

Refused read_block(dom::element element, Drafts& drafts) {
    Members<4> members;
    if (auto refused =
            find_members<4>(element, {"package", "ranges", "versions", "severity"}, members)) {
        return refused;
    }
    const auto& [package, ranges, versions, severity] = members;
    std::string name;
    if (auto refused = read_package(package, name)) {
        refused->path = "package";
        return refused;
    }
    if (name.empty()) {
        return std::nullopt;
    }

    auto& draft = drafts[std::move(name)];
    auto vectors = read_severity(severity);
    draft.needs_common_severity = draft.needs_common_severity || vectors.empty();
    std::ranges::move(vectors, std::back_inserter(draft.severity_vectors));
    if (auto refused = visit_items(ranges, "ranges", [&](dom::element range) {
            return read_range(range, draft.ranges);
        })) {
        return refused;
    }
    const auto known = few_enough(draft.ranges);
    return visit_items(versions, "versions", [&](dom::element item) {
        std::string_view version;
        auto refused = read_text(item, "version", version);
        if (!refused) {
            draft.versions.add(version, known);
        }
        return refused;
    });
}

Refused read_aliases(const Member& member, Advisory& advisory) {
    return visit_items(member, "aliases", [&](dom::element item) {
        std::string_view alias;
        auto refused = read_text(item, "alias", alias);
        if (!refused && !alias.empty() && alias != advisory.id) {
            advisory.aliases.emplace_back(alias);
        }
        return refused;
    });
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
    std::size_t bytes = 0;
    for (const auto& text : texts) {
        bytes += text.size() + kTextOverhead;
    }
    return bytes;
}

/// Gives each package its own copy of what is common to all, as long as that stays small.
Refused finish(Drafts& drafts, const RecordFacts& common, std::vector<AffectedPackage>& packages) {
    const auto each = bytes_of(common.advisory.aliases) + bytes_of(common.severity_vectors) +
                      common.advisory.id.size() + kMaxSummaryBytes;
    if (drafts.size() > 1 && each > kMaxRecordBytes / drafts.size()) {
        return Refusal{"its aliases and vectors are too many for " + std::to_string(drafts.size()) +
                       " packages"};
    }
    packages.reserve(drafts.size());
    for (auto& [name, draft] : drafts) {
        AffectedPackage package{name, common.advisory};
        auto& advisory = package.advisory;
        advisory.ranges = std::move(draft.ranges);
        advisory.versions = std::move(draft.versions);
        advisory.severity_vectors = std::move(draft.severity_vectors);
        auto& vectors = advisory.severity_vectors;
        if (draft.needs_common_severity) {
            vectors.insert(
                vectors.end(), common.severity_vectors.begin(), common.severity_vectors.end());
        }
        std::ranges::sort(vectors);
        vectors.erase(std::unique(vectors.begin(), vectors.end()), vectors.end());
        packages.push_back(std::move(package));
    }
    return std::nullopt;
}

Refused read_withdrawn(const Member& member, bool& is_withdrawn) {
    if (!member) {
        return std::nullopt;
    }
    std::string_view text;
    if (auto refused = read_text(*member, "withdrawn", text)) {
        return refused;
    }
    // A record is taken out of use by a moment, and by nothing that merely stands there.
    if (!find_moment(text)) {
        return Refusal{"'withdrawn' is not a date and time"};
    }
    is_withdrawn = true;
    return std::nullopt;
}

Refused read_record(dom::element element, Record& record) {
    constexpr std::array<std::string_view, 8> kNames = {"id",
                                                        "modified",
                                                        "withdrawn",
                                                        "aliases",
                                                        "summary",
                                                        "severity",
                                                        "database_specific",
                                                        "affected"};
    Members<8> members;
    if (auto refused = find_members(element, kNames, members)) {
        return refused;
    }
    const auto& [id, modified, withdrawn, aliases, summary, severity, specific, affected] = members;

    std::string_view id_text;
    std::string_view modified_text;
    if (auto refused = read_required_text(id, "id", id_text)) {
        return refused;
    }
    if (auto refused = read_required_text(modified, "modified", modified_text)) {
        return refused;
    }
    if (auto refused = read_withdrawn(withdrawn, record.is_withdrawn)) {
        return refused;
    }
    record.id = id_text;
    record.modified = modified_text;

    RecordFacts common;
    common.advisory.id = record.id;
    common.advisory.modified = record.modified;
    common.advisory.summary = first_line(summary);
    common.advisory.label = read_label(specific);
    common.severity_vectors = read_severity(severity);
    if (auto refused = read_aliases(aliases, common.advisory)) {
        return refused;
    }
    Drafts drafts;
    if (auto refused = visit_items(
            affected, "affected", [&](dom::element block) { return read_block(block, drafts); })) {
        return refused;
    }
    return finish(drafts, common, record.packages);
}

} // namespace

struct RecordParser::State {
    dom::parser parser;
    std::vector<char> text; ///< The record, with the bytes behind it that simdjson reads over.
};

RecordParser::RecordParser() : state_(std::make_unique<State>()) {}
RecordParser::RecordParser(RecordParser&&) noexcept = default;
RecordParser& RecordParser::operator=(RecordParser&&) noexcept = default;
RecordParser::~RecordParser() = default;

Result<Record> RecordParser::parse(ByteView json) {
    auto text = as_text(json);
    if (text.size() > kMaxRecordBytes) {
        return InputError{"the record has more than " + std::to_string(kMaxRecordBytes) + " bytes"};
    }
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    auto& buffer = state_->text;
    buffer.assign(text.begin(), text.end());
    buffer.resize(text.size() + simdjson::SIMDJSON_PADDING);

    dom::element root;
    const auto status = state_->parser.parse(buffer.data(), text.size(), false).get(root);
    if (status != simdjson::SUCCESS) {
        return InputError{std::string("not JSON: ") + simdjson::error_message(status)};
    }
    Record record;
    if (const auto refused = read_record(root, record)) {
        return InputError{(refused->path.empty() ? "" : refused->path + ": ") + refused->what};
    }
    return record;
}

} // namespace preflight::advisory
