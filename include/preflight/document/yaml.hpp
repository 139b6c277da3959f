// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/document/node.hpp"

#include <cstddef>

namespace preflight::document {

/// How large a document may be: what is written by hand is smaller, and yaml-cpp needs up to 240
/// bytes of memory for each byte of it.
inline constexpr std::size_t kMaxYamlBytes = std::size_t{1} << 20U;

/// How deep lists and maps may nest.
inline constexpr std::size_t kMaxYamlDepth = 64;

/// Reads one YAML document, and so a JSON document, in UTF-8. A plain `null`, `~` or nothing is
/// null; all other scalars are texts. An empty document is null.
///
/// Of YAML it takes what every reader understands alike. It refuses, besides what is no YAML:
/// anchors, aliases, tags and directives; a key that is null, a list or a map; a key twice; a
/// second document; control characters, carriage returns that stand alone, the line separators
/// U+2028 and U+2029, and a byte order mark that is not at the start; a text that an escape makes
/// no UTF-8 or puts a zero byte into; and what is larger or nests deeper than the limits. Of JSON
/// it therefore refuses some characters that stand in strings without an escape, and besides
/// escaped surrogate pairs and keys of more than 1,024 bytes.
///
/// Source: YAML 1.2.2; RFC 8259.
[[nodiscard]] Result<Node, DocumentError> parse_yaml(ByteView bytes);

} // namespace preflight::document
