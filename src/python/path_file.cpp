// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/path_file.hpp"

#include <algorithm>
#include <string_view>

namespace preflight::python {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_code(std::string_view line) {
    return line.starts_with("import ") || line.starts_with("import\t");
}

} // namespace

std::vector<std::string> parse_path_file(ByteView bytes) {
    std::vector<std::string> paths;
    auto rest = as_text(bytes);
    if (rest.starts_with(kByteOrderMark)) {
        rest.remove_prefix(kByteOrderMark.size());
    }
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
        auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
        if (!line.empty() && !line.starts_with('#') && !is_code(line)) {
            paths.emplace_back(line);
        }
    }
    return paths;
}

} // namespace preflight::python
