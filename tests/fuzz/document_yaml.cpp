// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes: an error lies inside them; a value nests no deeper than the limit, has no key
// twice and no text that is not UTF-8 or holds a zero byte, and each scalar begins where it is said
// to; and written by JsonWriter it is read as the same value. What parse_json() reads is either
// refused or read as the same.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/json.hpp"
#include "preflight/document/json_writer.hpp"
#include "preflight/document/yaml.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace document = preflight::document;
using document::Node;
using document::Place;
using document::Value;

/// The lines of a document, by which a place is found again.
class Lines {
public:
    explicit Lines(std::string_view text) {
        if (text.starts_with("\xEF\xBB\xBF")) {
            text.remove_prefix(3);
        }
        for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            lines_.push_back(text.substr(0, end + 1));
            text.remove_prefix(end + 1);
        }
        lines_.push_back(text);
    }

    [[nodiscard]] bool has(const Place& place) const {
        return place.line >= 1 && place.line <= lines_.size() && place.column >= 1 &&
               place.column <= lines_[place.line - 1].size() + 1;
    }

    [[nodiscard]] std::string_view at(const Place& place) const {
        require(has(place));
        return lines_[place.line - 1].substr(place.column - 1);
    }

private:
    std::vector<std::string_view> lines_;
};

/// Holds a value to what is promised of it, and writes it as JSON.
class Checker {
public:
    explicit Checker(std::string_view text) : lines_(text) {}

    void check(const Node& node, std::size_t depth) {
        require(lines_.has(node.place()));
        if (const auto* scalar = node.as_scalar()) {
            check_scalar(*scalar, node.place());
        } else if (const auto* list = node.as_list()) {
            require(depth < document::kMaxYamlDepth);
            json_.begin_array();
            for (const auto& item : *list) {
                check(item, depth + 1);
            }
            json_.end_array();
        } else if (const auto* map = node.as_map()) {
            require(depth < document::kMaxYamlDepth);
            check_map(*map, depth);
        } else {
            json_.null();
        }
    }

    /// Whether there is a key that is longer in JSON than the 1,024 bytes that YAML allows, or a
    /// character that JSON may hold as it is and only an escape puts into YAML.
    [[nodiscard]] bool may_be_refused_in_json() const { return may_be_refused_in_json_; }
    [[nodiscard]] std::string finish() { return std::move(json_).finish(); }

private:
    void check_text(std::string_view text) {
        while (!text.empty()) {
            const auto character = preflight::find_code_point(text);
            require(character && character->value != 0);
            may_be_refused_in_json_ = may_be_refused_in_json_ ||
                                      (character->value >= 0x7F && character->value < 0xA0) ||
                                      character->value == 0x2028 || character->value == 0x2029 ||
                                      character->value == 0xFEFF;
            text.remove_prefix(character->length);
        }
    }

    void check_scalar(const Node::Scalar& scalar, const Place& place) {
        check_text(scalar.text);
        const auto source = lines_.at(place);
        require(!source.empty());
        require(scalar.is_quoted
                    ? std::string_view("'\"|>").find(source.front()) != std::string_view::npos
                    : source.front() == scalar.text.front());
        json_.string(scalar.text);
    }

    void check_map(const Node::Map& map, std::size_t depth) {
        std::set<std::string_view> keys;
        json_.begin_object();
        for (const auto& [key, value] : map) {
            check_text(key.text);
            require(keys.insert(key.text).second && !lines_.at(key.place).empty());
            may_be_refused_in_json_ = may_be_refused_in_json_ || key.text.size() * 6 > 1000;
            json_.key(key.text);
            check(value, depth + 1);
        }
        json_.end_object();
    }

    Lines lines_;
    document::JsonWriter json_;
    bool may_be_refused_in_json_ = false;
};

/// Whether two values differ at most in quotes and places.
bool is_same(const Node& left, const Node& right) {
    if (left.content().index() != right.content().index()) {
        return false;
    }
    if (const auto* list = left.as_list()) {
        return std::ranges::equal(*list, *right.as_list(), is_same);
    }
    if (const auto* map = left.as_map()) {
        return std::ranges::equal(*map, *right.as_map(), [](const auto& one, const auto& other) {
            return one.first.text == other.first.text && is_same(one.second, other.second);
        });
    }
    return left.is_null() || left.as_scalar()->text == right.as_scalar()->text;
}

/// Whether a JSON value is that of the YAML reader. Numbers only need to be plain.
bool is_same(const Value& value, const Node& node) {
    if (const auto* array = value.as_array()) {
        return node.as_list() != nullptr &&
               std::ranges::equal(*array, *node.as_list(), [](const auto& one, const auto& other) {
                   return is_same(one, other);
               });
    }
    if (const auto* object = value.as_object()) {
        return node.as_map() != nullptr &&
               std::ranges::equal(*object, *node.as_map(), [](const auto& one, const auto& other) {
                   return one.first == other.first.text && is_same(one.second, other.second);
               });
    }
    const auto* scalar = node.as_scalar();
    if (scalar == nullptr) {
        return node.is_null() && std::holds_alternative<std::monostate>(value.content());
    }
    if (const auto* text = value.as_string()) {
        return scalar->is_quoted && scalar->text == *text;
    }
    if (const auto* flag = std::get_if<bool>(&value.content())) {
        return !scalar->is_quoted && scalar->text == (*flag ? "true" : "false");
    }
    return !scalar->is_quoted && std::holds_alternative<Value::Number>(value.content());
}

void check_value(const Node& node, std::string_view text) {
    Checker checker(text);
    checker.check(node, 0);
    const auto written = checker.finish();
    const auto again = document::parse_yaml(preflight::as_bytes(written));
    require(again || checker.may_be_refused_in_json() || written.size() > document::kMaxYamlBytes);
    require(!again || is_same(node, *again));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto node = document::parse_yaml(preflight::as_bytes(text));
    if (!node) {
        require(!node.error().message.empty() && preflight::is_utf8(node.error().message));
        require(Lines(text).has(node.error().place));
        return 0;
    }
    check_value(*node, text);
    const auto value = document::parse_json(preflight::as_bytes(text));
    require(!value || is_same(*value, *node));
    return 0;
}
