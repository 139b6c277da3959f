// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes: what is read keeps the limits, has a function in each entry and no name
// twice; and written as JSON it is read as the same.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/deployment/deployments_file.hpp"
#include "preflight/document/json_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace deployment = preflight::deployment;
using deployment::DeploymentEntry;
using preflight::document::JsonWriter;

void check(const DeploymentEntry& entry) {
    require(!entry.function.empty() && entry.line >= 1);
    require(entry.name.size() <= deployment::kMaxDeploymentNameBytes);
    require(preflight::printable(entry.name) == entry.name);
    require(entry.layers.size() <= deployment::kMaxNamedLayers);
    require(std::ranges::none_of(entry.layers, &std::string::empty));
    require(entry.handler.find(' ') == std::string::npos);
}

void write_member(JsonWriter& json, std::string_view key, std::string_view value) {
    if (!value.empty()) {
        json.key(key);
        json.string(value);
    }
}

void write(JsonWriter& json, const DeploymentEntry& entry) {
    json.begin_object();
    write_member(json, "name", entry.name);
    write_member(json, "function", entry.function);
    json.key("layers");
    json.begin_array();
    for (const auto& layer : entry.layers) {
        json.string(layer);
    }
    json.end_array();
    write_member(json, "runtime", entry.runtime ? entry.runtime->name() : std::string());
    write_member(json,
                 "architecture",
                 entry.architecture ? to_string(*entry.architecture) : std::string_view());
    write_member(json, "handler", entry.handler);
    json.end_object();
}

std::string write(const std::vector<DeploymentEntry>& entries) {
    JsonWriter json;
    json.begin_object();
    json.key("deployments");
    json.begin_array();
    for (const auto& entry : entries) {
        write(json, entry);
    }
    json.end_array();
    json.end_object();
    return std::move(json).finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto entries = deployment::parse_deployments_file(preflight::as_bytes(text));
    if (!entries) {
        require(!entries.error().message.empty());
        require(preflight::printable(entries.error().message) == entries.error().message);
        return 0;
    }
    require(!entries->empty() && entries->size() <= deployment::kMaxDeployments);
    std::set<std::string> names;
    for (const auto& entry : *entries) {
        check(entry);
        require(entry.name.empty() || names.insert(entry.name).second);
    }
    const auto written = write(*entries);
    const auto again = deployment::parse_deployments_file(preflight::as_bytes(written));
    // A character that only an escape puts into YAML may stand in JSON as it is.
    require(!again || write(*again) == written);
    require(again || !preflight::is_ascii(written));
    return 0;
}
