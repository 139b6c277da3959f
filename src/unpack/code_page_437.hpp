// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace preflight::unpack {

/// What Python's zipfile makes of a name that is not marked as UTF-8: every byte is a character of
/// the code page of MS-DOS. In UTF-8. Source: APPNOTE.TXT 6.3.10, appendix D.
[[nodiscard]] std::string from_code_page_437(std::string_view name);

} // namespace preflight::unpack
