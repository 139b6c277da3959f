// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/entry_points.hpp"
#include "preflight/python/identifiers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace preflight::python {

namespace {

constexpr std::string_view kIndent = "    ";

/// The line that drops the suffix of the launcher from the name of the program.
constexpr std::array<std::string_view, 6> kNameLines = {
    R"(    sys.argv[0] = re.sub(r'(-script\.pyw|\.exe)?$', '', sys.argv[0]))",
    R"(    sys.argv[0] = re.sub(r"(-script\.pyw|\.exe)?$", "", sys.argv[0]))",
    R"(    sys.argv[0] = re.sub(r'(-script\.pyw?|\.exe)?$', '', sys.argv[0]))",
    R"(    sys.argv[0] = re.sub(r"(-script\.pyw?|\.exe)?$", "", sys.argv[0]))",
    R"(    sys.argv[0] = sys.argv[0].removesuffix('.exe'))",
    R"(    sys.argv[0] = sys.argv[0].removesuffix(".exe"))"};

/// What uv writes in its place.
constexpr std::array<std::string_view, 4> kNameLinesOfUv = {
    R"(    if sys.argv[0].endswith("-script.pyw"):)",
    R"(        sys.argv[0] = sys.argv[0][:-11])",
    R"(    elif sys.argv[0].endswith(".exe"):)",
    R"(        sys.argv[0] = sys.argv[0][:-4])"};

bool take_back(std::string_view& rest, std::string_view piece) {
    if (!rest.ends_with(piece)) {
        return false;
    }
    rest.remove_suffix(piece.size());
    return true;
}

/// `python3.12`, `pythonw.exe`, `pypy3`.
bool is_python_name(std::string_view name) {
    return (name.starts_with("python") || name.starts_with("pypy")) &&
           std::ranges::all_of(name, [](char byte) {
               return is_letter(byte) || is_digit(byte) || is_separator(byte);
           });
}

bool is_python_path(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    return is_python_name(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// Options of Python that name no code: ` -E -s`. Source: Python 3.13, "Command line and
/// environment".
bool are_harmless_options(std::string_view text) {
    constexpr std::string_view kLetters = "BEIOPSsu";
    while (take_front(text, " -")) {
        const std::size_t length = std::min(text.find(' '), text.size());
        if (length == 0 ||
            text.substr(0, length).find_first_not_of(kLetters) != std::string_view::npos) {
            return false;
        }
        text.remove_prefix(length);
    }
    return text.empty();
}

/// The command of a `#!` line, as the kernel or a launcher of Windows reads it.
bool is_plain_command(std::string_view command) {
    take_front(command, " ");
    take_front(command, "/usr/bin/env ");
    const bool is_quoted = take_front(command, "\"");
    const std::size_t end = std::min(command.find(is_quoted ? '"' : ' '), command.size());
    const auto path = command.substr(0, end);
    command.remove_prefix(end);
    return (!is_quoted || take_front(command, "\"")) && is_python_path(path) &&
           are_harmless_options(command);
}

/// A path that means itself to a shell, in the given quotes or in none.
bool is_shell_path(std::string_view path, bool is_quoted) {
    const auto means_itself = [&](char byte) {
        return is_letter(byte) || is_digit(byte) || static_cast<unsigned char>(byte) >= 0x80 ||
               std::string_view("._/+@%:,=-").find(byte) != std::string_view::npos ||
               (is_quoted && std::string_view(" ()[]{}&~#^").find(byte) != std::string_view::npos);
    };
    return std::ranges::all_of(path, means_itself) && is_python_path(path);
}

/// `'''exec' "/a path/python" "$0" "$@"`, which a shell takes for a command and Python for the
/// beginning of a string.
bool is_exec_line(std::string_view line) {
    if (!take_front(line, "'''exec' ") || !take_back(line, R"( "$0" "$@")")) {
        return false;
    }
    // uv venv --relocatable
    if (take_front(line, R"sh("$(dirname -- "$(realpath -- "$0")")"/')sh")) {
        return take_back(line, "'") && is_python_name(line);
    }
    const auto quote = line.substr(0, line.starts_with('"') || line.starts_with('\'') ? 1 : 0);
    line.remove_prefix(quote.size());
    const std::size_t end = std::min(line.find(quote.empty() ? " " : quote), line.size());
    const auto path = line.substr(0, end);
    line.remove_prefix(end);
    return take_front(line, quote) && is_shell_path(path, !quote.empty()) &&
           are_harmless_options(line);
}

/// Printable characters, blanks and line ends.
bool is_plain_text(std::string_view text) {
    const auto may_stand = [](char byte) {
        return (static_cast<unsigned char>(byte) >= 0x20 && byte != '\x7F') || byte == '\n' ||
               byte == '\r' || byte == '\t';
    };
    return std::ranges::all_of(text, may_stand) && is_utf8(text);
}

class ScriptReader {
public:
    explicit ScriptReader(std::string_view text) : rest_(text) {}

    std::optional<EntryPoint> read() {
        if (!take_interpreter()) {
            return std::nullopt;
        }
        advance();
        take_imports();
        take_import_from("");
        take_imports();
        if (!accept("if __name__ == '__main__':") && !accept(R"(if __name__ == "__main__":)")) {
            return std::nullopt;
        }
        take_import_from(kIndent);
        return take_program_name() && take_call() && is_at_end_ ? std::optional(entry_)
                                                                : std::nullopt;
    }

private:
    bool take_interpreter() {
        auto line = take_line(rest_);
        if (!take_front(line, "#!") || declares_other_encoding(line)) {
            return false;
        }
        if (line != "/bin/sh") {
            return is_plain_command(line);
        }
        return is_exec_line(take_line(rest_)) && take_line(rest_) == "' '''";
    }

    /// Goes to the next line that says something.
    void advance() {
        while (!rest_.empty()) {
            line_ = take_line(rest_);
            const auto text = line_.substr(std::min(line_.find_first_not_of(" \t"), line_.size()));
            // A comment that changes the encoding may hide code, and counts as something.
            if (!text.empty() && (text.front() != '#' || declares_other_encoding(text))) {
                return;
            }
        }
        line_ = {};
        is_at_end_ = true;
    }

    bool accept(std::string_view text) {
        if (is_at_end_ || line_ != text) {
            return false;
        }
        advance();
        return true;
    }

    void take_imports() {
        while (accept("import re") || accept("import sys")) {
        }
    }

    /// `from module import name`, once.
    void take_import_from(std::string_view indent) {
        auto text = line_;
        if (!entry_.module.empty() || !take_front(text, indent) || !take_front(text, "from ")) {
            return;
        }
        const auto module = text.substr(0, text.find(' '));
        text.remove_prefix(module.size());
        if (is_dotted_name(module) && take_front(text, " import ") && is_identifier(text)) {
            entry_.module = module;
            imported_ = text;
            advance();
        }
    }

    /// Says no if a line is missing of those that belong together.
    bool take_program_name() {
        if (accept(kNameLinesOfUv.front())) {
            return std::all_of(kNameLinesOfUv.begin() + 1,
                               kNameLinesOfUv.end(),
                               [&](std::string_view line) { return accept(line); });
        }
        if (std::ranges::find(kNameLines, line_) != kNameLines.end()) {
            advance();
        }
        return true;
    }

    /// `sys.exit(name())`, or `name()` as poetry 1.1 writes it, of the name that was imported.
    bool take_call() {
        auto text = line_;
        if (entry_.module.empty() || !take_front(text, kIndent)) {
            return false;
        }
        if (take_front(text, "sys.exit(") && !take_back(text, ")")) {
            return false;
        }
        if (!take_back(text, "()") || !is_dotted_name(text) ||
            text.substr(0, text.find('.')) != imported_) {
            return false;
        }
        entry_.group = "console_scripts";
        entry_.attribute = text;
        advance();
        return true;
    }

    std::string_view rest_;
    std::string_view line_; ///< The present one.
    bool is_at_end_ = false;
    std::string_view imported_;
    EntryPoint entry_;
};

} // namespace

std::optional<EntryPoint> parse_console_script(ByteView script) {
    const auto text = as_text(script);
    if (text.size() > kMaxConsoleScript || !is_plain_text(text)) {
        return std::nullopt;
    }
    return ScriptReader(text).read();
}

} // namespace preflight::python
