// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <optional>
#include <string>

/// What two readers see in a zip, in the words that differential.py compares.
///
/// A listing is one row for each entry, each preceded by a tab: name in hexadecimal, type (file,
/// dir, link or other), size, SHA-256 of the content, with blanks between them. The content of a
/// link is its target. A reader that refuses the archive lists `! ` and the reason instead.
namespace preflight::differential {

/// What our walk sees, or nothing where it does not accept the archive or one of its entries.
[[nodiscard]] std::optional<std::string> list_by_walk(const unpack::Archive& archive,
                                                      unpack::Inflater& inflater);

/// What libarchive sees. The locale of the process must be a UTF-8 one.
[[nodiscard]] std::string list_by_libarchive(ByteView zip);

} // namespace preflight::differential
