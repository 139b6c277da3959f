// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/document/json_writer.hpp"
#include "preflight/finding/incomplete.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Members of JSON objects, by type.
namespace preflight::report {

inline constexpr std::uint64_t kSchemaVersion = 1;

inline void write(document::JsonWriter& json, std::string_view key, std::string_view value) {
    json.key(key);
    json.string(value);
}

inline void write(document::JsonWriter& json, std::string_view key, std::uint64_t value) {
    json.key(key);
    json.number(value);
}

inline void
write(document::JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
    json.key(key);
    json.begin_array();
    for (const auto& value : values) {
        json.string(value);
    }
    json.end_array();
}

inline void write_bool(document::JsonWriter& json, std::string_view key, bool value) {
    json.key(key);
    json.boolean(value);
}

/// An empty text says that there is none.
inline void
write_or_null(document::JsonWriter& json, std::string_view key, std::string_view value) {
    json.key(key);
    value.empty() ? json.null() : json.string(value);
}

inline void write_line(document::JsonWriter& json, std::size_t line) {
    json.key("line");
    line == 0 ? json.null() : json.number(line);
}

/// Writes an array of objects, each filled by `fill`.
template <class Items, class Fill>
void write_objects(document::JsonWriter& json,
                   std::string_view key,
                   const Items& items,
                   Fill fill) {
    json.key(key);
    json.begin_array();
    for (const auto& item : items) {
        json.begin_object();
        fill(item);
        json.end_object();
    }
    json.end_array();
}

/// The members of one entry of `incomplete`.
void write_incomplete_item(document::JsonWriter& json, const Incomplete& item);

} // namespace preflight::report
