// SPDX-License-Identifier: Apache-2.0
#include "credentials.hpp"

#include <algorithm>

namespace preflight::python {

namespace {

constexpr std::string_view kSchemeEnd = "://";
constexpr std::string_view kBlanks = " \t";

/// How many bytes in front of `text` may be user name and password: up to the last `@` if a colon
/// stands before it.
std::size_t pair_length(std::string_view text) {
    const std::size_t at = text.rfind('@');
    const bool has_colon = text.substr(0, at).find(':') != std::string_view::npos;
    return at != std::string_view::npos && has_colon ? at + 1 : 0;
}

/// What follows `://` without its credentials. They end at the last `@` of the authority (RFC 3986,
/// section 3.2); a colon and an `@` behind that look like a password with a `/` in it that should
/// have been encoded: `user:pa/ss@host`.
std::string_view without_user(std::string_view text) {
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    const std::size_t at = authority.rfind('@');
    text.remove_prefix(at == std::string_view::npos ? 0 : at + 1);
    return text.substr(pair_length(text));
}

/// `word` holds no blanks.
void append_word(std::string_view word, std::string& result) {
    const std::size_t end = std::min(word.find(kSchemeEnd), word.size());
    const auto head = word.substr(0, end);
    result += head.substr(pair_length(head)); // `user:secret@host` without a scheme
    if (end < word.size()) {
        result += kSchemeEnd;
        result += without_user(word.substr(end + kSchemeEnd.size()));
    }
}

} // namespace

std::string without_credentials(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t word = std::min(text.find_first_of(kBlanks), text.size());
        append_word(text.substr(0, word), result);
        const std::size_t next = std::min(text.find_first_not_of(kBlanks, word), text.size());
        result += text.substr(word, next - word);
        text.remove_prefix(next);
    }
    return result;
}

} // namespace preflight::python
