// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "version_parts.hpp"

#include <string>
#include <string_view>

/// Keys: bytes that sort as versions do.
///
///     key     = 0x00 legacy | 0x01 epoch release suffix local*
///     release = number* 0x00              trailing zeros left out
///     suffix  = pre post dev              pre is 0x01 where only a dev part is, 0x02 0x03 0x04 a
///     number, or 0x05 (none);
///                                         post is 0x01 (none) or 0x02 number; dev is 0x01 number
///                                         or 0x02 (none)
///     local   = 0x01 text 0x00 | 0x02 number
///     number  = 0x01 to 0xF0 for 0 to 239; 0xF0 + n and n big-endian bytes, n = 1 to 8;
///               0xF9, two bytes with the count of digits, and the digits, from 20 digits on
///
/// No part is the beginning of another one of its kind, and nothing in a key but the inside of a
/// number is 0xFF. So a key without local part is the beginning of the keys of all its local
/// versions, and of no other key. Source of the order: python-packaging.md, section 1.3.
namespace preflight::python {

/// Above each key that goes on after the same beginning.
inline constexpr char kAboveAll = '\xFF';
/// Above each legacy key and below each key of a PEP 440 version.
inline constexpr std::string_view kAboveLegacy = "\x01";

/// Appends the key of a text that is a short release and nothing else, `1.26.18`, as nearly all
/// versions are; says no to every other text. By far the quickest way to a key, and an index takes
/// a million of them.
[[nodiscard]] bool append_plain_key(std::string_view text, std::string& key);

void append_parts_key(const VersionParts& parts, std::string& key);

/// A bound above the post-releases of a version without post and dev part, and below all that comes
/// after them.
void append_key_above_posts(const VersionParts& parts, std::string& key);

/// The key of a text that is no version. Source: python-packaging.md, section 1.6, rule 2.
void append_legacy_key(std::string_view text, std::string& key);

} // namespace preflight::python
