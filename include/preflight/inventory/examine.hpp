// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/inventory/distribution.hpp"
#include "preflight/python/entry_points.hpp"
#include "preflight/python/metadata.hpp"
#include "preflight/python/path_file.hpp"
#include "preflight/python/requirements_file.hpp"
#include "preflight/source/file.hpp"

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

/// Finds out which Python distributions an artifact holds, and whether they are what they say.
///
/// Entry points: examine() for each file, conclude() when all of an artifact were seen, identify()
/// when all artifacts were. To learn something else from a file, add an alternative to Fact and a
/// row to kReaders in examine.cpp, and use it in the part of conclude() that it concerns.
namespace preflight::inventory {

/// A METADATA, or a PKG-INFO of whatever form.
struct CoreMetadata {
    python::Metadata core;
};

/// An INSTALLER.
struct Installer {
    std::string name; ///< Its first word, printable.
};

/// A direct_url.json.
struct DirectUrl {
    std::string form; ///< As in Distribution::direct_url; empty where there is a problem.
    std::string problem;
};

/// A RECORD, which is read once all files are known. Of a longer one than kMaxRecordBytes only that
/// it is so is kept.
struct RecordText {
    std::string text;
    bool is_too_long = false;
};

/// Lists of what belongs to a distribution: top_level.txt, installed-files.txt.
struct TopLevelNames {
    std::vector<std::string> names;
};
struct InstalledFiles {
    std::vector<std::string> paths; ///< Relative to the site.
};
struct EntryPoints {
    std::vector<python::EntryPoint> entries;
};

/// A file of `*.dist-info/sboms/`.
struct Sbom {
    std::vector<PackageName> distributions;
    std::vector<Component> components; ///< Without path and host.
    std::string problem;
    bool is_cut = false; ///< Whether it is so large that parts of it were not read.
};

/// A list of copies that a package carries along: pip/_vendor/vendor.txt.
struct VendorList {
    std::vector<python::PinnedRequirement> pins;
    std::size_t other_lines = 0; ///< How many say something and are no pin.
    bool is_too_long = false;    ///< Longer than kMaxListBytes, and therefore not read.
};

/// A version that a module says of itself.
struct VersionLiteral {
    std::string version; ///< In normal form.
};

/// An `.egg-link`: where the code of an editable install lies.
struct EggLink {
    std::string target; ///< Printable.
};

/// A script that a tool has made for an entry point, and nothing else.
struct ConsoleScript {
    std::string module;
    std::string attribute;
};

/// A shared library without a table of symbols, as `strip` leaves it.
struct StrippedLibrary {};

/// A Python source that imports boto3, botocore or s3transfer.
struct SdkImport {};

/// One thing that one file says.
struct Fact {
    std::string path; ///< Of the file.
    std::variant<CoreMetadata,
                 Installer,
                 DirectUrl,
                 RecordText,
                 TopLevelNames,
                 InstalledFiles,
                 EntryPoints,
                 Sbom,
                 VendorList,
                 VersionLiteral,
                 python::PathFile,
                 EggLink,
                 ConsoleScript,
                 StrippedLibrary,
                 SdkImport,
                 python::RequirementsFile>
        what;
};

/// RECORD files of real wheels have up to 2 MB.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{8} << 20U;
/// SBOMs of real wheels have up to 200 KB.
inline constexpr std::size_t kMaxSbomBytes = std::size_t{4} << 20U;
/// Lists of vendored copies and requirements files inside a package.
inline constexpr std::size_t kMaxListBytes = std::size_t{1} << 20U;

/// What one file says; nothing for nearly all.
///
/// Source: PyPA specifications, "Recording installed projects"; PEP 770; python-packaging.md,
/// sections 5 and 6.
[[nodiscard]] std::vector<Fact> examine(const source::File& file);

} // namespace preflight::inventory
