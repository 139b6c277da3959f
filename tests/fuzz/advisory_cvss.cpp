// SPDX-License-Identifier: Apache-2.0
//
// Whatever the text, parse_cvss() returns; scores lie between 0 and 10.0, a refusal points inside
// the text, and a vector of CVSS 2 or 3 is the same one when its metrics stand in another order.
#include "require.hpp"

#include "preflight/advisory/cvss.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using preflight::advisory::CvssScores;

bool is_score(int tenths) {
    return 0 <= tenths && tenths <= 100;
}

/// The same vector with its first metric behind all others.
std::string rotated(std::string_view vector) {
    const auto start = vector.starts_with("CVSS:3") ? vector.find('/') + 1 : 0;
    const auto end = std::min(vector.find('/', start), vector.size());
    const auto first = vector.substr(start, end - start);
    const auto others = vector.substr(std::min(end + 1, vector.size()));
    return std::string(vector.substr(0, start)).append(others).append("/").append(first);
}

bool is_same(const CvssScores& left, const CvssScores& right) {
    return left.base == right.base && left.temporal == right.temporal &&
           left.environmental == right.environmental;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view vector(reinterpret_cast<const char*>(data), size);
    const auto scores = preflight::advisory::parse_cvss(vector);
    if (!scores) {
        require(scores.error().offset <= size);
        return 0;
    }
    require(is_score(scores->base));
    require(is_score(scores->temporal.value_or(0)));
    require(is_score(scores->environmental.value_or(0)));
    if (!vector.starts_with("CVSS:4") && !vector.starts_with('(')) {
        const auto again = preflight::advisory::parse_cvss(rotated(vector));
        require(again.has_value() && is_same(*again, *scores));
    }
    return 0;
}
