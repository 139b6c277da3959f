// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"
#include "preflight/document/node.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Typed reading: a map becomes a struct by a table of Fields, one row for each key that it may
/// have. What is not in the table is refused, with the key that was probably meant.
namespace preflight::document {

/// A key that a map may have. `take` puts its value into a `Target`, or says what is wrong with it.
template <class Target>
struct Field {
    std::string_view key;
    std::optional<DocumentError> (*take)(const Node& value, std::string_view key, Target& target);
    bool is_required = false;
};

/// What a table of Fields says of one key.
struct KnownKey {
    std::string_view key;
    bool is_required = false;
};

/// Why the keys of a map are not those that are known; `what`, as in "a deployment", is the subject
/// of the message. A node that is no map has none of them.
[[nodiscard]] std::optional<DocumentError>
find_key_error(const Node& node, std::string_view what, std::span<const KnownKey> known);

/// Reads a map by its table, in the order of the document.
template <class Target>
[[nodiscard]] Result<Target, DocumentError>
parse_fields(const Node& node, std::string_view what, std::span<const Field<Target>> fields) {
    std::vector<KnownKey> known;
    for (const auto& field : fields) {
        known.push_back({.key = field.key, .is_required = field.is_required});
    }
    if (auto error = find_key_error(node, what, known)) {
        return *std::move(error);
    }
    Target target;
    for (const auto& [key, value] : *node.as_map()) {
        for (const auto& field : fields) {
            if (field.key != key.text) {
                continue;
            }
            if (auto error = field.take(value, field.key, target)) {
                return *std::move(error);
            }
        }
    }
    return target;
}

/// The text of a scalar that is not empty.
[[nodiscard]] Result<std::string, DocumentError> parse_text(const Node& node, std::string_view key);

/// The items of a list that has at most `max_items`.
[[nodiscard]] Result<std::span<const Node>, DocumentError>
parse_items(const Node& node, std::string_view key, std::size_t max_items);

/// Reads each item of a list by `parse_item`.
template <class Item>
[[nodiscard]] Result<std::vector<Item>, DocumentError>
parse_list(const Node& node,
           std::string_view key,
           std::size_t max_items,
           Result<Item, DocumentError> (*parse_item)(const Node&)) {
    const auto nodes = parse_items(node, key, max_items);
    if (!nodes) {
        return nodes.error();
    }
    std::vector<Item> items;
    for (const auto& item : *nodes) {
        auto parsed = parse_item(item);
        if (!parsed) {
            return parsed.error();
        }
        items.push_back(std::move(parsed).value());
    }
    return items;
}

/// The texts of a list.
[[nodiscard]] Result<std::vector<std::string>, DocumentError>
parse_texts(const Node& node, std::string_view key, std::size_t max_items);

/// Puts what was read into its place, or hands on why there is nothing.
template <class Value, class Target>
[[nodiscard]] std::optional<DocumentError> store(Result<Value, DocumentError> value,
                                                 Target& target) {
    if (!value) {
        return value.error();
    }
    target = std::move(value).value();
    return std::nullopt;
}

/// The `take` of a text that goes into `Member` as it is.
template <auto Member, class Target>
[[nodiscard]] std::optional<DocumentError>
take_text(const Node& node, std::string_view key, Target& target) {
    return store(parse_text(node, key), target.*Member);
}

/// The `take` of a text that goes into `Member` as what `Parse`, which knows nothing of documents,
/// makes of it.
template <auto Member, auto Parse, class Target>
[[nodiscard]] std::optional<DocumentError>
take_parsed(const Node& node, std::string_view key, Target& target) {
    const auto text = parse_text(node, key);
    if (!text) {
        return text.error();
    }
    auto value = Parse(*text);
    if (!value) {
        return DocumentError{.message = value.error().message, .place = node.place()};
    }
    target.*Member = std::move(value).value();
    return std::nullopt;
}

} // namespace preflight::document
