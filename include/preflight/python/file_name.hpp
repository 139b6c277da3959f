// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

/// How many triples a compressed tag set may stand for. Real wheels have fewer than 100; a name of
/// 255 bytes could stand for more than half a million.
inline constexpr std::size_t kMaxWheelTags = 4096;

/// What the file name of a wheel says. Source: PyPA specifications, "Binary distribution format",
/// "File name convention".
struct WheelFileName {
    std::string name;    ///< In normal form.
    std::string version; ///< In normal form.
    std::string build;   ///< Build tag, or empty.
    /// All triples `python-abi-platform` it stands for, sorted, each once.
    std::vector<std::string> tags;
};

/// What the file name of a source distribution says. Source: PyPA specifications, "Source
/// distribution format".
struct SdistFileName {
    std::string name;
    std::string version;
};

/// Reads `name-version[-build]-python-abi-platform.whl`, as packaging.utils.parse_wheel_filename
/// does.
[[nodiscard]] Result<WheelFileName> parse_wheel_file_name(std::string_view file_name);

/// Reads `name-version.tar.gz` or `.zip`, as packaging.utils.parse_sdist_filename does.
[[nodiscard]] Result<SdistFileName> parse_sdist_file_name(std::string_view file_name);

} // namespace preflight::python
