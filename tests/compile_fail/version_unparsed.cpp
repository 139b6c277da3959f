// SPDX-License-Identifier: Apache-2.0
// error: .*Version::Version\(\). is private
//
// Only parse_version() makes a Version, so each of them has a normal form and a key.
#include "preflight/python/version.hpp"

std::string normal_form() {
#ifdef PREFLIGHT_VALID
    const auto version = preflight::python::parse_version("1.0");
    return version ? version->text() : "";
#else
    const preflight::python::Version version;
    return version.text();
#endif
}
