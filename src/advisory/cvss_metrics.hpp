// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace preflight::advisory {

/// One metric of a CVSS version and the values it may have.
struct MetricDefinition {
    std::string_view name;
    std::string_view values; ///< Parted by blanks; a choice is the position in here.
    bool is_mandatory = false;
};

/// How the metrics of a vector must be arranged.
enum class MetricOrder { fixed, any };

inline constexpr std::size_t kMaxMetrics = 32; ///< CVSS 4.0 has that many.
inline constexpr int kNotGiven = -1;

/// The position of the chosen value of each metric, in the order of the definitions.
class Choices {
public:
    Choices() { positions_.fill(kNotGiven); }

    [[nodiscard]] int operator[](std::size_t metric) const { return positions_.at(metric); }
    [[nodiscard]] bool is_given(std::size_t metric) const { return (*this)[metric] != kNotGiven; }
    /// The chosen position, or that of the value which stands for "not defined".
    [[nodiscard]] std::size_t position_or(std::size_t metric, std::size_t not_defined) const {
        return is_given(metric) ? static_cast<std::size_t>((*this)[metric]) : not_defined;
    }
    void choose(std::size_t metric, int position) {
        positions_.at(metric) = static_cast<std::int8_t>(position);
    }

private:
    std::array<std::int8_t, kMaxMetrics> positions_{};
};

/// Reads `<metric>:<value>/<metric>:<value>...`, what follows the first `offset` bytes of `vector`.
/// Refuses an empty field, an unknown metric or value, a repeated or misplaced metric, and a
/// mandatory one that is missing.
[[nodiscard]] Result<Choices> parse_metrics(std::string_view vector,
                                            std::size_t offset,
                                            std::span<const MetricDefinition> definitions,
                                            MetricOrder order);

} // namespace preflight::advisory
