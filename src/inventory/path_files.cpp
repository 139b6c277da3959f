// SPDX-License-Identifier: Apache-2.0
#include "census.hpp"
#include "package_name.hpp"
#include "path.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"
#include "preflight/python/file_name.hpp"
#include "preflight/unpack/archive.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace preflight::inventory {

namespace {

/// Whether Python looks for `.pth` files where this one lies: at the sites that are on the path
/// when it starts. Source: lambda-platform.md, section 3, "Start-up code".
bool is_processed(std::string_view path, deployment::Role role) {
    const auto root = deployment::find_import_folder(path, role);
    return root && parent_of(path) == *root && !root->ends_with('!');
}

Finding make_path_finding(const std::string& path, Severity severity, std::string message) {
    auto finding = make_finding(kPathFile, {.path = path});
    finding.severity = severity;
    finding.message = std::move(message);
    return finding;
}

Finding make_code_finding(const std::string& path,
                          const python::PathFile::CodeLine& line,
                          bool is_processed) {
    constexpr std::size_t kMaxShown = 80;
    auto finding = make_path_finding(
        path,
        line.is_known || !is_processed ? Severity::info : Severity::high,
        "Python runs line " + std::to_string(line.line) + " of " + in_quotes(path) +
            (is_processed ? " at every cold start: " : " only if the folder is added as a site: ") +
            in_quotes(line.text.substr(0, kMaxShown)));
    finding.location.line = line.line;
    if (line.is_known) {
        finding.message += ", as setuptools writes it";
    }
    return finding;
}

/// The first lines of code are named, those that nobody knows before the others; the rest is
/// counted.
void judge_code(const std::string& path,
                const python::PathFile& file,
                bool is_processed,
                std::vector<Finding>& findings) {
    auto lines = file.code;
    std::ranges::stable_sort(lines, {}, &python::PathFile::CodeLine::is_known);
    for (std::size_t index = 0; index < std::min(lines.size(), kMaxNamed); ++index) {
        findings.push_back(make_code_finding(path, lines[index], is_processed));
    }
    if (lines.size() > kMaxNamed) {
        const bool is_harmless = lines[kMaxNamed].is_known || !is_processed;
        findings.push_back(make_path_finding(path,
                                             is_harmless ? Severity::info : Severity::high,
                                             in_quotes(path) + " has " +
                                                 std::to_string(lines.size() - kMaxNamed) +
                                                 " more lines of code"));
    }
}

/// Where a line leads to, as far as that lies in the artifact.
std::string resolve_line(std::string_view path_file, const std::string& line) {
    const auto folder = std::filesystem::path(parent_of(path_file));
    auto path = (folder / line).lexically_normal().generic_string();
    while (path.ends_with('/')) {
        path.pop_back();
    }
    if (const auto inside = unpack::find_path_in_artifact(path)) {
        return std::string(*inside); // of /opt/python/x
    }
    return path == "." ? std::string() : path;
}

void add_path_file(const std::string& path, const python::PathFile& file, Census& census) {
    auto& findings = census.inventory.findings;
    const bool is_on_path = is_processed(path, census.role);
    judge_code(path, file, is_on_path, findings);
    if (is_on_path) {
        for (const auto& line : file.paths) {
            census.inventory.added_folders.push_back(resolve_line(path, line));
        }
    }
    if (file.is_cut) {
        findings.push_back(
            make_path_finding(path,
                              is_on_path ? Severity::high : Severity::info,
                              in_quotes(path) + " has so many lines that some were not looked at"));
    }
    if (file.code.empty()) {
        findings.push_back(make_path_finding(
            path,
            Severity::info,
            in_quotes(path) + (is_on_path ? " adds " : " would add ") +
                std::to_string(file.paths.size()) + " lines to the import path" +
                (file.paths.empty() ? "" : ", the first is " + in_quotes(file.paths.front()))));
    }
}

void add_egg_link(const std::string& path, const EggLink& link, Census& census) {
    auto finding = make_finding(kNotFromIndex, {.path = path});
    finding.message = in_quotes(path) + " is an editable install whose code lies in " +
                      in_quotes(link.target) + ", not in the package";
    finding.remedy = "Install the distribution itself, not a link to its source.";
    census.inventory.findings.push_back(std::move(finding));
}

void add_wheels(Census& census) {
    const auto& files = census.files;
    for (std::size_t index = 0; index < files.size(); ++index) {
        const auto path = files.path(index);
        if (!path.ends_with(".whl")) {
            continue;
        }
        if (const auto name = python::parse_wheel_file_name(last_component(path))) {
            census.add({.package = make_package_name(name->name, name->version),
                        .origin = Origin::wheel,
                        .folder = std::string(parent_of(path)),
                        .path = std::string(path),
                        .state = State::packed});
        }
    }
}

} // namespace

void add_path_files(Census& census) {
    for (const auto& fact : census.facts) {
        if (const auto* const file = std::get_if<python::PathFile>(&fact.what)) {
            add_path_file(fact.path, *file, census);
        } else if (const auto* const link = std::get_if<EggLink>(&fact.what)) {
            add_egg_link(fact.path, *link, census);
        } else if (const auto* const lines = std::get_if<python::RequirementsFile>(&fact.what)) {
            census.inventory.declarations.push_back({.path = fact.path, .pins = lines->pins});
        } else if (std::holds_alternative<SdkImport>(fact.what)) {
            census.inventory.imports_sdk = true;
        }
    }
    auto& added = census.inventory.added_folders;
    std::ranges::sort(added);
    added.erase(std::unique(added.begin(), added.end()), added.end());
    add_wheels(census);
}

} // namespace preflight::inventory
