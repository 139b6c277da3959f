// SPDX-License-Identifier: Apache-2.0
#include "record_set.hpp"

#include "modified.hpp"

#include <algorithm>
#include <utility>

namespace preflight::advisory {

void RecordSet::begin_source(SourceFacts source) {
    sources_.push_back(std::move(source));
    has_source_records_ = false;
}

void RecordSet::add(Record record) {
    has_source_records_ = true;
    if (auto& date = source().date; is_later(record.modified, date)) {
        date = record.modified;
    }
    const auto source = sources_.size() - 1;
    const auto [place, is_new] = records_.try_emplace(record.id);
    auto& kept = place->second;
    if (is_new || is_later(record.modified, kept.record.modified)) {
        kept = {std::move(record), source};
    }
}

AdvisoriesByName RecordSet::take_advisories() {
    std::vector<Kept*> in_order;
    in_order.reserve(records_.size());
    for (auto& [id, kept] : records_) {
        in_order.push_back(&kept);
    }
    std::ranges::sort(
        in_order, {}, [](const Kept* kept) -> const std::string& { return kept->record.id; });

    AdvisoriesByName advisories;
    for (auto* kept : in_order) {
        auto& source = sources_[kept->source];
        if (kept->record.is_withdrawn) {
            ++source.withdrawn;
            continue;
        }
        if (!kept->record.packages.empty()) {
            ++source.records;
        }
        for (auto& [name, advisory] : kept->record.packages) {
            advisories[std::move(name)].push_back(std::move(advisory));
        }
    }
    records_.clear();
    return advisories;
}

} // namespace preflight::advisory
