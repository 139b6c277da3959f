// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json.hpp"

#include "preflight/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace preflight::document {

namespace {

using nlohmann::json;

/// Builds a Value out of what nlohmann's parser says, and stops it where we refuse what it would
/// accept.
class Builder : public json::json_sax_t {
public:
    bool null() override { return add({}); }
    bool boolean(bool value) override { return add(Value(value)); }
    bool number_integer(json::number_integer_t value) override {
        return add_number(std::to_string(value));
    }
    bool number_unsigned(json::number_unsigned_t value) override {
        return add_number(std::to_string(value));
    }
    bool number_float(json::number_float_t /*value*/, const std::string& text) override {
        return add_number(text);
    }
    bool string(std::string& value) override { return add(Value(std::move(value))); }
    bool binary(json::binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*size*/) override { return open(Level{Object(), {}, {}}); }
    bool start_array(std::size_t /*size*/) override { return open(Level{Array(), {}, {}}); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override {
        auto& level = levels_.back();
        level.key = name;
        if (!level.keys.insert(std::move(name)).second) {
            error_ = {.message = "the key " + in_quotes(level.key) + " occurs twice"};
            return false;
        }
        return true;
    }

    bool parse_error(std::size_t position,
                     const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        error_ = {.message = "not valid JSON", .offset = position > 0 ? position - 1 : 0};
        return false;
    }

    [[nodiscard]] Result<Value> take(bool is_whole) {
        if (!is_whole) {
            return std::move(error_);
        }
        return std::move(root_);
    }

private:
    struct Level {
        std::variant<Array, Object> items;
        std::string key;
        std::set<std::string, std::less<>> keys;
    };

    bool add_number(std::string text) { return add(Value(Value::Number{std::move(text)})); }

    bool add(Value value) {
        if (levels_.empty()) {
            root_ = std::move(value);
            return true;
        }
        auto& level = levels_.back();
        if (auto* array = std::get_if<Array>(&level.items)) {
            array->push_back(std::move(value));
        } else {
            std::get<Object>(level.items).emplace_back(std::move(level.key), std::move(value));
        }
        return true;
    }

    bool open(Level level) {
        if (levels_.size() == kMaxJsonDepth) {
            error_ = {.message =
                          "brackets nest deeper than " + std::to_string(kMaxJsonDepth) + " levels"};
            return false;
        }
        levels_.push_back(std::move(level));
        return true;
    }

    bool close() {
        auto items = std::move(levels_.back().items);
        levels_.pop_back();
        return add(std::visit([](auto&& held) { return Value(std::forward<decltype(held)>(held)); },
                              std::move(items)));
    }

    std::vector<Level> levels_;
    Value root_;
    InputError error_{.message = "not valid JSON"};
};

} // namespace

const Value* Value::find(std::string_view name) const {
    const auto* object = as_object();
    if (object == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(*object, name, &Object::value_type::first);
    return found == object->end() ? nullptr : &found->second;
}

Result<Value> parse_json(ByteView text) {
    const auto characters = as_text(text);
    // nlohmann takes a zero byte between tokens for the end, whatever follows it.
    if (const auto zero = characters.find('\0'); zero != std::string_view::npos) {
        return InputError{.message = "not valid JSON", .offset = zero};
    }
    Builder builder;
    const bool is_whole = json::sax_parse(characters.begin(), characters.end(), &builder);
    return builder.take(is_whole);
}

} // namespace preflight::document
