// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/entry_points.hpp"

#include "blanks.hpp"
#include "lines.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/identifiers.hpp"

#include <utility>

namespace preflight::python {

namespace {

/// `[gui_scripts]`: the group; nothing for a line that begins none.
std::optional<std::string_view> find_group(std::string_view line) {
    if (!line.starts_with('[') || !line.ends_with(']') || line.size() < 2) {
        return std::nullopt;
    }
    return strip_blanks(line.substr(1, line.size() - 2));
}

/// Drops `[extra, ...]`, if it stands at the end.
std::string_view without_extras(std::string_view value) {
    const std::size_t bracket = value.find('[');
    return bracket != std::string_view::npos && value.ends_with(']')
               ? strip_blanks(value.substr(0, bracket))
               : value;
}

std::optional<EntryPoint> find_entry_point(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
        return std::nullopt;
    }
    const auto name = strip_blanks(line.substr(0, equals));
    const auto value = without_extras(strip_blanks(line.substr(equals + 1)));
    const std::size_t colon = value.find(':');
    const auto module = strip_blanks(value.substr(0, colon));
    if (name.empty() || !is_import_name(module)) {
        return std::nullopt;
    }
    EntryPoint entry;
    entry.name = name;
    entry.module = module;
    if (colon != std::string_view::npos) {
        entry.attribute = strip_blanks(value.substr(colon + 1));
        if (!is_import_name(entry.attribute)) {
            return std::nullopt;
        }
    }
    return entry;
}

} // namespace

std::vector<EntryPoint> parse_entry_points(ByteView bytes) {
    auto rest = as_text(bytes);
    drop_byte_order_mark(rest);
    std::vector<EntryPoint> entries;
    std::string_view group;
    while (!rest.empty() && entries.size() < kMaxEntryPoints) {
        const auto whole_line = take_split_line(rest);
        const auto line = strip_blanks(whole_line);
        if (line.starts_with('#') || line.starts_with(';')) {
            continue;
        }
        const bool is_usable = whole_line.size() <= kMaxEntryPointLine && is_utf8(line);
        if (line.starts_with('[')) { // what follows does not belong to the group before
            group = is_usable ? find_group(line).value_or("") : "";
            continue;
        }
        auto entry = is_usable && !group.empty() ? find_entry_point(line) : std::nullopt;
        if (entry) {
            entry->group = group;
            entries.push_back(std::move(*entry));
        }
    }
    return entries;
}

} // namespace preflight::python
