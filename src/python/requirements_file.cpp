// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/requirements_file.hpp"

#include "blanks.hpp"
#include "credentials.hpp"
#include "lines.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace preflight::python {

namespace {

constexpr std::size_t kMaxText = 200;

bool is_comment(std::string_view line) {
    while (const std::size_t blank = blank_at_front(line)) {
        line.remove_prefix(blank);
    }
    return line.starts_with('#');
}

/// A comment begins at a `#` at the start or behind white space; the `#` of a URL fragment begins
/// none.
std::string_view without_comment(std::string_view line) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos;
         at = line.find('#', at + 1)) {
        if (at == 0 || blank_at_back(line.substr(0, at)) > 0) {
            return line.substr(0, at);
        }
    }
    return line;
}

std::string_view without_backslashes(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of('\\'), line.size()));
    return line.substr(0, line.find_last_not_of('\\') + 1);
}

/// The part of a file where a comment may declare how the file is encoded: two lines, at LF alone.
/// Source: pip, _internal/req/req_file.py, _decode_req_file().
std::size_t length_of_declarations(std::string_view text) {
    const std::size_t first = std::min(text.find('\n'), text.size());
    return std::min(text.find('\n', first + 1), text.size());
}

/// A version as people pin it, PEP 440 or not.
bool is_pinnable(std::string_view version) {
    const auto may_stand = [](char byte) {
        return is_digit(byte) || is_letter(byte) || is_separator(byte) || byte == '+' ||
               byte == '!';
    };
    return !version.empty() && (is_digit(version.front()) || is_letter(version.front())) &&
           std::ranges::all_of(version, may_stand);
}

void drop_blanks(std::string_view& rest) {
    while (const std::size_t blank = blank_at_front(rest)) {
        rest.remove_prefix(blank);
    }
}

/// Takes `[a, b]` off `rest`, if that stands there. Source: PyPA specifications, "Dependency
/// specifiers", "Extras".
bool take_extras(std::string_view& rest) {
    if (!rest.starts_with('[')) {
        return true;
    }
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) {
        return false;
    }
    auto names = strip_blanks(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
    while (!names.empty()) {
        const std::size_t comma = std::min(names.find(','), names.size());
        const bool is_last = comma == names.size();
        if (!is_valid_name(strip_blanks(names.substr(0, comma)))) {
            return false;
        }
        names.remove_prefix(is_last ? comma : comma + 1);
        if (!is_last && strip_blanks(names).empty()) {
            return false; // a comma with nothing behind it
        }
    }
    return true;
}

/// Why a line is no pin, told by what stands in it. `text` is trimmed and without its comment.
std::string_view find_obstacle(std::string_view text) {
    if (!is_utf8(text)) {
        return "not UTF-8";
    }
    if (text.starts_with('-')) {
        return "an option";
    }
    if (text.find("${") != std::string_view::npos) {
        return "an environment variable";
    }
    if (text.find("://") != std::string_view::npos || text.find('@') != std::string_view::npos) {
        return "a URL";
    }
    if (text.find(';') != std::string_view::npos) {
        return "a marker";
    }
    if (text.find(" -") != std::string_view::npos) {
        return "an option behind the requirement";
    }
    if (text.starts_with('.') || text.find_first_of("/\\") != std::string_view::npos) {
        return "a path";
    }
    return {};
}

/// What stands behind the name and extras is no pin: why.
std::string_view reason_of_clause(std::string_view clause) {
    constexpr std::string_view kBeginnings = "<>!~=(";
    if (clause.empty()) {
        return "no version is pinned";
    }
    if (kBeginnings.find(clause.front()) == std::string_view::npos) {
        return "not a requirement";
    }
    if (clause.starts_with("===")) {
        return "arbitrary equality";
    }
    if (clause.find_first_of("<>!~,(*") != std::string_view::npos) {
        return "a range of versions";
    }
    return clause.starts_with("==") ? "not a version" : "not a requirement";
}

class RequirementsReader {
public:
    explicit RequirementsReader(std::string_view text)
        : rest_(text), undeclared_(text.substr(length_of_declarations(text))) {
        drop_byte_order_mark(rest_);
        if (rest_.size() < text.size()) {
            undeclared_ = rest_; // the mark decides
        }
    }

    RequirementsFile read() {
        while (!rest_.empty()) {
            first_line_ = file_.line_count + 1;
            const bool may_declare = rest_.size() > undeclared_.size();
            const auto line = take_split_line(rest_);
            ++file_.line_count;
            if (continues(line)) {
                add_joined(line);
            } else if (may_declare && declares_other_encoding(line)) {
                refuse(line, "declares an encoding other than UTF-8");
            } else {
                add(line);
            }
        }
        return std::move(file_);
    }

private:
    static bool continues(std::string_view line) {
        return line.ends_with('\\') && !is_comment(line);
    }

    /// Lines that a backslash joins are handed back as one. Source: pip, _internal/req/req_file.py,
    /// join_lines().
    void add_joined(std::string_view line) {
        std::string joined;
        bool goes_on = true;
        while (goes_on) {
            joined += without_backslashes(line);
            if (rest_.empty()) {
                break;
            }
            line = take_split_line(rest_);
            ++file_.line_count;
            goes_on = continues(line);
            if (!goes_on) {
                joined += is_comment(line) ? " " : "";
                joined += line;
            }
        }
        refuse(joined, "a continued line");
    }

    void refuse(std::string_view text, std::string_view why) {
        UnjudgedLine unjudged;
        unjudged.line = first_line_;
        unjudged.line_count = file_.line_count + 1 - first_line_;
        unjudged.text = printable(without_credentials(strip_blanks(text)));
        unjudged.text.resize(cut_text(unjudged.text, kMaxText).size());
        unjudged.why = why;
        file_.unjudged.push_back(std::move(unjudged));
    }

    void add(std::string_view line) {
        const auto text = strip_blanks(without_comment(line));
        const auto obstacle = find_obstacle(is_utf8(line) ? text : line);
        if (!obstacle.empty()) {
            refuse(line, obstacle);
        } else if (text.empty()) {
            ++file_.silent_count;
        } else {
            add_requirement(line, text);
        }
    }

    void add_requirement(std::string_view line, std::string_view text) {
        const auto may_stand = [](char byte) {
            return is_digit(byte) || is_letter(byte) || is_separator(byte);
        };
        const auto* const end = std::ranges::find_if_not(text, may_stand);
        const auto name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
        auto rest = text.substr(name.size());
        drop_blanks(rest);
        if (!is_valid_name(name) || !take_extras(rest)) {
            refuse(line, "not a requirement");
            return;
        }
        drop_blanks(rest);
        const bool is_equality = rest.starts_with("==");
        const auto version = strip_blanks(rest.substr(is_equality ? 2 : 0));
        if (!is_equality || !is_pinnable(version)) {
            refuse(line, reason_of_clause(rest));
            return;
        }
        const auto parsed = parse_version(version);
        file_.pins.push_back({.name = normalize_name(name),
                              .version = parsed ? parsed->text() : std::string(version),
                              .line = first_line_});
    }

    std::string_view rest_;
    std::string_view undeclared_; ///< What follows the lines that may declare an encoding.
    RequirementsFile file_;
    std::size_t first_line_ = 0; ///< Of the line that is being read.
};

} // namespace

RequirementsFile parse_requirements_file(ByteView bytes) {
    return RequirementsReader(as_text(bytes)).read();
}

} // namespace preflight::python
