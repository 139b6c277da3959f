// SPDX-License-Identifier: Apache-2.0
#include "affected.hpp"

#include "listed_versions.hpp"

#include <algorithm>
#include <cstddef>

namespace preflight::advisory {

namespace {

/// Which versions of an ascending list are affected, as spans of positions.
class Marks {
public:
    explicit Marks(std::span<const std::string> keys) : keys_(keys), changes_(keys.size() + 1) {}

    [[nodiscard]] std::size_t first_from(std::string_view key) const {
        return position(std::ranges::lower_bound(keys_, key));
    }
    [[nodiscard]] std::size_t first_above(std::string_view key) const {
        return position(std::ranges::upper_bound(keys_, key));
    }
    [[nodiscard]] std::size_t end() const { return keys_.size(); }

    void mark(std::size_t begin, std::size_t end) {
        if (begin < end) {
            ++changes_[begin];
            --changes_[end];
        }
    }

    [[nodiscard]] std::vector<bool> result() const {
        std::vector<bool> is_affected(keys_.size());
        std::ptrdiff_t marks = 0;
        for (std::size_t index = 0; index < keys_.size(); ++index) {
            marks += changes_[index];
            is_affected[index] = marks > 0;
        }
        return is_affected;
    }

private:
    [[nodiscard]] std::size_t position(std::span<const std::string>::iterator place) const {
        return static_cast<std::size_t>(place - keys_.begin());
    }

    std::span<const std::string> keys_;
    std::vector<std::ptrdiff_t> changes_; ///< Spans that begin at a position, less those that end.
};

void mark_listed(const ListedVersions& versions, std::span<const std::string> keys, Marks& marks) {
    auto block = std::string_view(versions.keys);
    while (const auto key = take_entry(block)) {
        if (*key < keys.front() || *key > keys.back()) {
            continue; // true of most, and quick to see
        }
        const auto place = marks.first_from(*key);
        if (keys[place] == *key) {
            marks.mark(place, place + 1);
        }
    }
}

/// Below which versions the `limit` events leave a range in force.
std::size_t limit_of(const Range& range, const Marks& marks) {
    // Sorted: the last limit is the highest, and to be below one of them is enough.
    const auto highest =
        std::ranges::find_if(range.events.rbegin(), range.events.rend(), [](const Event& event) {
            return event.kind == EventKind::limit;
        });
    return highest == range.events.rend() ? marks.end() : marks.first_from(highest->key);
}

/// The same walk as in is_in_range(), for all versions at once: between two events nothing changes,
/// and the version that equals an event stands by itself.
void mark_range(const Range& range, Marks& marks) {
    const auto limit = limit_of(range, marks);
    bool is_affected = false;
    std::size_t done = 0;
    for (auto event = range.events.begin(); event != range.events.end();) {
        const auto begin = marks.first_from(event->key);
        const auto end = marks.first_above(event->key);
        if (is_affected) {
            marks.mark(done, std::min(begin, limit));
        }
        bool is_equal_affected = is_affected;
        const auto& key = event->key;
        for (; event != range.events.end() && event->key == key; ++event) {
            if (event->kind == EventKind::introduced) {
                is_equal_affected = is_affected = true;
            } else if (event->kind != EventKind::limit) {
                is_affected = false;
                is_equal_affected = is_equal_affected && event->kind == EventKind::last_affected;
            }
        }
        if (is_equal_affected) {
            marks.mark(begin, std::min(end, limit));
        }
        done = end;
    }
    if (is_affected) {
        marks.mark(done, limit);
    }
}

} // namespace

void RangeWalk::pass(EventKind kind, std::string_view key) {
    switch (kind) {
    case EventKind::introduced:
        is_affected_ = is_affected_ || key <= key_;
        break;
    case EventKind::last_affected:
        is_affected_ = is_affected_ && key >= key_;
        break;
    case EventKind::fixed:
        is_affected_ = is_affected_ && key > key_;
        break;
    case EventKind::limit:
        is_limited_ = true;
        is_below_limit_ = is_below_limit_ || key_ < key;
        break;
    }
}

bool is_in_range(std::string_view key, const Range& range) {
    RangeWalk walk(key);
    for (const auto& event : range.events) {
        walk.pass(event.kind, event.key);
    }
    return walk.holds();
}

std::vector<bool> find_affected(std::span<const std::string> keys,
                                std::span<const Advisory* const> advisories) {
    Marks marks(keys);
    if (keys.empty()) {
        return {};
    }
    for (const auto* advisory : advisories) {
        mark_listed(advisory->versions, keys, marks);
        for (const auto& range : advisory->ranges) {
            mark_range(range, marks);
        }
    }
    return marks.result();
}

} // namespace preflight::advisory
