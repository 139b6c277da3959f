// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/fields.hpp"

#include "preflight/base/suggestion.hpp"
#include "preflight/base/text.hpp"

#include <algorithm>

namespace preflight::document {

namespace {

DocumentError make_unknown_key_error(const Node::Key& key, std::span<const KnownKey> known) {
    std::vector<std::string> keys;
    for (const auto& row : known) {
        keys.emplace_back(row.key);
    }
    auto message = "unknown key " + in_quotes(key.text);
    if (const auto meant = find_suggestion(key.text, keys)) {
        message += "; did you mean '" + *meant + "'?";
    }
    return {.message = std::move(message), .place = key.place};
}

} // namespace

std::optional<DocumentError>
find_key_error(const Node& node, std::string_view what, std::span<const KnownKey> known) {
    const auto* map = node.as_map();
    if (map == nullptr) {
        return DocumentError{.message = std::string(what) + " is not a map", .place = node.place()};
    }
    for (const auto& [key, value] : *map) {
        if (std::ranges::find(known, key.text, &KnownKey::key) == known.end()) {
            return make_unknown_key_error(key, known);
        }
    }
    for (const auto& row : known) {
        if (row.is_required && node.find(row.key) == nullptr) {
            return DocumentError{.message = std::string(what) + " has no key '" +
                                            std::string(row.key) + "'",
                                 .place = node.place()};
        }
    }
    return std::nullopt;
}

Result<std::string, DocumentError> parse_text(const Node& node, std::string_view key) {
    const auto* scalar = node.as_scalar();
    if (scalar == nullptr) {
        return DocumentError{.message = "'" + std::string(key) + "' is not a text",
                             .place = node.place()};
    }
    if (scalar->text.empty()) {
        return DocumentError{.message = "'" + std::string(key) + "' is empty",
                             .place = node.place()};
    }
    return scalar->text;
}

Result<std::span<const Node>, DocumentError>
parse_items(const Node& node, std::string_view key, std::size_t max_items) {
    const auto* list = node.as_list();
    if (list == nullptr) {
        return DocumentError{.message = "'" + std::string(key) + "' is not a list",
                             .place = node.place()};
    }
    if (list->size() > max_items) {
        return DocumentError{.message = "'" + std::string(key) + "' has more than " +
                                        std::to_string(max_items) + " items",
                             .place = list->at(max_items).place()};
    }
    return std::span<const Node>(*list);
}

Result<std::vector<std::string>, DocumentError>
parse_texts(const Node& node, std::string_view key, std::size_t max_items) {
    const auto nodes = parse_items(node, key, max_items);
    if (!nodes) {
        return nodes.error();
    }
    std::vector<std::string> texts;
    for (const auto& item : *nodes) {
        auto text = parse_text(item, key);
        if (!text) {
            return text.error();
        }
        texts.push_back(std::move(text).value());
    }
    return texts;
}

} // namespace preflight::document
