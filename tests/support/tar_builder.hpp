// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Writes tars in the format "ustar", honest ones and others. Nothing depends on clock or locale.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format".
namespace preflight::test {

/// One header and what follows it. `type` is the letter of the format: '0' a file, '1' a hard link,
/// '2' a symbolic link, '3' a device, '5' a directory, '6' a pipe, 'x' extended headers.
struct TarEntry {
    std::string name;
    std::string content;
    char type = '0';
    std::uint32_t mode = 0644;
    std::string link_name;
    std::string size; ///< In octal; that of the content where empty.
};

/// Headers and contents, and the two empty blocks that end a tar.
[[nodiscard]] std::string make_tar(const std::vector<TarEntry>& entries);

[[nodiscard]] std::string tar_entry(const TarEntry& entry);

/// `text` in one member of the format of gzip.
[[nodiscard]] std::string gzip(std::string_view text);

} // namespace preflight::test
