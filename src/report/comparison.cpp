// SPDX-License-Identifier: Apache-2.0
#include "preflight/report/comparison.hpp"

#include "fields.hpp"

#include "preflight/base/text.hpp"

#include <array>
#include <utility>

namespace preflight::report {

namespace {

constexpr std::array<std::string_view, 3> kKindNames = {"added", "removed", "changed"};
constexpr std::array<char, 3> kKindSigns = {'+', '-', '~'};

FileChangeKind kind_of(const DistributionChange& change) {
    if (change.old_versions.empty()) {
        return FileChangeKind::added;
    }
    return change.new_versions.empty() ? FileChangeKind::removed : FileChangeKind::changed;
}

std::string sign_of(FileChangeKind kind) {
    return std::string("  ") + kKindSigns.at(static_cast<std::size_t>(kind)) + ' ';
}

void append_distribution(const DistributionChange& change, std::string& text) {
    text += sign_of(kind_of(change)) + printable(change.name);
    if (!change.host.empty()) {
        text += " in " + printable(change.host);
    }
    text += change.old_versions.empty() ? "" : " " + printable(change.old_versions);
    text += !change.old_versions.empty() && !change.new_versions.empty() ? " ->" : "";
    text += change.new_versions.empty() ? "" : " " + printable(change.new_versions);
    text += '\n';
}

void append_changes(const Comparison& comparison, std::string& text) {
    text += comparison.distributions.empty() ? "the same distributions\n" : "distributions\n";
    for (const auto& change : comparison.distributions) {
        append_distribution(change, text);
    }
    text += comparison.files.empty() ? "\nno other file differs\n"
                                     : "\nfiles that no RECORD vouches for\n";
    for (const auto& change : comparison.files) {
        text += sign_of(change.kind) + printable(change.path) + '\n';
    }
    text += comparison.incomplete.empty() ? "" : "\n";
}

} // namespace

std::string write_comparison_text(const Comparison& comparison) {
    std::string text =
        printable(comparison.old_path) + " -> " + printable(comparison.new_path) + "\n\n";
    if (comparison.is_known) {
        append_changes(comparison, text);
    }
    text += comparison.incomplete.empty() ? "" : "not looked at\n";
    for (const auto& item : comparison.incomplete) {
        text += "  " + item.what + ": " + item.why + '\n';
    }
    return text;
}

std::string write_comparison_json(const Comparison& comparison) {
    document::JsonWriter json;
    json.begin_object();
    write(json, "schema_version", kSchemaVersion);
    write(json, "old", comparison.old_path);
    write(json, "new", comparison.new_path);
    write_bool(json, "compared", comparison.is_known);
    write_objects(
        json, "distributions", comparison.distributions, [&](const DistributionChange& change) {
            write(json, "change", kKindNames.at(static_cast<std::size_t>(kind_of(change))));
            write(json, "name", change.name);
            write_or_null(json, "host", change.host);
            write_or_null(json, "old_versions", change.old_versions);
            write_or_null(json, "new_versions", change.new_versions);
        });
    write_objects(json, "files", comparison.files, [&](const FileChange& change) {
        write(json, "change", kKindNames.at(static_cast<std::size_t>(change.kind)));
        write(json, "path", change.path);
    });
    write_objects(json, "incomplete", comparison.incomplete, [&](const Incomplete& item) {
        write_incomplete_item(json, item);
    });
    json.end_object();
    return std::move(json).finish();
}

} // namespace preflight::report
