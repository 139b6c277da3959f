// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/candidate.hpp"

#include "affected.hpp"
#include "row.hpp"

#include "preflight/python/version.hpp"

#include <algorithm>

namespace preflight::advisory {

namespace {

bool affects(const Advisory& advisory, std::string_view key) {
    return std::ranges::any_of(advisory.ranges,
                               [&](const Range& range) { return is_in_range(key, range); });
}

} // namespace

Candidate::Candidate(std::string_view version) : text_(version) {
    is_pep440_ = python::append_version_key(version, key_);
    if (!is_pep440_ || version.find('+') == std::string_view::npos) {
        return;
    }
    if (const auto parsed = python::parse_version(version); parsed && parsed->has_local()) {
        public_key_ = python::version_key(parsed->public_text());
    }
}

bool Candidate::is_affected_by(const Advisory& advisory) const {
    if (!is_pep440_) {
        return advisory.versions.holds_text(text_) || affects(advisory, key_);
    }
    const auto is_affected = [&](const std::string& key) {
        return affects(advisory, key) || advisory.versions.holds_key(key);
    };
    return is_affected(key_) || (!public_key_.empty() && is_affected(public_key_));
}

bool Candidate::is_affected_by_any(ByteView row) const {
    if (!is_pep440_) {
        return row_affects(row, {.text = text_, .key = key_});
    }
    return row_affects(row, {.key = key_}) ||
           (!public_key_.empty() && row_affects(row, {.key = public_key_}));
}

} // namespace preflight::advisory
