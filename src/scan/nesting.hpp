// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/source/file.hpp"
#include "preflight/unpack/archive_format.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::scan {

/// How deep archives lie in each other, and how deep one looks.
struct Nesting {
    unsigned level = 0;     ///< Of the files that are examined: 0 in the artifact itself.
    unsigned max_level = 0; ///< Archives are opened as long as what is in them is not below it.

    /// Whether the archive at `path` of the artifact is to be opened. Always so for what is
    /// imported from: `.requirements.zip`, which the plugin serverless-python-requirements unpacks,
    /// and eggs.
    [[nodiscard]] bool opens(std::string_view path) const;
};

/// An archive among the files of an artifact.
struct NestedArchive {
    unpack::ArchiveFormat format = unpack::ArchiveFormat::zip;
    bool is_document = false; ///< By its name.
    bool is_opened = false;
    unsigned level = 0;           ///< Of the files among which it lies.
    std::vector<std::byte> bytes; ///< A copy, until it was opened.
};

/// What a file has to do with archives in archives.
struct NestingFacts {
    std::string path; ///< Of the file.
    std::optional<NestedArchive> archive;
    std::vector<std::string> import_lines; ///< Of a `.pth` file.
};

/// Nothing for nearly all files.
[[nodiscard]] std::optional<NestingFacts> examine_nesting(const source::File& file,
                                                          const Nesting& nesting);

/// The note on archives that were not opened, if there are any. An egg, and what a `.pth` file
/// names, can be imported from; a document that none names is data.
[[nodiscard]] std::optional<Finding> conclude_nesting(const std::vector<NestingFacts>& facts);

/// How what lies in a nested archive is named: `outer.zip!/inner.py`.
[[nodiscard]] std::string join_nested(std::string_view archive, std::string_view path);

} // namespace preflight::scan
