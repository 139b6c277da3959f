// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace preflight {

/// The known word that a mistyped one most likely means: at most two letters off (one, for words of
/// up to four letters), where exchanging two neighbours counts once. Nothing if there is none.
[[nodiscard]] std::optional<std::string> find_suggestion(std::string_view word,
                                                         std::span<const std::string> known);

} // namespace preflight
