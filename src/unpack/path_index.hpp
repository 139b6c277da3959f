// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace preflight::unpack {

/// The hash of a path, made component by component, so that each folder on the way has one as well.
/// As long as the seed is drawn by chance, nobody can make an archive whose paths collide.
class PathHash {
public:
    explicit PathHash(std::uint64_t seed);

    void add(std::string_view component);

    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t factor_;
    std::uint64_t value_;
};

[[nodiscard]] std::uint64_t hash_path(std::uint64_t seed, std::string_view path);

/// Finds, among some entries of an archive, the one with a path. The index knows hashes alone, and
/// asks for a path, in order to compare it, only when the hashes are equal: this is why it stays
/// small, whatever the length of the paths.
class PathIndex {
public:
    struct Item {
        std::uint64_t hash = 0;
        std::uint32_t entry = 0;
    };

    /// Items in whatever order, any number of which may have one path.
    explicit PathIndex(std::vector<Item> items);

    /// The first item, in order of entry, whose hash this is and of which `matches(entry)` holds.
    template <class Matches>
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash,
                                                    const Matches& matches) const {
        if (may_hold(hash)) {
            for (auto place = lower_bound(hash);
                 place < items_.size() && items_[place].hash == hash;
                 ++place) {
                if (matches(items_[place].entry)) {
                    return items_[place].entry;
                }
            }
        }
        return std::nullopt;
    }

    /// In order of hash, then entry.
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }

private:
    [[nodiscard]] bool may_hold(std::uint64_t hash) const {
        const auto bit = hash & mask_;
        return (filter_[bit / 64] >> (bit % 64) & 1U) != 0;
    }
    [[nodiscard]] std::size_t lower_bound(std::uint64_t hash) const;

    std::vector<Item> items_;
    std::vector<std::uint64_t>
        filter_; ///< One bit is set for each hash: most absent ones show here.
    std::uint64_t mask_ = 0;
};

} // namespace preflight::unpack
