// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/deployment/runtime.hpp"
#include "preflight/document/node.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace preflight::deployment {

/// What a file says of one deployment. Paths are as written; they count from the folder of the
/// file.
struct DeploymentEntry {
    std::string name; ///< Empty where none is given.
    std::string function;
    std::vector<std::string> layers; ///< In the order of merging: later ones win.
    std::optional<Runtime> runtime;
    std::optional<Architecture> architecture;
    std::string handler;  ///< Empty where none is given.
    std::size_t line = 1; ///< Of the file, where the entry begins.
};

/// How many deployments a file may name.
inline constexpr std::size_t kMaxDeployments = 1000;
/// How many layers an entry may name. Whether Lambda takes so many is another question.
inline constexpr std::size_t kMaxNamedLayers = 100;
/// How long the name of a deployment may be.
inline constexpr std::size_t kMaxDeploymentNameBytes = 200;

/// Reads a file, YAML or JSON, that says which functions, layers and runtimes belong together;
/// docs/deployments.schema.json describes it. There is at least one entry, each name occurs once,
/// and a key that is not known is an error.
[[nodiscard]] Result<std::vector<DeploymentEntry>, document::DocumentError>
parse_deployments_file(ByteView bytes);

} // namespace preflight::deployment
