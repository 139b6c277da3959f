// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployments_file.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/fields.hpp"
#include "preflight/document/yaml.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace preflight::deployment {

namespace {

using document::DocumentError;
using document::Field;
using document::Node;
using Entry = DeploymentEntry;
using Entries = std::vector<DeploymentEntry>;

Result<std::string> parse_name(std::string_view text) {
    if (text.size() > kMaxDeploymentNameBytes) {
        return InputError{"the name of a deployment has more than " +
                          std::to_string(kMaxDeploymentNameBytes) + " bytes"};
    }
    if (printable(text) != text) {
        return InputError{"the name " + in_quotes(text) + " cannot be printed as it is"};
    }
    return std::string(text);
}

/// Source: Lambda API model, `Handler`: at most 128 characters, `[^\s]+`.
Result<std::string> parse_handler(std::string_view text) {
    constexpr std::size_t kMaxCharacters = 128;
    const auto is_begin = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    };
    if (static_cast<std::size_t>(std::ranges::count_if(text, is_begin)) > kMaxCharacters) {
        return InputError{"the handler has more than " + std::to_string(kMaxCharacters) +
                          " characters"};
    }
    if (text.find_first_of(" \t\n\v\f\r") != std::string_view::npos) {
        return InputError{"the handler " + in_quotes(text) + " holds white space"};
    }
    return std::string(text);
}

std::optional<DocumentError> take_layers(const Node& node, std::string_view key, Entry& entry) {
    return document::store(document::parse_texts(node, key, kMaxNamedLayers), entry.layers);
}

constexpr std::array kEntryFields = {
    Field<Entry>{"name", document::take_parsed<&Entry::name, parse_name>},
    Field<Entry>{"function", document::take_text<&Entry::function>, true},
    Field<Entry>{"layers", take_layers},
    Field<Entry>{"runtime", document::take_parsed<&Entry::runtime, parse_runtime>},
    Field<Entry>{"architecture", document::take_parsed<&Entry::architecture, parse_architecture>},
    Field<Entry>{"handler", document::take_parsed<&Entry::handler, parse_handler>},
};

Result<Entry, DocumentError> parse_entry(const Node& node) {
    auto entry = document::parse_fields<Entry>(node, "a deployment", kEntryFields);
    if (entry) {
        entry->line = node.place().line;
    }
    return entry;
}

/// Of two entries with one name, where the second says it.
std::optional<DocumentError> find_repeated_name(const Node::List& nodes, const Entries& entries) {
    std::map<std::string_view, std::size_t> lines;
    for (std::size_t index = 0; index < entries.size(); ++index) {
        const auto& entry = entries[index];
        if (entry.name.empty()) {
            continue;
        }
        const auto [first, is_new] = lines.try_emplace(entry.name, entry.line);
        if (!is_new) {
            return DocumentError{.message = "the name " + in_quotes(entry.name) +
                                            " is that of the deployment of line " +
                                            std::to_string(first->second),
                                 .place = nodes[index].find("name")->place()};
        }
    }
    return std::nullopt;
}

std::optional<DocumentError>
take_entries(const Node& node, std::string_view key, Entries& entries) {
    if (auto error = document::store(document::parse_list(node, key, kMaxDeployments, parse_entry),
                                     entries)) {
        return error;
    }
    if (entries.empty()) {
        return DocumentError{.message = "'" + std::string(key) + "' is an empty list",
                             .place = node.place()};
    }
    return find_repeated_name(*node.as_list(), entries);
}

constexpr std::array kFileFields = {
    Field<Entries>{"deployments", take_entries, true},
};

} // namespace

Result<std::vector<DeploymentEntry>, DocumentError> parse_deployments_file(ByteView bytes) {
    const auto root = document::parse_yaml(bytes);
    if (!root) {
        return root.error();
    }
    return document::parse_fields<Entries>(*root, "the file", kFileFields);
}

} // namespace preflight::deployment
