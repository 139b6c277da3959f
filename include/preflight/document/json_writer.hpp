// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Structured text: reading it into values, and writing JSON.
///
/// Entry points: parse_json() for what programs write, parse_yaml() for what people write and must
/// be told where they erred, and JsonWriter.
namespace preflight::document {

/// Writes one JSON document, indented by two blanks, in the order in which it is told. Whatever
/// bytes a string holds, the document is valid: what is no UTF-8 becomes U+FFFD.
///
/// To call it out of turn - a value without a key inside an object, an end that matches no
/// beginning - is a mistake in the program. Source: RFC 8259.
class JsonWriter {
public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    /// The key of the value that comes next.
    void key(std::string_view name);

    void string(std::string_view value);
    void number(std::uint64_t value);
    /// A number with exactly one digit behind the point: 98 is 9.8.
    void tenths(int value);
    void boolean(bool value);
    void null();

    /// The document with a line end behind it. Nothing may be written afterwards.
    [[nodiscard]] std::string finish() &&;

private:
    void open(char bracket);
    void close(char bracket);
    void begin_value();
    void begin_line();
    void append_string(std::string_view value);

    std::string text_;
    std::vector<bool> has_items_; ///< One for each open bracket.
    bool follows_key_ = false;
};

} // namespace preflight::document
