// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes of an SBOM: one fact comes of them. Each distribution in it has a name in
// normal form, a version and the URL of both, each component a name; together they are not more
// than the limit; a problem is printable.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/inventory/examine.hpp"
#include "preflight/python/name.hpp"

#include <cstdint>
#include <string_view>

namespace {

namespace inventory = preflight::inventory;
namespace python = preflight::python;

// As kMaxSbomComponents of src/inventory/sbom.hpp.
constexpr std::size_t kMaxComponents = 10'000;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto facts = inventory::examine(
        {.path = "a-1.dist-info/sboms/x.json", .bytes = preflight::as_bytes(text)});
    require(facts.size() == 1 && facts.front().path == "a-1.dist-info/sboms/x.json");
    const auto& sbom = std::get<inventory::Sbom>(facts.front().what);
    require(sbom.distributions.size() + sbom.components.size() <= kMaxComponents);
    require(preflight::printable(sbom.problem) == sbom.problem);
    for (const auto& package : sbom.distributions) {
        require(python::is_valid_name(package.name));
        require(python::normalize_name(package.name) == package.name);
        require(!package.version.empty());
        require(package.purl == python::make_purl(package.name, package.version));
    }
    for (const auto& component : sbom.components) {
        require(!component.name.empty() && component.path.empty() && component.host.empty());
    }
    return 0;
}
