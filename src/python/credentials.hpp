// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace preflight::python {

/// `text` without the user names and passwords of the URLs in it: `https://user:secret@host/x`
/// becomes `https://host/x`. In doubt more is removed than would have to be.
[[nodiscard]] std::string without_credentials(std::string_view text);

} // namespace preflight::python
