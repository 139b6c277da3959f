// SPDX-License-Identifier: Apache-2.0
#include "listed_versions.hpp"

#include "affected.hpp"

#include "preflight/advisory/record.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>

namespace preflight::advisory {

namespace {

/// Writes the length of the entry whose bytes begin at `start`, one byte behind the place for it.
void write_length(std::string& block, std::size_t start) {
    const auto length = block.size() - start;
    if (length < kLongEntry) {
        block[start - 1] = static_cast<char>(length);
        return;
    }
    block[start - 1] = static_cast<char>(kLongEntry);
    std::string bytes;
    for (std::size_t byte = 0; byte < kLongLengthBytes; ++byte) {
        bytes += static_cast<char>(length >> (8 * byte) & 0xFFU);
    }
    block.insert(start, bytes);
}

void add_text(std::string_view text, std::string& block) {
    block += '\0'; // the place of the length
    const auto start = block.size();
    block += text;
    write_length(block, start);
}

} // namespace

void ListedVersions::add(std::string_view version, std::span<const Range> ranges) {
    const auto length_at = keys.size();
    keys += '\0'; // the place of the length
    const auto start = keys.size();
    if (!python::append_version_key(version, keys)) {
        keys.resize(length_at);
        add_text(version, legacy);
        ++count;
        return;
    }
    const auto key = std::string_view(keys).substr(start);
    if (std::ranges::any_of(ranges, [&](const auto& range) { return is_in_range(key, range); })) {
        keys.resize(length_at);
        return;
    }
    write_length(keys, start);
    ++count;
}

bool ListedVersions::holds_key(std::string_view key) const {
    return holds_entry(keys, key);
}

bool ListedVersions::holds_text(std::string_view version) const {
    return holds_entry(legacy, version);
}

} // namespace preflight::advisory
