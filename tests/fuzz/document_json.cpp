// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes: an error lies inside them; a value nests no deeper than the limit, has no key
// twice and no text that is not UTF-8; and written by JsonWriter it is read as the same value. The
// bytes themselves, written as one string, are a valid document that gives them back if they are
// UTF-8.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/json.hpp"
#include "preflight/document/json_writer.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

namespace {

namespace document = preflight::document;
using document::Array;
using document::Object;
using document::Value;

/// Writes a value. JsonWriter writes no numbers of the kind that were read, so each becomes an
/// object that no input can hold, because its key is longer than the input.
class Serializer {
public:
    explicit Serializer(std::size_t input_size) : number_key_(input_size + 1, 'n') {}

    void write(const Value& value, std::size_t depth) {
        if (const auto* flag = std::get_if<bool>(&value.content())) {
            json_.boolean(*flag);
        } else if (const auto* number = std::get_if<Value::Number>(&value.content())) {
            json_.begin_object();
            json_.key(number_key_);
            json_.string(number->text);
            json_.end_object();
        } else if (const auto* text = value.as_string()) {
            require(preflight::is_utf8(*text));
            json_.string(*text);
        } else if (const auto* array = value.as_array()) {
            write_array(*array, depth + 1);
        } else if (const auto* object = value.as_object()) {
            write_object(*object, depth + 1);
        } else {
            json_.null();
        }
    }

    std::string finish() { return std::move(json_).finish(); }
    [[nodiscard]] const std::string& number_key() const { return number_key_; }

private:
    void write_array(const Array& array, std::size_t depth) {
        require(depth <= document::kMaxJsonDepth);
        json_.begin_array();
        for (const auto& item : array) {
            write(item, depth);
        }
        json_.end_array();
    }

    void write_object(const Object& object, std::size_t depth) {
        require(depth <= document::kMaxJsonDepth);
        std::set<std::string> keys;
        json_.begin_object();
        for (const auto& [name, member] : object) {
            require(keys.insert(name).second && preflight::is_utf8(name));
            json_.key(name);
            write(member, depth);
        }
        json_.end_object();
    }

    document::JsonWriter json_;
    std::string number_key_;
};

/// Whether `again` is `value` with its numbers replaced by the objects that Serializer writes.
bool is_same(const Value& value, const Value& again, const std::string& number_key) {
    if (const auto* number = std::get_if<Value::Number>(&value.content())) {
        const auto* text = again.find(number_key);
        return text != nullptr && text->as_string() != nullptr &&
               *text->as_string() == number->text;
    }
    if (value.content().index() != again.content().index()) {
        return false;
    }
    if (const auto* array = value.as_array()) {
        return std::ranges::equal(
            *array, *again.as_array(), [&](const Value& left, const Value& right) {
                return is_same(left, right, number_key);
            });
    }
    if (const auto* object = value.as_object()) {
        return std::ranges::equal(
            *object, *again.as_object(), [&](const auto& left, const auto& right) {
                return left.first == right.first && is_same(left.second, right.second, number_key);
            });
    }
    if (const auto* text = value.as_string()) {
        return *text == *again.as_string();
    }
    const auto* flag = std::get_if<bool>(&value.content());
    return flag == nullptr || *flag == std::get<bool>(again.content());
}

/// Whether a value is as deep as it may be and holds a number there, so that its written form is
/// one level too deep.
bool has_number_at_the_limit(const Value& value, std::size_t depth) {
    if (std::holds_alternative<Value::Number>(value.content())) {
        return depth == document::kMaxJsonDepth;
    }
    if (const auto* array = value.as_array()) {
        return std::ranges::any_of(
            *array, [&](const Value& item) { return has_number_at_the_limit(item, depth + 1); });
    }
    const auto* object = value.as_object();
    return object != nullptr && std::ranges::any_of(*object, [&](const auto& member) {
               return has_number_at_the_limit(member.second, depth + 1);
           });
}

void check_value(const Value& value, std::size_t input_size) {
    Serializer serializer(input_size);
    serializer.write(value, 0);
    const auto written = serializer.finish();
    const auto again = document::parse_json(preflight::as_bytes(written));
    require(again.has_value() != has_number_at_the_limit(value, 0));
    require(!again || is_same(value, *again, serializer.number_key()));
}

void check_string(std::string_view text) {
    document::JsonWriter json;
    json.string(text);
    const auto written = std::move(json).finish();
    const auto read = document::parse_json(preflight::as_bytes(written));
    require(read && read->as_string() != nullptr);
    require(!preflight::is_utf8(text) || *read->as_string() == text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto value = document::parse_json(preflight::as_bytes(text));
    if (value) {
        check_value(*value, size);
    } else {
        require(value.error().offset <= size && !value.error().message.empty());
    }
    check_string(text);
    return 0;
}
