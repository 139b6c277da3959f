// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/feed.hpp"

#include "modified.hpp"

#include "preflight/advisory/candidate.hpp"
#include "preflight/base/text.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace preflight::advisory {

namespace {

namespace fs = std::filesystem;

std::string newest_date(const std::vector<SourceFacts>& sources) {
    const auto newest = std::ranges::max_element(sources, [](const auto& left, const auto& right) {
        return is_later(right.date, left.date);
    });
    return newest == sources.end() ? std::string() : newest->date;
}

/// Of an index, whatever it is called.
FeedFacts facts_of(const Index& index) {
    return {
        .date = newest_date(index.sources()), .records = index.records(), .sha256 = index.sha256()};
}

} // namespace

Feed::Feed(FeedFacts facts,
           std::variant<Index, RowsByName> data,
           std::vector<UnreadableRecord> unreadable)
    : facts_(std::move(facts)), data_(std::move(data)), unreadable_(std::move(unreadable)) {}

Feed Feed::open_starter(ByteView image) {
    auto index = Index::open(image, "starter");
    auto facts = facts_of(index);
    facts.name = "starter";
    facts.kind = "starter";
    facts.source = "built in";
    return {std::move(facts), std::move(index), {}};
}

Feed Feed::open_index(const fs::path& path) {
    auto index = Index::open(path);
    auto facts = facts_of(index);
    facts.name = printable(path.filename().string());
    facts.kind = "index";
    facts.source = printable(path.string());
    return {std::move(facts), std::move(index), {}};
}

Feed Feed::read_directory(const fs::path& path, Workers& workers) {
    auto loaded = load_records({&path, 1}, workers);
    const auto& source = loaded.sources.front();
    std::error_code ignored; // load_records() has read it
    FeedFacts facts{.name = source.name,
                    .kind = fs::is_directory(path, ignored) ? "directory" : "osv",
                    .source = printable(path.string()),
                    .date = source.date,
                    .records = source.records,
                    .sha256 = source.sha256};
    return {std::move(facts), std::move(loaded.rows), std::move(loaded.unreadable)};
}

std::optional<std::string> Feed::find_row(std::string_view normal_name) const {
    if (const auto* index = std::get_if<Index>(&data_)) {
        return index->find_row(normal_name);
    }
    const auto& rows = std::get<RowsByName>(data_);
    const auto found = rows.find(normal_name);
    return found == rows.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Advisory> Feed::decode(std::string_view normal_name, ByteView row) const {
    if (const auto* index = std::get_if<Index>(&data_)) {
        return index->decode(normal_name, row);
    }
    return decode_advisories(row).value(); // ours, and never out of our hands
}

std::vector<Advisory> find_advisories(std::span<const Feed> feeds,
                                      std::string_view normal_name,
                                      std::string_view version) {
    const Candidate candidate(version);
    bool is_affected = false;
    std::vector<std::pair<const Feed*, std::string>> rows;
    for (const auto& feed : feeds) {
        if (auto row = feed.find_row(normal_name)) {
            is_affected = is_affected || candidate.is_affected_by_any(as_bytes(*row));
            rows.emplace_back(&feed, *std::move(row));
        }
    }
    std::vector<Advisory> all;
    if (!is_affected) {
        return all;
    }
    for (const auto& [feed, row] : rows) {
        std::ranges::move(feed->decode(normal_name, as_bytes(row)), std::back_inserter(all));
    }
    if (rows.size() == 1) {
        return all; // in order, and each id once
    }
    // The newest of each id first, and the first feed's of equal ones: the sort is stable.
    std::ranges::stable_sort(all, [](const Advisory& left, const Advisory& right) {
        return left.id != right.id ? left.id < right.id : is_later(left.modified, right.modified);
    });
    const auto repeated =
        std::unique(all.begin(), all.end(), [](const auto& left, const auto& right) {
            return left.id == right.id;
        });
    all.erase(repeated, all.end());
    return all;
}

} // namespace preflight::advisory
