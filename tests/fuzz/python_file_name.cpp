// SPDX-License-Identifier: Apache-2.0
//
// Whatever the file name, a refusal points inside it; an accepted wheel has tags within the limit,
// sorted and each once, and its name written anew from its parts reads the same; no name is that of
// a wheel and of a source distribution.
#include "require.hpp"

#include "preflight/python/file_name.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;

void check_wheel(const python::WheelFileName& wheel) {
    require(!wheel.tags.empty() && wheel.tags.size() <= python::kMaxWheelTags);
    require(std::ranges::is_sorted(wheel.tags) &&
            std::ranges::adjacent_find(wheel.tags) == wheel.tags.end());
    auto name = wheel.name;
    std::ranges::replace(name, '-', '_');
    auto written = name + '-' + wheel.version + '-';
    written += wheel.build.empty() ? "" : wheel.build + '-';
    written += wheel.tags.front() + ".whl";
    const auto again = python::parse_wheel_file_name(written);
    require(again && again->name == wheel.name && again->version == wheel.version &&
            again->build == wheel.build && again->tags.size() == 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto wheel = python::parse_wheel_file_name(text);
    const auto sdist = python::parse_sdist_file_name(text);
    require(!wheel || !sdist);
    if (wheel) {
        check_wheel(*wheel);
    } else {
        require(wheel.error().offset <= size);
    }
    if (sdist) {
        require(sdist->name == python::normalize_name(sdist->name));
        require(python::parse_version(sdist->version)->text() == sdist->version);
    } else {
        require(sdist.error().offset <= size);
    }
    return 0;
}
