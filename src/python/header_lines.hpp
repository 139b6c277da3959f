// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/encoding.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace preflight::python {

/// Headers are read up to here. The largest METADATA of the hundred most used projects has 40 KiB
/// of them.
inline constexpr std::size_t kMaxHeaderBytes = 1024 * 1024;

/// One header, its continuation lines joined to it.
struct HeaderLine {
    enum class Kind { field, not_a_field, stray_continuation };

    Kind kind = Kind::not_a_field;
    std::size_t line = 0;   ///< Of its first line, from 1.
    std::string_view key;   ///< As written; empty unless `kind` is `field`.
    std::string value;      ///< Trimmed, continuation lines joined by one space. UTF-8 always.
    bool is_latin1 = false; ///< Whether the value is no UTF-8 and was taken as Latin-1.
};

/// The text of a file of headers, as much of it as is read, whatever its encoding.
class HeaderText {
public:
    /// `bytes` must outlive the text.
    explicit HeaderText(std::string_view bytes);

    [[nodiscard]] std::string_view view() const { return wide_ ? wide_->text : narrow_; }
    /// Of a text in UTF-16 or UTF-32 what that is; else empty.
    [[nodiscard]] std::string_view wide_encoding() const {
        return wide_ ? wide_->encoding : std::string_view();
    }

private:
    std::optional<WideText> wide_;
    std::string_view narrow_;
};

/// Goes through the headers of an e-mail-like file: `key: value` up to the first empty line. Lines
/// end in LF, CRLF or CR; a line that begins with a blank continues the one before it. Source:
/// Python's email.feedparser, which pip and importlib.metadata read with; unlike it, a line that is
/// no header does not end the headers.
class HeaderReader {
public:
    /// `text` must outlive the reader and the keys it gives.
    explicit HeaderReader(std::string_view text);

    /// The next header, or nothing when there are no more.
    [[nodiscard]] std::optional<HeaderLine> next();

    /// Whether headers were left out because they lie behind the first kMaxHeaderBytes.
    [[nodiscard]] bool is_cut() const { return is_cut_ && rest_.empty(); }

private:
    std::string_view take_header_line();
    void append_continuation(std::string& value);

    std::string_view rest_;
    std::size_t line_ = 0;
    bool is_cut_ = false;
};

/// Whether two field names are the same: without regard to the case of ASCII letters.
[[nodiscard]] bool is_same_key(std::string_view left, std::string_view right);

} // namespace preflight::python
