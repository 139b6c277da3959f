// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/index.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace preflight::advisory {

/// A record of which nobody wants to know more than which row it belongs into.
struct PackedRecord {
    struct Package {
        std::string name;     ///< In normal form.
        std::string advisory; ///< pack_advisory().
    };

    std::string id;
    std::string modified;
    bool is_withdrawn = false;
    std::vector<Package> packages = {}; ///< Each name once.
};

/// Records of several sources, each id once: the one that was modified last, and of equal ones the
/// first. A withdrawn record takes part, so that it ends an older one that was not.
class RecordSet {
public:
    /// What is added from now on comes from this source.
    void begin_source(SourceFacts source);
    /// The one that was begun last.
    [[nodiscard]] SourceFacts& source() { return sources_.back(); }
    /// Whether it gave any record so far.
    [[nodiscard]] bool has_source_records() const { return has_source_records_; }

    void add(PackedRecord record);

    /// Sorts the live records by package, and counts them for their sources. Empties the set.
    [[nodiscard]] RowsByName take_rows();
    /// To be called after take_rows(), which counts.
    [[nodiscard]] std::vector<SourceFacts> take_sources() { return std::move(sources_); }

private:
    struct Kept {
        PackedRecord record;
        std::size_t source = 0;
    };

    std::deque<Kept> records_; ///< In the order of their arrival.
    std::unordered_map<std::string_view, Kept*> by_id_;
    std::vector<SourceFacts> sources_;
    bool has_source_records_ = false;
};

} // namespace preflight::advisory
