// SPDX-License-Identifier: Apache-2.0
#include "path_index.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

namespace preflight::unpack {

namespace {

/// Both halves of the 128-bit product, folded: every bit of the factors takes part in every bit.
std::uint64_t mix(std::uint64_t left, std::uint64_t right) {
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(left) * right;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

// The fraction of the golden ratio: without a pattern, and nothing up the sleeve.
constexpr std::uint64_t kNoise = 0x9e3779b97f4a7c15;

constexpr std::uint64_t kMinFilterBits = 64;
constexpr std::uint64_t kMaxFilterBits = 1U << 22U; // half a megabyte: stays in the cache

} // namespace

PathHash::PathHash(std::uint64_t seed)
    : factor_(mix(seed ^ kNoise, kNoise) | 1U), value_(mix(seed, kNoise)) {}

void PathHash::add(std::string_view component) {
    // The length keeps components apart: "a/bc" is not "ab/c".
    auto value = mix(value_ ^ component.size(), factor_);
    while (component.size() >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, component.data(), sizeof word);
        value = mix(value ^ word, factor_);
        component.remove_prefix(sizeof word);
    }
    if (!component.empty()) {
        std::uint64_t word = 0;
        std::memcpy(&word, component.data(), component.size());
        value = mix(value ^ word, factor_);
    }
    value_ = value;
}

std::uint64_t hash_path(std::uint64_t seed, std::string_view path) {
    PathHash hash(seed);
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        hash.add(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return hash.value();
}

PathIndex::PathIndex(std::vector<Item> items) : items_(std::move(items)) {
    std::ranges::sort(items_, [](const Item& left, const Item& right) {
        return std::tie(left.hash, left.entry) < std::tie(right.hash, right.entry);
    });
    const auto bits =
        std::clamp(std::bit_ceil(std::uint64_t{8} * items_.size()), kMinFilterBits, kMaxFilterBits);
    mask_ = bits - 1;
    filter_.resize(bits / 64);
    for (const auto& item : items_) {
        const auto bit = item.hash & mask_;
        filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
}

std::size_t PathIndex::lower_bound(std::uint64_t hash) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(items_, hash, {}, &Item::hash) -
                                    items_.begin());
}

} // namespace preflight::unpack
