// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes: what is read keeps the limits, has no runtime twice, in none of them a
// package twice, only valid names and only versions of PEP 440; and written as JSON it is read as
// the same.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/deployment/runtime_packages.hpp"
#include "preflight/document/json_writer.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace deployment = preflight::deployment;
namespace python = preflight::python;
using deployment::RuntimeFacts;
using preflight::document::JsonWriter;

void check(const RuntimeFacts& facts) {
    require(facts.line >= 1 && (facts.date.size() == 7 || facts.date.size() == 10));
    require(!facts.packages.empty() && facts.packages.size() <= deployment::kMaxRuntimePackages);
    std::set<std::string> names;
    for (const auto& package : facts.packages) {
        require(package.line >= facts.line && python::is_valid_name(package.name));
        require(names.insert(python::normalize_name(package.name)).second);
        require(package.version.empty() || python::parse_version(package.version).has_value());
    }
}

void write(JsonWriter& json, const RuntimeFacts& facts) {
    json.begin_object();
    json.key("runtime");
    json.string(facts.runtime.name());
    json.key("date");
    json.string(facts.date);
    if (!facts.source.empty()) {
        json.key("source");
        json.string(facts.source);
    }
    json.key("packages");
    json.begin_object();
    for (const auto& package : facts.packages) {
        json.key(package.name);
        if (package.version.empty()) {
            json.null();
        } else {
            json.string(package.version);
        }
    }
    json.end_object();
    json.end_object();
}

std::string write(const std::vector<RuntimeFacts>& runtimes) {
    JsonWriter json;
    json.begin_object();
    json.key("runtimes");
    json.begin_array();
    for (const auto& facts : runtimes) {
        write(json, facts);
    }
    json.end_array();
    json.end_object();
    return std::move(json).finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto runtimes = deployment::parse_runtime_packages(preflight::as_bytes(text));
    if (!runtimes) {
        require(!runtimes.error().message.empty());
        require(preflight::printable(runtimes.error().message) == runtimes.error().message);
        return 0;
    }
    std::set<int> minors;
    for (const auto& facts : *runtimes) {
        check(facts);
        require(minors.insert(facts.runtime.minor).second);
    }
    require(!minors.empty());
    const auto written = write(*runtimes);
    const auto again = deployment::parse_runtime_packages(preflight::as_bytes(written));
    // A character that only an escape puts into YAML may stand in JSON as it is, and a name may be
    // longer than what YAML takes for a key without a question mark.
    require(!again || write(*again) == written);
    require(again || !preflight::is_ascii(written) || size > 1000);
    return 0;
}
