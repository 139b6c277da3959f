// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, parse_path_file() gives lines: none is empty, holds a line break or ends in a
// blank, paths are no code and no comments, and code is both code and short. No more than one
// thousand lines of a kind are there, and what is known is so by is_known_path_code() too.
#include "require.hpp"

#include "preflight/python/path_file.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace {

void check_line(std::string_view line) {
    require(!line.empty() && line.find_first_of("\r\n") == std::string::npos);
    require(line.front() != '#');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace python = preflight::python;
    const auto file = python::parse_path_file(std::as_bytes(std::span(data, size)));
    std::size_t total = 0;
    for (const auto& path : file.paths) {
        check_line(path);
        require(path.back() != ' ' && path.back() != '\x1C' && !path.starts_with("import "));
        total += path.size();
    }
    require(total <= 2 * size && file.paths.size() <= python::kMaxPathFileLines);

    std::size_t line = 1;
    for (const auto& code : file.code) {
        check_line(code.text);
        require(code.line >= line && code.text.starts_with("import") && code.text.size() <= 200);
        // A text of 197 bytes or more may have been cut.
        require(code.text.size() > 196 || code.is_known == python::is_known_path_code(code.text));
        line = code.line;
    }
    const auto known =
        std::ranges::count_if(file.code, [](const auto& code) { return code.is_known; });
    const auto limit = static_cast<std::ptrdiff_t>(python::kMaxPathFileLines);
    require(known <= limit && std::ssize(file.code) - known <= limit);
    return 0;
}
