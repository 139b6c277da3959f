// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace preflight::differential {

/// Numbers that look like chance and are the same for the same seed on every machine, which the
/// distributions of the standard library do not promise.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014:
/// SplitMix64.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    [[nodiscard]] std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        auto mixed = state_;
        mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111eb;
        return mixed ^ mixed >> 31U;
    }

    /// One of 0 to `limit` - 1; 0 where there is none.
    [[nodiscard]] std::size_t below(std::size_t limit) { return limit == 0 ? 0 : next() % limit; }

    [[nodiscard]] bool one_in(std::size_t limit) { return below(limit) == 0; }

    /// An element of what is not empty.
    template <class Range>
    [[nodiscard]] const auto& pick(const Range& range) {
        return range[below(range.size())];
    }

private:
    std::uint64_t state_;
};

} // namespace preflight::differential
