// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace preflight::document {

/// Where something stands in a document; both count from 1.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1; ///< In bytes.

    friend bool operator==(const Place&, const Place&) = default;
};

/// What is wrong with a document, and where.
struct DocumentError {
    std::string message; ///< One clause in lower case that names the offending value.
    Place place;
};

/// A value of a document, and where it stands. It says nothing about what a text means: `3.10` is
/// the text "3.10" and neither a number nor 3.1.
class Node {
public:
    struct Scalar {
        std::string text; ///< As written, without its quotes and escapes.
        bool is_quoted = false;
    };
    struct Key {
        std::string text;
        Place place;
    };
    using List = std::vector<Node>;
    /// Members in the order of the document; no key occurs twice.
    using Map = std::vector<std::pair<Key, Node>>;
    using Content = std::variant<std::monostate, Scalar, List, Map>;

    /// A null.
    Node() = default;
    Node(Content content, Place place) : content_(std::move(content)), place_(place) {}

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
    /// The scalar; nullptr where this is null, a list or a map.
    [[nodiscard]] const Scalar* as_scalar() const { return std::get_if<Scalar>(&content_); }
    [[nodiscard]] const List* as_list() const { return std::get_if<List>(&content_); }
    [[nodiscard]] const Map* as_map() const { return std::get_if<Map>(&content_); }
    /// The member of that name; nullptr where there is none or this is no map.
    [[nodiscard]] const Node* find(std::string_view name) const;
    [[nodiscard]] const Content& content() const { return content_; }

    /// Where it begins. A null in a map stands where its key does, since it need not be written.
    [[nodiscard]] const Place& place() const { return place_; }

private:
    Content content_;
    Place place_;
};

} // namespace preflight::document
