// SPDX-License-Identifier: Apache-2.0
#include "listed_versions.hpp"

#include "preflight/advisory/record.hpp"
#include "preflight/python/version.hpp"

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

bool holds(std::string_view block, std::string_view wanted) {
    while (const auto entry = take_entry(block)) {
        if (*entry == wanted) {
            return true;
        }
    }
    return false;
}

} // namespace

void ListedVersions::add(std::string_view version) {
    ++count;
    const auto length_at = keys.size();
    keys += '\0'; // the place of the length
    if (python::append_version_key(version, keys)) {
        write_length(keys, length_at + 1);
        return;
    }
    keys.resize(length_at);
    legacy += '\0';
    const auto start = legacy.size();
    legacy += version;
    write_length(legacy, start);
}

bool ListedVersions::holds_key(std::string_view key) const {
    return holds(keys, key);
}

bool ListedVersions::holds_text(std::string_view version) const {
    return holds(legacy, version);
}

} // namespace preflight::advisory
