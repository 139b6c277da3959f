// SPDX-License-Identifier: Apache-2.0
#include "record_set.hpp"

#include "modified.hpp"
#include "row.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace preflight::advisory {

void RecordSet::begin_source(SourceFacts source) {
    sources_.push_back(std::move(source));
    has_source_records_ = false;
}

void RecordSet::add(PackedRecord record) {
    has_source_records_ = true;
    if (auto& date = source().date; is_later(record.modified, date)) {
        date = record.modified;
    }
    const auto source = sources_.size() - 1;
    if (const auto known = by_id_.find(record.id); known == by_id_.end()) {
        records_.push_back({std::move(record), source});
        by_id_.emplace(records_.back().record.id, &records_.back());
    } else if (is_later(record.modified, known->second->record.modified)) {
        // Member by member, since the id is what by_id_ looks at.
        auto& kept = *known->second;
        kept.record.modified = std::move(record.modified);
        kept.record.is_withdrawn = record.is_withdrawn;
        kept.record.packages = std::move(record.packages);
        kept.source = source;
    }
}

RowsByName RecordSet::take_rows() {
    struct Member {
        std::string_view id;
        std::string_view advisory;
    };
    std::map<std::string_view, std::vector<Member>> members_of;
    for (const auto& [record, source] : records_) {
        auto& facts = sources_[source];
        if (record.is_withdrawn) {
            ++facts.withdrawn;
            continue;
        }
        if (!record.packages.empty()) {
            ++facts.records;
        }
        for (const auto& [name, advisory] : record.packages) {
            members_of[name].push_back({record.id, advisory});
        }
    }
    RowsByName rows;
    for (auto& [name, members] : members_of) {
        std::ranges::sort(members, {}, &Member::id);
        std::vector<std::string_view> packed(members.size());
        std::ranges::transform(members, packed.begin(), &Member::advisory);
        rows.emplace_hint(rows.end(), name, join_row(packed));
    }
    by_id_.clear();
    records_.clear();
    return rows;
}

} // namespace preflight::advisory
