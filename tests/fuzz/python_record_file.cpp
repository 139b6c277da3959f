// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, the rows come in order, one path each that is short, holds no NUL and lies in
// the text or is borrowed for one call; the problems are few and printable. The rows written anew
// in the plain form are read as the same rows.
#include "require.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/record_file.hpp"

#include <cstdint>

namespace {

namespace python = preflight::python;

std::string quote(std::string_view path) {
    std::string quoted = "\"";
    for (const char byte : path) {
        quoted += byte == '"' ? "\"\"" : std::string(1, byte);
    }
    return quoted + '"';
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    python::RecordReader reader(text);
    std::string written;
    std::vector<std::string> paths;
    std::size_t line = 0;
    while (const auto row = reader.next()) {
        require(row->line > line && row->line <= size);
        line = row->line;
        require(!row->path.empty() && row->path.size() <= python::kMaxRecordPathBytes);
        require(row->path.find('\0') == std::string_view::npos);
        require(!row->sha256 || !row->has_other_digest);
        paths.emplace_back(row->path);
        written += quote(row->path) + ",," + (row->size ? std::to_string(*row->size) : "") + "\r\n";
    }
    require(reader.problems().size() == std::min<std::size_t>(reader.problem_count(), 10));
    for (const auto& problem : reader.problems()) {
        require(preflight::printable(problem) == problem);
    }

    python::RecordReader again(written);
    for (const auto& path : paths) {
        const auto row = again.next();
        require(row && row->path == path);
    }
    require(!again.next());
    return 0;
}
