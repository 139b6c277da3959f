// SPDX-License-Identifier: Apache-2.0
#include "cvss_metrics.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace preflight::advisory {

namespace {

// Enough to name a metric in a message; a vector may be anybody's and of any length.
constexpr std::size_t kLongestQuote = 40;

std::string quoted(std::string_view text) {
    return in_quotes(text.substr(0, kLongestQuote));
}

/// The position of `value` among the `values` parted by blanks.
std::optional<int> find_position(std::string_view values, std::string_view value) {
    for (int position = 0; !values.empty(); ++position) {
        const auto end = std::min(values.find(' '), values.size());
        if (values.substr(0, end) == value) {
            return position;
        }
        values.remove_prefix(std::min(end + 1, values.size()));
    }
    return std::nullopt;
}

/// Reads the fields of one vector, from left to right.
class MetricReader {
public:
    MetricReader(std::span<const MetricDefinition> definitions, MetricOrder order)
        : definitions_(definitions), order_(order) {}

    std::optional<InputError> read(std::string_view field, std::size_t offset) {
        const auto colon = field.find(':');
        if (colon == std::string_view::npos) {
            return InputError{"expected '<metric>:<value>', found " + quoted(field), offset};
        }
        const auto name = field.substr(0, colon);
        const auto value = field.substr(colon + 1);
        const auto row = std::ranges::find(definitions_, name, &MetricDefinition::name);
        if (row == definitions_.end()) {
            return InputError{"unknown metric " + quoted(name), offset};
        }
        const auto metric = static_cast<std::size_t>(row - definitions_.begin());
        if (choices_.is_given(metric)) {
            return InputError{"metric " + quoted(name) + " is given twice", offset};
        }
        if (order_ == MetricOrder::fixed && metric < next_) {
            return InputError{"metric " + quoted(name) + " is out of order", offset};
        }
        const auto position = value.empty() ? std::nullopt : find_position(row->values, value);
        if (!position) {
            return InputError{"metric " + quoted(name) + " cannot be " + quoted(value),
                              offset + colon + 1};
        }
        choices_.choose(metric, *position);
        next_ = metric + 1;
        return std::nullopt;
    }

    /// What was read, unless a mandatory metric is missing; `end` is where the vector ends.
    Result<Choices> finish(std::size_t end) const {
        for (std::size_t metric = 0; metric < definitions_.size(); ++metric) {
            if (definitions_[metric].is_mandatory && !choices_.is_given(metric)) {
                return InputError{"metric " + quoted(definitions_[metric].name) + " is missing",
                                  end};
            }
        }
        return choices_;
    }

private:
    std::span<const MetricDefinition> definitions_;
    MetricOrder order_;
    Choices choices_;
    std::size_t next_ = 0;
};

} // namespace

Result<Choices> parse_metrics(std::string_view vector,
                              std::size_t offset,
                              std::span<const MetricDefinition> definitions,
                              MetricOrder order) {
    MetricReader reader(definitions, order);
    for (auto start = offset; start <= vector.size();) {
        const auto end = std::min(vector.find('/', start), vector.size());
        if (auto error = reader.read(vector.substr(start, end - start), start)) {
            return *std::move(error);
        }
        start = end + 1;
    }
    return reader.finish(vector.size());
}

} // namespace preflight::advisory
