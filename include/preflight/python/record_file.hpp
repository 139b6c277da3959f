// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

/// The longest path that a row may hold, in bytes. Source: Linux, limits.h, PATH_MAX.
inline constexpr std::size_t kMaxRecordPathBytes = 4096;

/// One row of a RECORD.
struct RecordRow {
    /// As written, unquoted; borrowed until the next call of next(). Relative to the site folder;
    /// may be absolute, lead out of it or hold backslashes.
    std::string_view path;
    std::optional<std::array<std::byte, 32>> sha256; ///< Nothing where the field is not usable.
    bool has_other_digest = false;     ///< A digest by another algorithm, which nobody here checks.
    std::optional<std::uint64_t> size; ///< In bytes.
    std::size_t line = 0;              ///< Of its first physical line, from 1.
};

/// Goes through a RECORD row by row, holding one row at a time. Takes any bytes; a byte order mark
/// at the start is dropped, as are empty lines. A row that has not three fields, or whose path is
/// empty, too long or holds a NUL, is left out with a problem noted; a digest or a size that cannot
/// be read is left out of its row likewise.
///
/// Rows are what Python's csv.reader makes of a file opened with newline='': a row ends at LF, CRLF
/// or CR outside quotes, a quote inside an unquoted field is itself, and what follows a closing
/// quote belongs to the field.
/// Source: PyPA specifications, "Recording installed projects", The RECORD file; Python 3.11,
/// Modules/_csv.c, parse_process_char(), dialect "excel".
class RecordReader {
public:
    /// `text` must outlive the reader and its rows.
    explicit RecordReader(std::string_view text);

    /// The next row that has a path, or nothing when there are no more.
    [[nodiscard]] std::optional<RecordRow> next();

    /// What was wrong so far, one printable clause each: `line 4: four fields instead of three`. At
    /// most ten.
    [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }
    /// How many there were so far, those beyond ten too.
    [[nodiscard]] std::size_t problem_count() const { return problem_count_; }

private:
    static constexpr std::size_t kFieldCount = 3;

    bool take_line_end();
    std::string_view take_plain();
    std::string_view take_quoted();
    std::string_view take_field(std::string& copy);
    void take_fields();
    std::optional<RecordRow> make_row();
    void read_digest(std::string_view text, RecordRow& row);
    void note(std::string_view problem);

    std::string_view rest_;
    std::size_t line_ = 1;     ///< The physical line that `rest_` begins on.
    std::size_t row_line_ = 1; ///< The one that the present row began on.
    std::size_t field_count_ = 0;
    // One more than is wanted: what stands behind the third field ends up there.
    std::array<std::string_view, kFieldCount + 1> fields_;
    std::array<std::string, kFieldCount + 1> copies_; ///< Fields with quotes inside, unquoted.
    std::vector<std::string> problems_;
    std::size_t problem_count_ = 0;
};

} // namespace preflight::python
