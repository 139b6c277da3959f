// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

#include "names.hpp"

namespace preflight::report {

void write_incomplete_item(document::JsonWriter& json, const Incomplete& item) {
    write(json, "kind", name_of(item.kind));
    write(json, "what", item.what);
    write(json, "why", item.why);
    write_or_null(json, "artifact", item.artifact);
    write_or_null(json, "path", item.path);
    write_line(json, item.line);
}

} // namespace preflight::report
