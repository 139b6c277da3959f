// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace preflight::document {

class Value;
using Array = std::vector<Value>;
/// Members in the order of the document; no key occurs twice.
using Object = std::vector<std::pair<std::string, Value>>;

/// A JSON value. Numbers are kept as written, since nobody here calculates with them.
class Value {
public:
    struct Number {
        std::string text;
    };
    using Content = std::variant<std::monostate, bool, Number, std::string, Array, Object>;

    Value() = default;
    explicit Value(Content content) : content_(std::move(content)) {}

    /// The member of that name; nullptr where there is none or this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;
    /// The text; nullptr where this is no string.
    [[nodiscard]] const std::string* as_string() const {
        return std::get_if<std::string>(&content_);
    }
    [[nodiscard]] const Array* as_array() const { return std::get_if<Array>(&content_); }
    [[nodiscard]] const Object* as_object() const { return std::get_if<Object>(&content_); }
    [[nodiscard]] const Content& content() const { return content_; }

private:
    Content content_;
};

/// How deep brackets may nest.
inline constexpr std::size_t kMaxJsonDepth = 64;

/// Reads one JSON document. Refuses what is no JSON or no UTF-8 (with the offset), what is nested
/// deeper than kMaxJsonDepth, what has a key twice, and a number beyond the range of a double: a
/// document that readers understand differently decides nothing here.
///
/// Source: RFC 8259.
[[nodiscard]] Result<Value> parse_json(ByteView text);

} // namespace preflight::document
