// SPDX-License-Identifier: Apache-2.0
#include "header_lines.hpp"

#include "blanks.hpp"
#include "lines.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>

namespace preflight::python {

namespace {

bool is_continuation(std::string_view text) {
    return text.starts_with(' ') || text.starts_with('\t');
}

/// Printable ASCII without the colon. Source: RFC 5322, section 3.6.8.
bool is_field_name(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char byte) { return byte > ' ' && byte < '\x7F'; });
}

std::string from_latin1(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        append_utf8(text, static_cast<unsigned char>(byte)); // the first 256 characters of Unicode
    }
    return text;
}

} // namespace

// A character takes four bytes at most, and one more than is read tells that more is there.
HeaderText::HeaderText(std::string_view bytes)
    : wide_(decode_wide(bytes.substr(0, 4 * (kMaxHeaderBytes + 1)))), narrow_(bytes) {}

HeaderReader::HeaderReader(std::string_view text)
    : rest_(text.substr(0, kMaxHeaderBytes)), is_cut_(text.size() > kMaxHeaderBytes) {
    drop_byte_order_mark(rest_);
}

std::string_view HeaderReader::take_header_line() {
    ++line_;
    return take_line(rest_);
}

void HeaderReader::append_continuation(std::string& value) {
    while (is_continuation(rest_)) {
        const auto more = strip_blanks(take_header_line());
        value += value.empty() || more.empty() ? "" : " ";
        value += more;
    }
}

std::optional<HeaderLine> HeaderReader::next() {
    if (rest_.empty()) {
        return std::nullopt;
    }
    const bool is_stray = is_continuation(rest_);
    const auto text = take_header_line();
    if (text.empty()) {
        rest_ = {};
        is_cut_ = false; // what was cut off is the description
        return std::nullopt;
    }
    HeaderLine header;
    header.line = line_;
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto key = text.substr(0, colon);
    if (is_stray || colon == text.size() || !is_field_name(key)) {
        header.kind =
            is_stray ? HeaderLine::Kind::stray_continuation : HeaderLine::Kind::not_a_field;
        append_continuation(header.value);
        header.value.clear();
        return header;
    }
    header.kind = HeaderLine::Kind::field;
    header.key = key;
    header.value = strip_blanks(text.substr(colon + 1));
    append_continuation(header.value);
    if (!is_utf8(header.value)) {
        header.is_latin1 = true;
        header.value = from_latin1(header.value);
    }
    return header;
}

bool is_same_key(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, ascii_lower, ascii_lower);
}

} // namespace preflight::python
