// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/version_literal.hpp"

#include "lines.hpp"
#include "version_parts.hpp"

#include "preflight/python/identifiers.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace preflight::python {

namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kTripleDouble = R"(""")";
constexpr std::string_view kTripleSingle = "'''";

/// The longest tuple that is taken for a version: Django's has five parts.
constexpr std::size_t kMaxTupleParts = 8;

constexpr std::array<std::string_view, 3> kTextNames = {"VERSION", "version", "__VERSION__"};
constexpr std::array<std::string_view, 3> kTupleNames = {
    "VERSION", "version_info", "__version_info__"};

std::string_view without_leading_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// The normal form, unless the text is no version or holds the place of one.
std::optional<std::string> find_usable_version(std::string_view text) {
    const auto version = parse_version(text);
    if (!version) {
        return std::nullopt;
    }
    const bool is_placeholder = version_key(version->public_text()) == version_key("0");
    return is_placeholder ? std::nullopt : std::optional(version->text());
}

/// Which quotes `text` begins with, three or one; empty if with none.
std::string_view find_quotes(std::string_view text) {
    if (text.starts_with(kTripleDouble) || text.starts_with(kTripleSingle)) {
        return text.substr(0, 3);
    }
    return text.starts_with('"') || text.starts_with('\'') ? text.substr(0, 1) : text.substr(0, 0);
}

/// Where the quotes that close a string stand; what follows a backslash closes none.
std::size_t find_closing(std::string_view text, std::string_view quotes) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text.substr(at).starts_with(quotes)) {
            return at;
        }
    }
    return std::string_view::npos;
}

/// Follows the triple-quoted strings of a source from line to line.
class StringTracker {
public:
    /// Takes the next line in. Says whether it begins outside of such a string.
    bool begins_outside(std::string_view line) {
        const bool is_outside = quotes_.empty();
        if (!is_outside && !close(line)) {
            return false;
        }
        while (!line.empty() && quotes_.empty()) {
            skip_to_string(line);
        }
        return is_outside;
    }

private:
    /// Drops the rest of the open string; says no if the line ends inside of it.
    bool close(std::string_view& line) {
        const std::size_t at = find_closing(line, quotes_);
        if (at == std::string_view::npos) {
            return false;
        }
        line.remove_prefix(at + quotes_.size());
        quotes_ = {};
        return true;
    }

    /// Drops what stands before the next string and the string itself. It stays open if it is a
    /// triple-quoted one that does not end here.
    void skip_to_string(std::string_view& line) {
        line.remove_prefix(std::min(line.find_first_of("\"'#"), line.size()));
        const auto quotes = find_quotes(line);
        if (quotes.empty()) {
            line = {}; // a comment, or nothing
            return;
        }
        line.remove_prefix(quotes.size());
        quotes_ = quotes;
        if (!close(line) && quotes.size() == 1) {
            quotes_ = {}; // a mistake, or continued by a backslash
            line = {};
        }
    }

    std::string_view quotes_; ///< Of the string that is open.
};

/// Takes an identifier off `rest`; empty if none stands there.
std::string_view take_identifier(std::string_view& rest) {
    const auto* const end = std::ranges::find_if_not(rest, is_identifier_byte);
    const auto name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    if (!is_identifier(name)) {
        return {};
    }
    rest.remove_prefix(name.size());
    return name;
}

/// Takes `: Final[str]` off `rest`, if an annotation stands there.
void drop_annotation(std::string_view& rest) {
    if (!rest.starts_with(':')) {
        return;
    }
    const auto may_stand = [](char byte) {
        return is_identifier_byte(byte) ||
               std::string_view(" \t.,|[]'\"").find(byte) != std::string_view::npos;
    };
    const auto* const end = std::ranges::find_if_not(rest.substr(1), may_stand);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
}

/// Takes the targets of an assignment off the line, with the last `=`: `a: str = b = `. Empty if
/// the line is no assignment to names.
std::vector<std::string_view> take_targets(std::string_view& rest) {
    std::vector<std::string_view> names;
    while (true) {
        auto ahead = rest;
        const auto name = take_identifier(ahead);
        ahead = without_leading_blanks(ahead);
        drop_annotation(ahead);
        if (name.empty() || !ahead.starts_with('=') || ahead.starts_with("==")) {
            return names;
        }
        names.push_back(name);
        rest = without_leading_blanks(ahead.substr(1));
    }
}

bool is_end_of_line(std::string_view text) {
    text = without_leading_blanks(text);
    return text.empty() || text.starts_with('#');
}

/// Drops the letters that may stand before the quotes of a string that is what it looks like.
void drop_prefix(std::string_view& text) {
    const auto* const end = std::ranges::find_if_not(text, is_letter);
    const auto length = static_cast<std::size_t>(end - text.begin());
    const auto is_known = [](char byte) {
        return std::string_view("bru").find(ascii_lower(byte)) != std::string_view::npos;
    };
    if (length <= 2 && std::ranges::all_of(text.substr(0, length), is_known)) {
        text.remove_prefix(length);
    }
}

/// Takes a string literal off `rest` and gives what stands between its quotes.
std::optional<std::string_view> take_string(std::string_view& rest) {
    auto ahead = rest;
    drop_prefix(ahead);
    const auto quotes = find_quotes(ahead);
    ahead.remove_prefix(quotes.size());
    const std::size_t end = quotes.empty() ? std::string_view::npos : find_closing(ahead, quotes);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    rest = ahead.substr(end + quotes.size());
    return ahead.substr(0, end);
}

