// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/examine.hpp"

#include "known_modules.hpp"
#include "metadata_folder.hpp"
#include "path.hpp"
#include "sbom.hpp"
#include "symbol_table.hpp"
#include "version_claims.hpp"

#include "preflight/base/text.hpp"
#include "preflight/deployment/import_folder.hpp"
#include "preflight/document/json.hpp"
#include "preflight/python/name_lists.hpp"
#include "preflight/python/version_literal.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace preflight::inventory {

namespace {

using Facts = std::vector<Fact>;

template <class What>
void add(const source::File& file, What what, Facts& facts) {
    facts.push_back({.path = std::string(file.path), .what = std::move(what)});
}

/// The first word of INSTALLER. Source: PyPA specifications, "Recording installed projects", The
/// INSTALLER file.
void read_installer(const source::File& file, Facts& facts) {
    constexpr std::size_t kMaxLength = 40;
    const auto text = as_text(file.bytes).substr(0, kMaxLength);
    const auto word = text.substr(0, std::min(text.find_first_of(" \t\r\n"), text.size()));
    add(file, Installer{printable(word)}, facts);
}

/// Which of its three forms a direct_url.json has. Source: PyPA specifications, "Recording the
/// Direct URL Origin".
DirectUrl parse_direct_url(ByteView bytes) {
    if (bytes.size() > kMaxListBytes) {
        return {.problem = "direct_url.json: longer than 1 MiB"};
    }
    const auto document = document::parse_json(bytes);
    if (!document) {
        return {.problem = "direct_url.json: " + document.error().message};
    }
    struct Form {
        std::string_view key;
        std::string_view name;
    };
    static constexpr std::array kForms = {
        Form{"vcs_info", "vcs"}, Form{"archive_info", "archive"}, Form{"dir_info", "directory"}};
    for (const auto& form : kForms) {
        if (document->find(form.key) != nullptr) {
            return {.form = std::string(form.name)};
        }
    }
    return {.problem = "direct_url.json: neither vcs_info, archive_info nor dir_info"};
}

void read_direct_url(const source::File& file, Facts& facts) {
    add(file, parse_direct_url(file.bytes), facts);
}

void read_core_metadata(const source::File& file, Facts& facts) {
    add(file, CoreMetadata{python::parse_metadata(file.bytes)}, facts);
}

void read_record(const source::File& file, Facts& facts) {
    const bool is_too_long = file.bytes.size() > kMaxRecordBytes;
    add(file,
        RecordText{.text = std::string(is_too_long ? std::string_view() : as_text(file.bytes)),
                   .is_too_long = is_too_long},
        facts);
}

void read_top_level(const source::File& file, Facts& facts) {
    add(file, TopLevelNames{python::parse_top_level(file.bytes)}, facts);
}

void read_installed_files(const source::File& file, Facts& facts) {
    add(file,
        InstalledFiles{
            python::parse_installed_files(file.bytes, last_component(parent_of(file.path)))},
        facts);
}

void read_entry_points(const source::File& file, Facts& facts) {
    add(file, EntryPoints{python::parse_entry_points(file.bytes)}, facts);
}

struct Member {
    std::string_view name;
    void (*read)(const source::File& file, Facts& facts);
};

constexpr std::array kDistInfoMembers = {
    Member{"METADATA", read_core_metadata},
    Member{"INSTALLER", read_installer},
    Member{"RECORD", read_record},
    Member{"direct_url.json", read_direct_url},
    Member{"entry_points.txt", read_entry_points},
    Member{"top_level.txt", read_top_level},
};

// Never both: a stray PKG-INFO in a dist-info would otherwise speak for the METADATA beside it.
constexpr std::array kEggInfoMembers = {
    Member{"PKG-INFO", read_core_metadata},
    Member{"entry_points.txt", read_entry_points},
    Member{"installed-files.txt", read_installed_files},
    Member{"top_level.txt", read_top_level},
};

void read_member(const MetadataFolder& folder, const source::File& file, Facts& facts) {
    if (file.path == folder.path) { // an egg-info that is a file
        read_core_metadata(file, facts);
        return;
    }
    const auto within = relative_to(folder.path, file.path);
    if (folder.origin == Origin::dist_info && within.starts_with("sboms/")) {
        add(file, parse_sbom(file.bytes), facts);
        return;
    }
    const auto members = folder.origin == Origin::dist_info
                             ? std::span<const Member>(kDistInfoMembers)
                             : std::span<const Member>(kEggInfoMembers);
    const auto member = std::ranges::find(members, within, &Member::name);
    if (member != members.end()) {
        member->read(file, facts);
    }
}

/// Whether a text file lists copies that a package carries along.
/// Source: python-packaging.md, section 6.2.
bool is_vendor_list(std::string_view path) {
    const auto name = last_component(path);
    const auto folder = parent_of(path);
    const bool is_pipenv = last_component(parent_of(folder)) == "pipenv" && name.ends_with(".txt");
    return is_vendor_folder(last_component(folder)) &&
           (name == "vendor.txt" || name == "vendored.txt" || is_pipenv);
}

void read_vendor_list(const source::File& file, Facts& facts) {
    if (file.bytes.size() > kMaxListBytes) {
        add(file, VendorList{.is_too_long = true}, facts);
        return;
    }
    auto lines = python::parse_requirements_file(file.bytes);
    add(file,
        VendorList{.pins = std::move(lines.pins), .other_lines = lines.unjudged.size()},
        facts);
}

/// A module of one file that is a distribution by itself: `six.py`.
bool is_known_module(std::string_view name) {
    constexpr std::string_view kSource = ".py";
    return name.ends_with(kSource) &&
           !find_known_distribution(name.substr(0, name.size() - kSource.size())).empty();
}

void read_version(const source::File& file, Facts& facts) {
    const auto version = last_component(file.path) == "VERSION"
                             ? python::find_version_text(file.bytes)
                             : python::find_version_literal(file.bytes);
    if (version) {
        add(file, VersionLiteral{*version}, facts);
    }
}

/// Whether `word` stands right before `at`, in the first column.
bool begins_line(std::string_view source, std::size_t at, std::string_view word) {
    if (!source.substr(0, at).ends_with(word)) {
        return false;
    }
    return at == word.size() || source[at - word.size() - 1] == '\n';
}

/// Whether a source has a line `import <module>` or `from <module>` in its first column.
bool imports(std::string_view source, std::string_view module) {
    constexpr std::string_view kEnds = " .\t\r\n,;#";
    for (auto at = source.find(module); at != std::string_view::npos;
         at = source.find(module, at + 1)) {
        const auto end = at + module.size();
        const bool is_whole =
            end == source.size() || kEnds.find(source[end]) != std::string_view::npos;
        if (is_whole && (begins_line(source, at, "import ") || begins_line(source, at, "from "))) {
            return true;
        }
    }
    return false;
}

void read_source(const source::File& file, Facts& facts) {
    constexpr std::array<std::string_view, 3> kSdk = {"boto3", "botocore", "s3transfer"};
    const auto is_sdk = [&](std::string_view name) {
        return std::ranges::find(kSdk, name) != kSdk.end();
    };
    const auto source = as_text(file.bytes);
    if (!has_component(parent_of(file.path), is_sdk) &&
        std::ranges::any_of(kSdk, [&](auto module) { return imports(source, module); })) {
        add(file, SdkImport{}, facts);
    }
}

void read_script(const source::File& file, Facts& facts) {
    if (auto script = python::parse_console_script(file.bytes)) {
        add(file,
            ConsoleScript{.module = std::move(script->module),
                          .attribute = std::move(script->attribute)},
            facts);
    }
}

void read_egg_link(const source::File& file, Facts& facts) {
    constexpr std::size_t kMaxLength = 200;
    const auto text = as_text(file.bytes);
    const auto line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
    add(file, EggLink{printable(line.substr(0, kMaxLength))}, facts);
}

/// A requirements file where people put it: at the root of a package.
bool is_declaration(std::string_view path) {
    const auto folder = parent_of(path);
    return last_component(path) == "requirements.txt" &&
           (folder.empty() || folder == deployment::kLayerRoot ||
            folder == deployment::kUnzippedRequirements);
}

void read_declaration(const source::File& file, Facts& facts) {
    if (file.bytes.size() <= kMaxListBytes) {
        add(file, python::parse_requirements_file(file.bytes), facts);
    }
}

/// What is no metadata is told by its name.
void read_other(const source::File& file, Facts& facts) {
    const auto name = last_component(file.path);
    if (says_version_of_folder(name) || is_known_module(name)) {
        read_version(file, facts);
    }
    if (name.ends_with(".py")) {
        read_source(file, facts);
    } else if (name.ends_with(".pth")) {
        add(file, python::parse_path_file(file.bytes), facts);
    } else if (name.ends_with(".egg-link")) {
        read_egg_link(file, facts);
    } else if (name.find(".so") != std::string_view::npos && is_stripped_library(file.bytes)) {
        add(file, StrippedLibrary{}, facts);
    } else if (is_declaration(file.path)) {
        read_declaration(file, facts);
    } else if (is_vendor_list(file.path)) {
        read_vendor_list(file, facts);
    } else if (last_component(parent_of(file.path)) == "bin") {
        read_script(file, facts);
    }
}

} // namespace

std::vector<Fact> examine(const source::File& file) {
    Facts facts;
    if (const auto folder = find_metadata_folder(file.path)) {
        read_member(*folder, file, facts);
    } else {
        read_other(file, facts);
    }
    return facts;
}

} // namespace preflight::inventory
