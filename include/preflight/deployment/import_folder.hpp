// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace preflight::deployment {

/// What an artifact becomes on Lambda, which decides where Python looks into it.
enum class Role { function, layer };

/// What the plugin serverless-python-requirements unpacks when the function starts, and puts behind
/// the function's root. Source: its unzip_requirements.py.
inline constexpr std::string_view kUnzippedRequirements = ".requirements.zip!";
/// The folder of a layer that every runtime imports from.
inline constexpr std::string_view kLayerRoot = "python";

/// The folder that some runtime imports from and that `path` is or lies below: the root of a
/// function or its `.requirements.zip`, `python/lib/python3.N/site-packages` of whatever N or
/// `python` of a layer. Nothing if there is none.
///
/// Source: lambda-platform.md, sections 2 and 3.
[[nodiscard]] std::optional<std::string_view> find_import_folder(std::string_view path, Role role);

} // namespace preflight::deployment
