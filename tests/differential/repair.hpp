// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

/// Makes parts of a mutant agree again, so that the walk comes to the rules behind.
namespace preflight::differential {

/// Offsets, counts and sizes: the central directory points to the local headers, the end records to
/// the directory.
void repair_directory(std::string& zip);

/// CRC and sizes of the entry with this index, in both headers and in a data descriptor with a
/// signature, so that they fit the data as libdeflate unpacks them. Does nothing where it cannot.
void repair_contents(std::string& zip, std::size_t index);

} // namespace preflight::differential
