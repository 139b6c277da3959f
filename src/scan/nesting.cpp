// SPDX-License-Identifier: Apache-2.0
#include "nesting.hpp"

#include "preflight/python/path_file.hpp"
#include "preflight/unpack/archive.hpp"

#include <filesystem>
#include <set>
#include <utility>

namespace preflight::scan {

namespace {

/// Where a line of a `.pth` file leads to: a path of the artifact, as far as can be told from it.
std::string resolve_line(std::string_view path_file, const std::string& line) {
    const auto folder = std::filesystem::path(path_file).parent_path();
    const auto path = (folder / line).lexically_normal().generic_string();
    return std::string(unpack::find_path_in_artifact(path).value_or(path));
}

} // namespace

bool Nesting::opens(std::string_view path) const {
    return level < max_level ||
           (level == 0 && (path == ".requirements.zip" || path.ends_with(".egg")));
}

std::optional<NestingFacts> examine_nesting(const source::File& file, const Nesting& nesting) {
    NestingFacts facts;
    if (file.path.ends_with(".pth")) {
        facts.import_lines = python::parse_path_file(file.bytes).paths;
    }
    if (const auto format = unpack::find_archive_format(file.bytes)) {
        auto& archive = facts.archive.emplace();
        archive.format = *format;
        archive.is_document = unpack::is_document(file.path);
        archive.is_opened = nesting.opens(file.path) && !archive.is_document;
        archive.level = nesting.level;
        if (archive.is_opened) {
            archive.bytes.assign(file.bytes.begin(), file.bytes.end());
        }
    }
    if (!facts.archive && facts.import_lines.empty()) {
        return std::nullopt;
    }
    facts.path = file.path;
    return facts;
}

std::optional<Finding> conclude_nesting(const std::vector<NestingFacts>& facts) {
    std::set<std::string> imported;
    for (const auto& file : facts) {
        for (const auto& line : file.import_lines) {
            imported.insert(resolve_line(file.path, line));
        }
    }
    std::set<std::string> unopened;
    std::set<std::string> importable;
    for (const auto& file : facts) {
        const bool is_imported = imported.contains(file.path);
        if (!file.archive || file.archive->is_opened ||
            (file.archive->is_document && !is_imported)) {
            continue;
        }
        unopened.insert(file.path);
        if (is_imported || file.path.ends_with(".egg")) {
            importable.insert(file.path);
        }
    }
    return unopened.empty() ? std::nullopt
                            : std::optional(unpack::note_unopened(unopened, importable));
}

std::string join_nested(std::string_view archive, std::string_view path) {
    std::string joined(archive);
    joined += "!/";
    joined += path;
    return joined;
}

} // namespace preflight::scan
