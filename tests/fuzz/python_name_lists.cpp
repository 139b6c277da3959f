// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, import names are read again when they are written anew, and paths of
// installed files are resolved: `..` stands at the front alone, and resolving them from the site
// folder itself changes nothing.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name_lists.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace {

namespace python = preflight::python;

std::string join(const std::vector<std::string>& lines, std::string_view before) {
    std::string text = "\n"; // a line that begins with a byte order mark keeps it
    for (const auto& line : lines) {
        text += line.starts_with('/') ? "" : before;
        text += line + "\n";
    }
    return text;
}

void check_path(std::string_view path) {
    require(!path.empty() && path.find('\0') == std::string_view::npos);
    if (path.starts_with('/')) {
        return;
    }
    while (path.starts_with("../")) {
        path.remove_prefix(3);
    }
    const auto inside = "/" + std::string(path) + "/";
    require(inside == "/../" || inside.find("/../") == std::string::npos);
    require(inside.find("//") == std::string::npos && inside.find("/./") == std::string::npos);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    const auto names = python::parse_top_level(bytes);
    require(names.size() <= python::kMaxNameListLines);
    for (const auto& name : names) {
        require(preflight::is_utf8(name) && name.front() != '.' && name.back() != '.');
    }
    require(python::parse_top_level(preflight::as_bytes(join(names, ""))) == names);

    const auto paths = python::parse_installed_files(bytes, "a.egg-info");
    std::size_t longest = 0;
    for (const auto& path : paths) {
        check_path(path);
        longest = std::max(longest, path.size());
    }
    if (longest + 3 <= python::kMaxNameListLine) {
        const auto written = join(paths, "../");
        require(python::parse_installed_files(preflight::as_bytes(written)) == paths);
    }
    return 0;
}
