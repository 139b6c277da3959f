// SPDX-License-Identifier: Apache-2.0
#include "nesting.hpp"

#include <algorithm>
#include <set>

namespace preflight::scan {

bool Nesting::opens(std::string_view path) const {
    return level < max_level ||
           (level == 0 && (path == ".requirements.zip" || path.ends_with(".egg")));
}

std::optional<NestedArchive> examine_nesting(const source::File& file, const Nesting& nesting) {
    const auto format = unpack::find_archive_format(file.bytes);
    if (!format) {
        return std::nullopt;
    }
    NestedArchive archive{.path = std::string(file.path), .format = *format};
    archive.is_document = unpack::is_document(file.path);
    archive.is_opened = nesting.opens(file.path) && !archive.is_document;
    archive.level = nesting.level;
    if (archive.is_opened) {
        archive.bytes.assign(file.bytes.begin(), file.bytes.end());
    }
    return archive;
}

std::optional<Finding> conclude_nesting(const std::vector<NestedArchive>& archives,
                                        const std::vector<std::string>& added) {
    std::set<std::string> unopened;
    std::set<std::string> importable;
    for (const auto& archive : archives) {
        const bool is_imported = std::ranges::binary_search(added, archive.path);
        if (archive.is_opened || (archive.is_document && !is_imported)) {
            continue;
        }
        unopened.insert(archive.path);
        if (is_imported || archive.path.ends_with(".egg")) {
            importable.insert(archive.path);
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
