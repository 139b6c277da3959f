// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/zip_builder.hpp"

#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <algorithm>
#include <string>

namespace preflight::unpack {

/// The first rule that the archive breaks, headers first and then contents; "accept" if it breaks
/// none.
inline std::string verdict_on(const std::string& zip, const ParseOptions& options = {}) {
    auto archive = parse_archive(as_bytes(zip), options);
    if (!archive) {
        return archive.error().rule_id;
    }
    std::ranges::sort(archive.value().entries, {}, &Entry::offset);
    Inflater inflater;
    for (const auto& entry : archive.value().entries) {
        if (const auto contents = inflater.inflate(entry); !contents) {
            return contents.error().rule_id;
        }
    }
    return "accept";
}

/// A file of five bytes, for the example to change.
inline test::ZipEntry sample() {
    return test::stored("a.py", "12345");
}

/// As many letters as asked for.
inline std::string text_of(std::size_t length) {
    return std::string(length, 'x');
}

} // namespace preflight::unpack
