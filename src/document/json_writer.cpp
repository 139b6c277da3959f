// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json_writer.hpp"

#include "preflight/base/text.hpp"

#include <cassert>
#include <cstdlib>
#include <utility>

namespace preflight::document {

namespace {

/// The short form of a character that RFC 8259, section 7, wants escaped, or 0.
char short_escape(char character) {
    switch (character) {
    case '"':
    case '\\':
        return character;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

void append_escape(std::string& text, unsigned value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
        text += kDigits[value >> static_cast<unsigned>(shift) & 0xFU];
    }
}

} // namespace

void JsonWriter::key(std::string_view name) {
    assert(!has_items_.empty() && !follows_key_);
    begin_value();
    append_string(name);
    text_ += ": ";
    follows_key_ = true;
}

void JsonWriter::string(std::string_view value) {
    begin_value();
    append_string(value);
}

void JsonWriter::number(std::uint64_t value) {
    begin_value();
    text_ += std::to_string(value);
}

void JsonWriter::tenths(int value) {
    begin_value();
    text_ += value < 0 ? "-" : "";
    text_ += std::to_string(std::abs(value) / 10) + "." + std::to_string(std::abs(value) % 10);
}

void JsonWriter::boolean(bool value) {
    begin_value();
    text_ += value ? "true" : "false";
}

void JsonWriter::null() {
    begin_value();
    text_ += "null";
}

std::string JsonWriter::finish() && {
    assert(has_items_.empty() && !follows_key_);
    text_ += '\n';
    return std::move(text_);
}

void JsonWriter::open(char bracket) {
    begin_value();
    text_ += bracket;
    has_items_.push_back(false);
}

void JsonWriter::close(char bracket) {
    assert(!has_items_.empty() && !follows_key_);
    const bool has_items = has_items_.back();
    has_items_.pop_back();
    if (has_items) {
        begin_line();
    }
    text_ += bracket;
}

void JsonWriter::begin_value() {
    if (follows_key_) {
        follows_key_ = false;
        return;
    }
    if (has_items_.empty()) {
        return;
    }
    if (has_items_.back()) {
        text_ += ',';
    }
    has_items_.back() = true;
    begin_line();
}

void JsonWriter::begin_line() {
    text_ += '\n';
    text_.append(2 * has_items_.size(), ' ');
}

void JsonWriter::append_string(std::string_view value) {
    text_ += '"';
    while (!value.empty()) {
        const char character = value.front();
        const auto byte = static_cast<unsigned char>(character);
        if (const char escape = short_escape(character); escape != 0) {
            text_ += '\\';
            text_ += escape;
            value.remove_prefix(1);
        } else if (byte < 0x20 || byte == 0x7F) {
            append_escape(text_, byte);
            value.remove_prefix(1);
        } else if (const auto decoded = find_code_point(value)) {
            // What only changes how its neighbours look is written so that it is seen.
            if (is_invisible(decoded->value)) { // none is beyond U+FFFF
                append_escape(text_, decoded->value);
            } else {
                text_ += value.substr(0, decoded->length);
            }
            value.remove_prefix(decoded->length);
        } else {
            text_ += "\xEF\xBF\xBD";
            value.remove_prefix(1);
        }
    }
    text_ += '"';
}

} // namespace preflight::document
