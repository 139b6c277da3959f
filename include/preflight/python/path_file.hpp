// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <string>
#include <vector>

namespace preflight::python {

/// The lines of a `.pth` file that add to the import path, as they are written: neither comments
/// nor code, which begins with "import". They are relative to the folder of the file.
///
/// Source: Python 3.13, Library Reference, site: "Module contents"; Lib/site.py, addpackage().
[[nodiscard]] std::vector<std::string> parse_path_file(ByteView bytes);

} // namespace preflight::python
