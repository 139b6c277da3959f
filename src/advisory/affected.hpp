// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {

/// Walks the events of one range, in their order, past one version.
class RangeWalk {
public:
    explicit RangeWalk(std::string_view key) : key_(key) {}

    void pass(EventKind kind, std::string_view key);
    /// Whether the range holds the version, once all events are passed.
    [[nodiscard]] bool holds() const { return is_affected_ && (!is_limited_ || is_below_limit_); }

private:
    std::string_view key_; ///< Of the version.
    bool is_affected_ = false;
    bool is_limited_ = false;
    bool is_below_limit_ = false;
};

/// Whether a range holds the version with that key. A text that is no version keeps its place below
/// all versions, as an event, too: `fixed: 2019-09-12` is a fix before all versions of PEP 440.
///
/// Source: OSV schema, "Evaluation"; osv-cvss.md, section 2; python-packaging.md, section 1.6.
[[nodiscard]] bool is_in_range(std::string_view key, const Range& range);

/// Which of these versions, keys of PEP 440 versions in ascending order, at least one of the
/// records affects. Takes them all at once, so that the time grows with the sum of versions and
/// records and not with their product.
[[nodiscard]] std::vector<bool> find_affected(std::span<const std::string> keys,
                                              std::span<const Advisory* const> advisories);

} // namespace preflight::advisory
