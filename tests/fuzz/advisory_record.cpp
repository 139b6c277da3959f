// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, a RecordParser returns. Of an accepted record the packages and events are in
// order, a row of the index gives back the same advisories, and matching a few versions agrees with
// itself: a finding exactly where a record affects, an upgrade that no record affects.
#include "require.hpp"

#include "preflight/advisory/index.hpp"
#include "preflight/advisory/match.hpp"
#include "preflight/advisory/record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace {

using namespace std::string_view_literals;
namespace advisory = preflight::advisory;

bool comes_before(const advisory::Event& left, const advisory::Event& right) {
    return std::tie(left.key, left.kind) < std::tie(right.key, right.kind);
}

void require_judgement(const advisory::Advisory& record, std::string_view version) {
    const preflight::PackageName package{"demo", std::string(version), ""};
    const auto result = advisory::match(package, std::span(&record, 1));
    require(result.findings.empty() != advisory::Candidate(version).is_affected_by(record));
    require(result.upgrade.empty() || !advisory::Candidate(result.upgrade).is_affected_by(record));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto record = advisory::RecordParser().parse(std::as_bytes(std::span(data, size)));
    if (!record) {
        require(!record.error().message.empty() && record.error().offset <= size);
        return 0;
    }
    require(!record->id.empty() && !record->modified.empty());
    require(std::ranges::is_sorted(
        record->packages, std::less_equal<>(), &advisory::AffectedPackage::name));
    for (const auto& package : record->packages) {
        for (const auto& range : package.advisory.ranges) {
            require(std::ranges::is_sorted(range.events, comes_before));
        }
        const auto row = advisory::encode_advisories({package.advisory});
        const auto again = advisory::decode_advisories(preflight::as_bytes(row));
        require(again.has_value() && advisory::encode_advisories(*again) == row);
        for (const auto version : {"0"sv, "1.0"sv, "1.5+local"sv, "2.0rc1"sv, "odd"sv}) {
            require_judgement(package.advisory, version);
        }
    }
    return 0;
}
