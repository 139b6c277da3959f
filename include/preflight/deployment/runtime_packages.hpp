// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/deployment/runtime.hpp"
#include "preflight/document/node.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace preflight::deployment {

/// A distribution that a runtime brings along.
struct RuntimePackage {
    std::string name;     ///< As written.
    std::string version;  ///< As written, a version of PEP 440; empty where it is not known.
    std::size_t line = 1; ///< Of the file.
};

/// What was seen in a runtime, and when. AWS updates runtimes without asking, so this is true of
/// that day.
struct RuntimeFacts {
    Runtime runtime;
    std::string date;                     ///< `YYYY-MM-DD` or `YYYY-MM`.
    std::string source;                   ///< Who says so; empty where the file does not.
    std::vector<RuntimePackage> packages; ///< In the order of the file.
    std::size_t line = 1;                 ///< Of the file, where the entry begins.
};

/// How many packages a runtime may bring along.
inline constexpr std::size_t kMaxRuntimePackages = 1000;

/// Reads a file, YAML or JSON, that says which distributions runtimes bring along;
/// docs/runtime-packages.schema.json describes it. There is at least one runtime, each occurs once,
/// each has at least one package, no two of whose names have one normal form, and a key that is not
/// known is an error.
[[nodiscard]] Result<std::vector<RuntimeFacts>, document::DocumentError>
parse_runtime_packages(ByteView bytes);

} // namespace preflight::deployment
