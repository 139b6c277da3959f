// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, parse_path_file() gives lines: none is empty, holds a line break or ends in a
// blank, and together they are no longer than the file.
#include "preflight/python/path_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto lines = preflight::python::parse_path_file(std::as_bytes(std::span(data, size)));
    std::size_t total = 0;
    for (const auto& line : lines) {
        total += line.size();
        if (line.empty() || line.find_first_of("\r\n") != std::string::npos || line.back() == ' ' ||
            line.front() == '#' || line.starts_with("import ")) {
            std::abort();
        }
    }
    if (total > size) {
        std::abort();
    }
    return 0;
}
