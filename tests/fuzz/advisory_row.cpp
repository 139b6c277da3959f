// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, decode_advisories() returns; a row that is accepted is the one form of its
// advisories, and a refusal points inside the row.
#include "preflight/advisory/index.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view row(reinterpret_cast<const char*>(data), size);
    const auto advisories = preflight::advisory::decode_advisories(preflight::as_bytes(row));
    const bool is_sound = advisories ? preflight::advisory::encode_advisories(*advisories) == row
                                     : advisories.error().offset <= size;
    if (!is_sound) {
        std::abort();
    }
    return 0;
}
