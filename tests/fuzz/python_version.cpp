// SPDX-License-Identifier: Apache-2.0
//
// Two texts in one input, parted by a line feed. Whatever they are: a version's normal form is a
// version with the same key and the same normal form; parse_version() and append_version_key()
// agree on what a version is; legacy texts are below all versions; each key lies between "" and
// "\xFF"; and the order of a version and its local versions holds.
#include "require.hpp"

#include "preflight/python/version.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;

std::string check_one(std::string_view text, bool& is_version) {
    std::string key;
    is_version = python::append_version_key(text, key);
    require(!key.empty() && key < "\xFF");
    const auto version = python::parse_version(text);
    require(version.has_value() == is_version);
    if (!version) {
        require(version.error().offset <= text.size());
        return key;
    }
    require(version->key() == key);
    const auto again = python::parse_version(version->text());
    require(again && again->text() == version->text() && again->key() == key);
    require(python::version_key(std::string(version->base_text()) + ".dev0") <= key);
    const auto public_key = python::version_key(version->public_text());
    require(key.starts_with(public_key) && (key == public_key) == !version->has_local());
    return key;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(text.find('\n'), size);
    bool is_left_version = false;
    bool is_right_version = false;
    const auto left = check_one(text.substr(0, end), is_left_version);
    const auto right = check_one(text.substr(std::min(end + 1, size)), is_right_version);
    if (is_left_version != is_right_version) {
        require((left < right) == is_right_version);
    }
    return 0;
}
