// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/record_file.hpp"

#include "lines.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace preflight::python {

namespace {

constexpr std::size_t kMaxProblems = 10;
constexpr std::size_t kMaxQuotedValue = 64; ///< So much of a value stands in a problem.

/// 32 bytes in base64 without padding: ten groups of four characters and one of three.
constexpr std::size_t kDigestLength = 43;

/// How many lines end inside `text`: at LF, CRLF or CR.
std::size_t count_line_ends(std::string_view text) {
    std::size_t count = 0;
    char before = '\0';
    for (const char byte : text) {
        count += byte == '\r' || (byte == '\n' && before != '\r') ? 1 : 0;
        before = byte;
    }
    return count;
}

/// Appends no more than is needed to tell that the field is too long.
void append_bounded(std::string& field, std::string_view more) {
    field += more.substr(0, kMaxRecordPathBytes + 1 - field.size());
}

std::string quote_value(std::string_view value) {
    return in_quotes(value.substr(0, kMaxQuotedValue));
}

std::string count_fields(std::size_t count) {
    constexpr std::array<std::string_view, 10> kWords = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    const auto number =
        count < kWords.size() ? std::string(kWords.at(count)) : std::to_string(count);
    return number + (count == 1 ? " field" : " fields");
}

std::string_view find_path_obstacle(std::string_view path) {
    if (path.empty()) {
        return "path is empty";
    }
    if (path.size() > kMaxRecordPathBytes) {
        return "path has more than 4096 bytes";
    }
    return path.find('\0') == std::string_view::npos ? "" : "path holds a NUL";
}

/// The six bits of a character of the URL-safe alphabet. Source: RFC 4648, section 5.
std::optional<unsigned> find_sextet(char byte) {
    if (byte >= 'A' && byte <= 'Z') {
        return static_cast<unsigned>(byte - 'A');
    }
    if (byte >= 'a' && byte <= 'z') {
        return static_cast<unsigned>(byte - 'a') + 26;
    }
    if (is_digit(byte)) {
        return static_cast<unsigned>(byte - '0') + 52;
    }
    if (byte == '-' || byte == '_') {
        return byte == '-' ? 62 : 63;
    }
    return std::nullopt;
}

/// A SHA-256 in base64. One character of padding, which is not allowed, is let pass; bits that
/// stand for nothing must be zero.
std::optional<std::array<std::byte, 32>> find_sha256(std::string_view text) {
    if (text.size() == kDigestLength + 1 && text.ends_with('=')) {
        text.remove_suffix(1);
    }
    if (text.size() != kDigestLength) {
        return std::nullopt;
    }
    std::array<std::byte, 32> digest{};
    std::size_t filled = 0;
    unsigned bits = 0;
    unsigned bit_count = 0;
    for (const char byte : text) {
        const auto sextet = find_sextet(byte);
        if (!sextet) {
            return std::nullopt;
        }
        bits = (bits << 6U) | *sextet;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            digest.at(filled++) = static_cast<std::byte>(bits >> bit_count);
            bits &= (1U << bit_count) - 1;
        }
    }
    return bits == 0 ? std::optional(digest) : std::nullopt;
}

std::optional<std::uint64_t> find_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, size);
    return error == std::errc() && stop == end ? std::optional(size) : std::nullopt;
}

} // namespace

RecordReader::RecordReader(std::string_view text) : rest_(text) {
    drop_byte_order_mark(rest_);
}

bool RecordReader::take_line_end() {
    if (!rest_.starts_with('\n') && !rest_.starts_with('\r')) {
        return false;
    }
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
    return true;
}

/// The text up to the comma or line end; quotes in it are no more than characters.
std::string_view RecordReader::take_plain() {
    const auto* const end = std::ranges::find_if(
        rest_, [](char byte) { return byte == ',' || byte == '\n' || byte == '\r'; });
    const auto text = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(text.size());
    return text;
}

/// The text up to the next quote, which is dropped, or up to the end of the file.
std::string_view RecordReader::take_quoted() {
    const auto text = rest_.substr(0, rest_.find('"'));
    line_ += count_line_ends(text);
    rest_.remove_prefix(std::min(text.size() + 1, rest_.size()));
    return text;
}

/// One field without its quotes. It lies in the text where it can, in `copy` otherwise.
std::string_view RecordReader::take_field(std::string& copy) {
    if (!rest_.starts_with('"')) {
        return take_plain();
    }
    copy.clear();
    rest_.remove_prefix(1);
    auto quoted = take_quoted();
    while (rest_.starts_with('"')) { // a doubled quote
        append_bounded(copy, quoted);
        append_bounded(copy, "\"");
        rest_.remove_prefix(1);
        quoted = take_quoted();
    }
    const auto tail = take_plain();
    if (copy.empty() && tail.empty()) {
        return quoted;
    }
    append_bounded(copy, quoted);
    append_bounded(copy, tail);
    return copy;
}

void RecordReader::take_fields() {
    row_line_ = line_;
    field_count_ = 0;
    bool goes_on = true;
    while (goes_on) {
        const std::size_t slot = std::min(field_count_, kFieldCount);
        fields_.at(slot) = take_field(copies_.at(slot));
        ++field_count_;
        goes_on = rest_.starts_with(',');
        rest_.remove_prefix(goes_on ? 1 : 0);
    }
    take_line_end();
}

std::optional<RecordRow> RecordReader::next() {
    while (!rest_.empty()) {
        if (take_line_end()) {
            continue; // an empty line
        }
        take_fields();
        if (auto row = make_row()) {
            return row;
        }
    }
    return std::nullopt;
}

std::optional<RecordRow> RecordReader::make_row() {
    if (field_count_ != kFieldCount) {
        note(count_fields(field_count_) + " instead of three");
        return std::nullopt;
    }
    const auto [path, digest, size, beyond] = fields_;
    if (const auto obstacle = find_path_obstacle(path); !obstacle.empty()) {
        note(obstacle);
        return std::nullopt;
    }
    if (!is_utf8(path)) {
        note("path is not UTF-8");
    }
    RecordRow row;
    row.path = path;
    row.line = row_line_;
    read_digest(digest, row);
    row.size = find_size(size);
    if (!row.size && !size.empty()) {
        note("size " + quote_value(size) + " is no number");
    }
    return row;
}

void RecordReader::read_digest(std::string_view text, RecordRow& row) {
    if (text.empty()) {
        return;
    }
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
        note("digest " + quote_value(text) + " is not '<algorithm>=<digest>'");
        return;
    }
    row.has_other_digest = text.substr(0, equals) != "sha256";
    if (!row.has_other_digest) {
        row.sha256 = find_sha256(text.substr(equals + 1));
        if (!row.sha256) {
            note("digest " + quote_value(text) + " is no SHA-256 in URL-safe base64");
        }
    }
}

void RecordReader::note(std::string_view problem) {
    ++problem_count_;
    if (problems_.size() < kMaxProblems) {
        problems_.push_back("line " + std::to_string(row_line_) + ": " + std::string(problem));
    }
}

} // namespace preflight::python
