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
    std::string path; ///< In the artifact.
    unpack::ArchiveFormat format = unpack::ArchiveFormat::zip;
    bool is_document = false; ///< By its name.
    bool is_opened = false;
    unsigned level = 0;           ///< Of the files among which it lies.
    std::vector<std::byte> bytes; ///< A copy, until it was opened.
};

/// Nothing for nearly all files.
[[nodiscard]] std::optional<NestedArchive> examine_nesting(const source::File& file,
                                                           const Nesting& nesting);

/// The note on archives that were not opened, if there are any. An egg, and what `.pth` files put
/// on the import path (`added`, in order), can be imported from; a document that none names is
/// data.
[[nodiscard]] std::optional<Finding> conclude_nesting(const std::vector<NestedArchive>& archives,
                                                      const std::vector<std::string>& added);

/// How what lies in a nested archive is named: `outer.zip!/inner.py`.
[[nodiscard]] std::string join_nested(std::string_view archive, std::string_view path);

} // namespace preflight::scan
