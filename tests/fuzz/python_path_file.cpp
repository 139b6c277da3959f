// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, parse_path_file() gives lines: none is empty, holds a line break or ends in a
// blank, and together they are no longer than the file.
#include "require.hpp"

#include "preflight/python/path_file.hpp"

#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto lines = preflight::python::parse_path_file(std::as_bytes(std::span(data, size)));
    std::size_t total = 0;
    for (const auto& line : lines) {
        total += line.size();
        require(!line.empty() && line.find_first_of("\r\n") == std::string::npos);
        require(line.back() != ' ' && line.front() != '#' && !line.starts_with("import "));
    }
    require(total <= size);
    return 0;
}
