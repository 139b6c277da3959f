// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes of a list of copies: one fact comes of them; pins and other lines together are
// not more than the physical lines that say something; each pin has a valid name, a version and its
// own line.
#include "require.hpp"

#include "preflight/inventory/examine.hpp"
#include "preflight/python/name.hpp"

#include <cstdint>
#include <string_view>

namespace {

namespace inventory = preflight::inventory;
namespace python = preflight::python;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = preflight::as_bytes({reinterpret_cast<const char*>(data), size});
    const auto facts = inventory::examine({.path = "pip/_vendor/vendor.txt", .bytes = bytes});
    require(facts.size() == 1);
    const auto& list = std::get<inventory::VendorList>(facts.front().what);
    const auto file = python::parse_requirements_file(bytes);
    require(list.pins.size() + list.other_lines + file.silent_count <= file.line_count);
    std::size_t last = 0;
    for (const auto& pin : list.pins) {
        require(python::is_valid_name(pin.name) && !pin.version.empty());
        require(pin.line > last && pin.line <= file.line_count);
        last = pin.line;
    }
    return 0;
}
