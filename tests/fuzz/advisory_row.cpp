// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, decode_advisories() returns; a row that is accepted is the one form of its
// advisories, a refusal points inside the row, and a version is judged alike by the row and by what
// it decodes to.
#include "preflight/advisory/candidate.hpp"
#include "preflight/advisory/index.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace {

namespace advisory = preflight::advisory;

bool is_judged_alike(const advisory::Candidate& candidate,
                     std::string_view row,
                     const preflight::Result<std::vector<advisory::Advisory>>& advisories) {
    const bool answer = candidate.is_affected_by_any(preflight::as_bytes(row));
    return !advisories ||
           answer == std::ranges::any_of(*advisories, [&](const advisory::Advisory& record) {
               return candidate.is_affected_by(record);
           });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::array candidates = {advisory::Candidate("1.1"),
                                          advisory::Candidate("1.0+local"),
                                          advisory::Candidate("2004-beta")};
    const std::string_view row(reinterpret_cast<const char*>(data), size);
    const auto advisories = advisory::decode_advisories(preflight::as_bytes(row));
    bool is_sound = advisories ? advisory::encode_advisories(*advisories) == row
                               : advisories.error().offset <= size;
    for (const auto& candidate : candidates) {
        is_sound = is_judged_alike(candidate, row, advisories) && is_sound;
    }
    if (!is_sound) {
        std::abort();
    }
    return 0;
}
