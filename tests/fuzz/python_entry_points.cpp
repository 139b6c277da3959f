// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, entry points are few, have a group, a name and a module, and are read again
// when they are written anew. A file that is a generated script imports what it calls, is none
// behind one more statement, and what it calls is found in the script that pip writes for it.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/entry_points.hpp"

#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;

bool is_same(const python::EntryPoint& left, const python::EntryPoint& right) {
    return left.group == right.group && left.name == right.name && left.module == right.module &&
           left.attribute == right.attribute;
}

void check_entry_points(preflight::ByteView bytes) {
    const auto entries = python::parse_entry_points(bytes);
    require(entries.size() <= python::kMaxEntryPoints);
    std::string written;
    for (const auto& entry : entries) {
        require(!entry.group.empty() && !entry.name.empty() && !entry.module.empty());
        require(preflight::is_utf8(entry.group + entry.name + entry.module + entry.attribute));
        written += "[" + entry.group + "]\n" + entry.name + "=" + entry.module;
        written += (entry.attribute.empty() ? "" : ":") + entry.attribute + "\n";
    }
    const auto again = python::parse_entry_points(preflight::as_bytes(written));
    require(again.size() == entries.size());
    for (std::size_t at = 0; at < entries.size(); ++at) {
        require(is_same(again[at], entries[at]));
    }
}

void check_script(std::string_view text) {
    const auto entry = python::parse_console_script(preflight::as_bytes(text));
    if (!entry) {
        return;
    }
    require(entry->group == "console_scripts" && entry->name.empty());
    const auto imported = entry->attribute.substr(0, entry->attribute.find('.'));
    const auto import = "from " + entry->module + " import " + imported;
    require(text.find(import) != std::string_view::npos);
    const auto more = std::string(text) + "\nprint()";
    require(!python::parse_console_script(preflight::as_bytes(more)));

    const auto script = "#!/usr/bin/python3\nimport sys\n" + import +
                        "\nif __name__ == '__main__':\n    sys.exit(" + entry->attribute + "())\n";
    const auto again = python::parse_console_script(preflight::as_bytes(script));
    require(again && is_same(*again, *entry));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_entry_points(preflight::as_bytes(text));
    check_script(text);
    return 0;
}
