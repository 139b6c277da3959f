// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/deployment/deployment.hpp"
#include "preflight/deployment/runtime.hpp"
#include "preflight/source/file.hpp"

#include <optional>
#include <span>
#include <string>

namespace preflight::deployment {

/// What one file says about the runtime and the processor it was made for.
struct PlatformHint {
    std::string path;
    std::optional<int> minor;
    std::optional<Architecture> architecture;

    [[nodiscard]] bool says_something() const { return minor || architecture; }
};

/// Looks at the name of an extension module (`x.cpython-312-x86_64-linux-gnu.so`), at the folder it
/// lies in
/// (`python/lib/python3.12/site-packages`) and at the machine of an ELF file.
///
/// Source: PEP 3149; ELF-64 Object File Format, section 3, e_machine; lambda-platform.md, sections
/// 3 and 4.
[[nodiscard]] PlatformHint examine(const source::File& file);

/// What the command line says; where it says nothing, `guess_platform` decides.
struct GivenPlatform {
    std::optional<Runtime> runtime;
    std::optional<Architecture> architecture;
};

/// Runtime and processor of a deployment: what is given, else what most hints say (of equally many,
/// the newest runtime and x86_64), else the newest runtime and x86_64.
void decide_platform(const GivenPlatform& given,
                     std::span<const PlatformHint* const> hints,
                     Deployment& deployment);

} // namespace preflight::deployment