/// The parts of a tuple of numbers and strings, strings without their quotes.
std::optional<std::vector<std::string_view>> find_tuple(std::string_view text) {
    if (!text.starts_with('(')) {
        return std::nullopt;
    }
    text.remove_prefix(1);
    std::vector<std::string_view> parts;
    while (parts.size() < kMaxTupleParts) {
        text = without_leading_blanks(text);
        if (text.starts_with(')')) {
            break;
        }
        const auto string = take_string(text);
        const auto part = string ? *string : text.substr(0, text.find_first_of(" \t,)#"));
        text.remove_prefix(string ? 0 : part.size());
        parts.push_back(part);
        text = without_leading_blanks(text);
        if (!text.starts_with(',')) {
            break;
        }
        text.remove_prefix(1);
    }
    const bool is_whole = text.starts_with(')') && is_end_of_line(text.substr(1));
    return is_whole ? std::optional(parts) : std::nullopt;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::string join(const std::vector<std::string_view>& numbers) {
    std::string text;
    for (const auto number : numbers) {
        text += text.empty() ? "" : ".";
        text += number;
    }
    return text;
}

/// The letters of a kind of release in Django's scheme; nothing for other words.
std::optional<std::string_view> find_kind(std::string_view word) {
    struct Kind {
        std::string_view word;
        std::string_view letters;
    };
    constexpr std::array kKinds = {
        Kind{"final", ""}, Kind{"alpha", "a"}, Kind{"beta", "b"}, Kind{"rc", "rc"}};
    const auto* const kind = std::ranges::find(kKinds, word, &Kind::word);
    return kind == kKinds.end() ? std::nullopt : std::optional(kind->letters);
}

/// `(3, 2, 0, "rc", 1)` is 3.2rc1: a third number of 0 is left out. Source: Django 3.2,
/// utils/version.py, get_version() and get_main_version().
std::optional<std::string> write_django_version(const std::vector<std::string_view>& parts) {
    if (parts.size() != 5 || !std::all_of(parts.begin(), parts.begin() + 3, is_number) ||
        !is_number(parts[4])) {
        return std::nullopt;
    }
    const auto kind = find_kind(parts[3]);
    if (!kind) {
        return std::nullopt;
    }
    const std::size_t count = significant_digits(parts[2]).empty() ? 2 : 3;
    auto text = join({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count)});
    if (!kind->empty()) {
        text += *kind;
        text += parts[4];
    }
    return text;
}

std::optional<std::string> find_tuple_version(std::string_view text) {
    const auto parts = find_tuple(text);
    if (!parts || parts->size() < 2) {
        return std::nullopt;
    }
    const auto version = std::ranges::all_of(*parts, is_number) ? std::optional(join(*parts))
                                                                : write_django_version(*parts);
    return version ? find_usable_version(*version) : std::nullopt;
}

std::optional<std::string> find_text_version(std::string_view text) {
    const auto literal = take_string(text);
    return literal && is_end_of_line(text) ? find_usable_version(*literal) : std::nullopt;
}

template <class Names>
bool has_any(const std::vector<std::string_view>& targets, const Names& names) {
    return std::ranges::any_of(targets, [&](std::string_view target) {
        return std::ranges::find(names, target) != names.end();
    });
}

/// What the assignments of a source say, the first of each sort.
struct Literals {
    std::optional<std::string> dunder; ///< The text of `__version__`.
    std::optional<std::string> text;
    std::optional<std::string> tuple;
};

void add_assignment(std::string_view line, Literals& literals) {
    constexpr std::array<std::string_view, 1> kDunder = {"__version__"};
    const auto targets = take_targets(line);
    if (has_any(targets, kDunder)) {
        literals.dunder = find_text_version(line);
    }
    if (!literals.text && has_any(targets, kTextNames)) {
        literals.text = find_text_version(line);
    }
    if (!literals.tuple && has_any(targets, kTupleNames)) {
        literals.tuple = find_tuple_version(line);
    }
}

bool mentions_version(std::string_view line) {
    return line.find("version") != std::string_view::npos ||
           line.find("VERSION") != std::string_view::npos;
}

/// The part that is looked at, cut behind a line.
std::string_view take_beginning(std::string_view text) {
    drop_byte_order_mark(text);
    if (text.size() <= kMaxVersionSource) {
        return text;
    }
    text = text.substr(0, kMaxVersionSource);
    return text.substr(0, text.find_last_of("\r\n") + 1);
}

} // namespace

std::optional<std::string> find_version_literal(ByteView source) {
    auto rest = take_beginning(as_text(source));
    if (!mentions_version(rest)) {
        return std::nullopt;
    }
    StringTracker strings;
    Literals literals;
    while (!rest.empty() && !literals.dunder) {
        const auto line = take_line(rest);
        if (strings.begins_outside(line) && mentions_version(line)) {
            add_assignment(line, literals);
        }
    }
    if (literals.dunder) {
        return literals.dunder;
    }
    return literals.text ? literals.text : literals.tuple;
}

std::optional<std::string> find_version_text(ByteView bytes) {
    auto text = as_text(bytes);
    drop_byte_order_mark(text);
    return text.size() <= kMaxVersionText ? find_usable_version(text) : std::nullopt;
}

} // namespace preflight::python
