// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, each physical line is accounted for once: as a pin, as part of an unjudged
// line, or as empty or a comment. Pins have a valid name in normal form, unjudged lines a reason
// and a short printable text.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/requirements_file.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace {

namespace python = preflight::python;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = python::parse_requirements_file(std::as_bytes(std::span(data, size)));
    std::vector<bool> is_taken(file.line_count + 1);
    std::size_t lines = file.silent_count;
    const auto take = [&](std::size_t line) {
        require(line >= 1 && line <= file.line_count && !is_taken[line]);
        is_taken[line] = true;
        ++lines;
    };
    for (const auto& pin : file.pins) {
        take(pin.line);
        require(python::is_valid_name(pin.name) && python::normalize_name(pin.name) == pin.name);
        require(!pin.version.empty() && pin.version.find('*') == std::string::npos);
    }
    for (const auto& unjudged : file.unjudged) {
        for (std::size_t index = 0; index < unjudged.line_count; ++index) {
            take(unjudged.line + index);
        }
        require(unjudged.line_count > 0 && !unjudged.why.empty() && unjudged.text.size() <= 200);
        require(preflight::is_utf8(unjudged.text) && unjudged.text.find('\n') == std::string::npos);
    }
    require(lines == file.line_count);
    const auto ends = std::count(data, data + size, std::uint8_t{'\n'});
    require(file.line_count >= static_cast<std::size_t>(ends));
    return 0;
}
