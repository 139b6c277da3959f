// SPDX-License-Identifier: Apache-2.0
#include "version_parts.hpp"

#include "blanks.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace preflight::python {

namespace {

struct PreSpelling {
    std::string_view word;
    PreKind kind;
};

// A word stands before the shorter ones that it begins with, so the first that fits is the longest.
constexpr std::array kPreSpellings = {PreSpelling{"alpha", PreKind::alpha},
                                      PreSpelling{"a", PreKind::alpha},
                                      PreSpelling{"beta", PreKind::beta},
                                      PreSpelling{"b", PreKind::beta},
                                      PreSpelling{"preview", PreKind::candidate},
                                      PreSpelling{"pre", PreKind::candidate},
                                      PreSpelling{"c", PreKind::candidate},
                                      PreSpelling{"rc", PreKind::candidate}};

constexpr std::array<std::string_view, 3> kPostSpellings = {"post", "rev", "r"};

/// Walks over the text once. What does not fit is left where it stands, so the place where the walk
/// ends is the place of the error.
class VersionReader {
public:
    explicit VersionReader(std::string_view text) : text_(text) {}

    Result<VersionParts, VersionRefusal> read() {
        take('v');
        take_epoch_and_release();
        if (!parts_.release.empty() && at_ != text_.size()) {
            take_pre();
            take_post();
            take_dev();
            take_local();
        }
        if (!reason_.empty()) {
            return VersionRefusal{reason_, reason_at_};
        }
        if (parts_.release.empty()) {
            return VersionRefusal{"a number is missing", at_};
        }
        if (at_ != text_.size()) {
            return VersionRefusal{"nothing of a version may stand here", at_};
        }
        return parts_;
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    bool take(char lower) {
        const bool fits = ascii_lower(peek()) == lower;
        at_ += fits ? 1U : 0U;
        return fits;
    }

    bool take(std::string_view word) {
        const auto there = text_.substr(at_, word.size());
        const bool fits = std::ranges::equal(there, word, {}, ascii_lower);
        at_ += fits ? word.size() : 0;
        return fits;
    }

    void take_separator() { at_ += is_separator(peek()) ? 1U : 0U; }

    std::string_view take_digits() {
        const std::size_t start = at_;
        while (is_digit(peek())) {
            ++at_;
        }
        if (at_ - start > kMaxDigits && reason_.empty()) {
            reason_ = "a number has more than 4300 digits";
            reason_at_ = start;
        }
        return text_.substr(start, at_ - start);
    }

    void take_epoch_and_release() {
        std::size_t start = at_;
        auto first = take_digits();
        if (!first.empty() && peek() == '!') {
            ++at_;
            parts_.epoch = first;
            start = at_;
            first = take_digits();
        }
        if (first.empty()) {
            return;
        }
        while (peek() == '.' && is_digit(peek(1))) {
            ++at_;
            static_cast<void>(take_digits());
        }
        parts_.release = text_.substr(start, at_ - start);
    }

    /// Whether one of `words` follows, behind a separator or not. What follows the word is its
    /// number.
    template <class Words, class Word>
    auto take_word(const Words& words, Word word_of) {
        const std::size_t start = at_;
        take_separator();
        const auto* const found =
            std::ranges::find_if(words, [&](const auto& word) { return take(word_of(word)); });
        if (found == std::ranges::end(words)) {
            at_ = start;
        } else {
            take_separator();
        }
        return found;
    }

    void take_pre() {
        const auto* const found =
            take_word(kPreSpellings, [](const PreSpelling& spelling) { return spelling.word; });
        if (found != kPreSpellings.end()) {
            parts_.pre = found->kind;
            parts_.pre_number = take_digits();
        }
    }

    void take_post() {
        if (peek() == '-' && is_digit(peek(1))) {
            ++at_;
            parts_.has_post = true;
        } else {
            parts_.has_post = take_word(kPostSpellings, std::identity()) != kPostSpellings.end();
        }
        if (parts_.has_post) {
            parts_.post_number = take_digits();
        }
    }

    void take_dev() {
        constexpr std::array<std::string_view, 1> kDev = {"dev"};
        if (take_word(kDev, std::identity()) != kDev.end()) {
            parts_.has_dev = true;
            parts_.dev_number = take_digits();
        }
    }

    void take_local() {
        const auto is_alnum = [](char byte) { return is_digit(byte) || is_letter(byte); };
        if (peek() != '+' || !is_alnum(peek(1))) {
            return;
        }
        const std::size_t start = at_ + 1;
        do {
            const std::size_t piece = ++at_;
            while (is_alnum(peek())) {
                ++at_;
            }
            check_local_number(piece);
        } while (is_separator(peek()) && is_alnum(peek(1)));
        parts_.local = text_.substr(start, at_ - start);
    }

    void check_local_number(std::size_t start) {
        const auto piece = text_.substr(start, at_ - start);
        if (piece.size() > kMaxDigits && reason_.empty() && std::ranges::all_of(piece, is_digit)) {
            reason_ = "a number has more than 4300 digits";
            reason_at_ = start;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    VersionParts parts_;
    std::string_view reason_;
    std::size_t reason_at_ = 0;
};

bool needs_stripping(std::string_view text) {
    // What an index holds begins and ends with a letter or a digit nearly always.
    return text.empty() || !(is_digit(text.front()) || is_letter(text.front())) ||
           !(is_digit(text.back()) || is_letter(text.back()));
}

} // namespace

Result<VersionParts, VersionRefusal> find_version_parts(std::string_view text) {
    const auto stripped = needs_stripping(text) ? strip_blanks(text) : text;
    auto parts = VersionReader(stripped).read();
    if (!parts) {
        auto refusal = parts.error();
        refusal.offset += static_cast<std::size_t>(stripped.data() - text.data());
        return refusal;
    }
    return parts;
}

} // namespace preflight::python
