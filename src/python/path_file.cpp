// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/path_file.hpp"

#include "blanks.hpp"
#include "lines.hpp"

#include <algorithm>
#include <utility>

namespace preflight::python {

namespace {

constexpr std::size_t kMaxCodeText = 200;

bool is_code(std::string_view line) {
    return line.starts_with("import ") || line.starts_with("import\t");
}

/// Whether a byte may belong to a character at which str.splitlines() alone splits.
bool may_end_split_line(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value >= 0x0B && value <= 0x1E) || value >= 0x80;
}

/// As Python's str.rstrip() does it.
std::string_view without_trailing_blanks(std::string_view line) {
    while (const std::size_t blank = blank_at_back(line)) {
        line.remove_suffix(blank);
    }
    return line;
}

class PathFileReader {
public:
    explicit PathFileReader(std::string_view text) : rest_(text) { drop_byte_order_mark(rest_); }

    PathFile read() {
        while (!rest_.empty()) {
            ++line_;
            add_both_ways(take_line(rest_));
        }
        return std::move(file_);
    }

private:
    /// Python 3.13 splits with str.splitlines(), Python 3.12 reads the file line by line. What one
    /// takes for the rest of a path or comment is code to the other.
    void add_both_ways(std::string_view line) {
        add(line);
        if (std::ranges::none_of(line, may_end_split_line)) {
            return;
        }
        auto rest = line;
        const auto first = take_split_line(rest);
        if (rest.empty()) {
            return;
        }
        if (!is_code(first)) {
            add(first);
        }
        while (!rest.empty()) {
            add(take_split_line(rest));
        }
    }

    void add(std::string_view line) {
        const auto text = without_trailing_blanks(line);
        if (text.empty() || text.starts_with('#')) {
            return;
        }
        if (is_code(line)) {
            add_code(text);
        } else if (file_.paths.size() < kMaxPathFileLines) {
            file_.paths.emplace_back(text);
        } else {
            file_.is_cut = true;
        }
    }

    void add_code(std::string_view text) {
        const bool is_known = is_known_path_code(text);
        // Known and other code are counted apart, so that the one cannot crowd out the other.
        std::size_t& count = is_known ? known_count_ : other_count_;
        if (count == kMaxPathFileLines) {
            file_.is_cut = true;
            return;
        }
        ++count;
        file_.code.push_back({.line = line_,
                              .text = std::string(cut_text(text, kMaxCodeText)),
                              .is_known = is_known});
    }

    std::string_view rest_;
    std::size_t line_ = 0;
    std::size_t known_count_ = 0;
    std::size_t other_count_ = 0;
    PathFile file_;
};

} // namespace

PathFile parse_path_file(ByteView bytes) {
    return PathFileReader(as_text(bytes)).read();
}

} // namespace preflight::python
