// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/finding/finding.hpp"
#include "preflight/inventory/conclude.hpp"

#include <span>
#include <vector>

/// What can only be said once the artifacts of a deployment are known.
namespace preflight::inventory {

/// What a requirements file pins against what is installed: a distribution that is absent, one of
/// another version, and those that nobody pinned. `artifact` is where the file lies, `all` what all
/// artifacts of the deployment hold.
[[nodiscard]] std::vector<Finding> find_drift(const Declaration& declaration,
                                              std::span<const Distribution> artifact,
                                              std::span<const Distribution* const> all);

/// Parts of the AWS SDK that are packed without botocore, among what is imported: medium where
/// boto3 or s3transfer are among them, or code of the package imports the SDK, else a note.
///
/// Source: lambda-platform.md, section 5.
[[nodiscard]] std::vector<Finding> find_partial_sdk(std::span<const Distribution* const> imported,
                                                    bool imports_sdk);

} // namespace preflight::inventory
