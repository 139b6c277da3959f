// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/suggestion.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace preflight {

namespace {

/// The optimal string alignment distance: insertions, deletions, replacements and exchanges of
/// neighbours.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> previous(right.size() + 1);
    std::vector<std::size_t> current(right.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t row = 1; row <= left.size(); ++row) {
        current[0] = row;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const std::size_t replacement = left[row - 1] == right[column - 1] ? 0 : 1;
            current[column] = std::min({previous[column] + 1,
                                        current[column - 1] + 1,
                                        previous[column - 1] + replacement});
            const bool are_exchanged = row > 1 && column > 1 &&
                                       left[row - 1] == right[column - 2] &&
                                       left[row - 2] == right[column - 1];
            if (are_exchanged) {
                current[column] = std::min(current[column], before[column - 2] + 1);
            }
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[right.size()];
}

} // namespace

std::optional<std::string> find_suggestion(std::string_view word,
                                           std::span<const std::string> known) {
    constexpr std::size_t kMaxWord = 64; // nobody mistypes a word of this length
    const std::string* best = nullptr;
    std::size_t best_distance = word.size() <= 4 ? 2 : 3;
    for (const auto& candidate : known) {
        const auto found = word.size() > kMaxWord ? best_distance : distance(word, candidate);
        if (found < best_distance) {
            best = &candidate;
            best_distance = found;
        }
    }
    return best == nullptr ? std::nullopt : std::optional(*best);
}

} // namespace preflight
