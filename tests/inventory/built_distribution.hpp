// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "taken_inventory.hpp"

#include "preflight/crypto/sha256.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::inventory {

/// URL-safe base64 without padding. Source: RFC 4648, section 5.
inline std::string base64_url(ByteView bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const auto byte : bytes) {
        bits = bits << 8U | std::to_integer<std::uint32_t>(byte);
        for (count += 8; count >= 6; count -= 6) {
            text += kDigits[bits >> (count - 6) & 63U];
        }
    }
    if (count > 0) {
        text += kDigits[bits << (6 - count) & 63U];
    }
    return text;
}

/// A row of RECORD as an installer writes it.
inline std::string record_row(std::string_view path, std::string_view bytes) {
    return std::string(path) + ",sha256=" + base64_url(crypto::sha256(as_bytes(bytes))) + "," +
           std::to_string(bytes.size()) + "\n";
}

/// The files of an installed distribution, its RECORD the last. `files` are relative to `site`,
/// which is empty or ends in '/'; `rows` are more rows.
inline std::vector<Item> install(const std::string& site,
                                 const std::string& name,
                                 const std::string& version,
                                 const std::vector<Item>& files,
                                 const std::string& rows = {}) {
    const auto folder = name + "-" + version + ".dist-info/";
    std::vector<Item> items;
    std::string record;
    const auto add = [&](const Item& item) {
        record += record_row(item.path, item.bytes);
        items.push_back({site + item.path, item.bytes});
    };
    for (const auto& file : files) {
        add(file);
    }
    add({folder + "METADATA",
         "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n\n"});
    record += folder + "RECORD,,\n" + rows;
    items.push_back({site + folder + "RECORD", record});
    return items;
}

inline std::vector<Item> operator+(std::vector<Item> left, const std::vector<Item>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

/// The same files, one of them with other bytes.
inline std::vector<Item>
with(std::vector<Item> items, std::string_view path, const std::string& bytes) {
    for (auto& item : items) {
        item.bytes = item.path == path ? bytes : item.bytes;
    }
    return items;
}

/// The same files without one.
inline std::vector<Item> without(std::vector<Item> items, std::string_view path) {
    std::erase_if(items, [&](const Item& item) { return item.path == path; });
    return items;
}

} // namespace preflight::inventory
