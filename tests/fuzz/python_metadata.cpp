// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, all fields are UTF-8 on one line, the problems are few and printable, and
// header_values() agrees with parse_metadata(): the first value of a single-use field is the field.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/metadata.hpp"

#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;

void check_field(const std::string& field, preflight::ByteView bytes, std::string_view key) {
    const auto values = python::header_values(bytes, key);
    require(field == (values.empty() ? "" : values.front()));
    require(preflight::is_utf8(field) && field.find_first_of("\r\n") == std::string::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto metadata = python::parse_metadata(bytes);
    check_field(metadata.metadata_version, bytes, "metadata-version");
    check_field(metadata.name, bytes, "NAME");
    check_field(metadata.version, bytes, "Version");
    check_field(metadata.requires_python, bytes, "Requires-Python");
    require(metadata.requires_dist == python::header_values(bytes, "Requires-Dist"));
    require(metadata.problems.size() <= 10);
    for (const auto& problem : metadata.problems) {
        require(preflight::printable(problem) == problem);
    }
    return 0;
}
