// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace preflight::python {

/// Whether a byte may stand in an identifier of ASCII.
[[nodiscard]] bool is_identifier_byte(char byte);

/// Whether a text is an identifier of ASCII. Keywords are taken for identifiers. Source: Python
/// 3.13, Language Reference, "Identifiers and keywords".
[[nodiscard]] bool is_identifier(std::string_view text);

/// Whether a text is identifiers of ASCII with a dot between any two of them.
[[nodiscard]] bool is_dotted_name(std::string_view text);

/// The same for identifiers of any script: each character beyond ASCII is let pass, as long as the
/// text is UTF-8.
[[nodiscard]] bool is_import_name(std::string_view text);

} // namespace preflight::python
