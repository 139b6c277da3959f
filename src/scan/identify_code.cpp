// SPDX-License-Identifier: Apache-2.0
#include "identify_code.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"
#include "preflight/inventory/identify.hpp"
#include "preflight/python/file_name.hpp"
#include "preflight/source/directory.hpp"
#include "preflight/source/read_file.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <algorithm>
#include <filesystem>

namespace preflight::scan {

namespace {

namespace fs = std::filesystem;

/// Takes up the RECORD of one wheel. Throws Failure if there is none to be read.
void add_wheel(const fs::path& path,
               const Request& request,
               inventory::Fingerprints& fingerprints) {
    const auto wheel = python::parse_wheel_file_name(path.filename().string());
    if (!wheel) {
        throw Failure("cannot read the name of '" + printable(path.string()) +
                      "': " + wheel.error().message);
    }
    const auto file = source::read_file(path, request.limits.max_archive_bytes);
    const auto archive = unpack::parse_archive(
        file.view(), {.limits = request.limits, .hash_seed = request.hash_seed});
    if (!archive) {
        throw Failure("cannot read '" + printable(path.string()) + "': " + archive.error().message);
    }
    const auto record = std::ranges::find_if(archive->entries, [](const unpack::Entry& entry) {
        return entry.path.ends_with(".dist-info/RECORD") &&
               std::ranges::count(entry.path, '/') == 1;
    });
    if (record == archive->entries.end()) {
        throw Failure("cannot read '" + printable(path.string()) + "': it has no RECORD");
    }
    unpack::Inflater inflater;
    const auto bytes = inflater.inflate(*record);
    if (!bytes) {
        throw Failure("cannot read '" + printable(path.string()) + "': " + bytes.error().message);
    }
    fingerprints.add(*wheel, as_text(*bytes));
}

void add_wheels(const fs::path& folder,
                const Request& request,
                inventory::Fingerprints& fingerprints,
                std::vector<Incomplete>& incomplete) {
    const auto note = [&](const fs::path& path, std::string why) {
        const auto name = make_report_path(path, request.working_directory);
        rename_path(why, path, name);
        incomplete.push_back({.what = printable(name), .why = std::move(why)});
    };
    try {
        for (const auto& node : source::list_directory(folder, request.limits.max_entries)) {
            if (node.type != source::NodeType::file || !node.path.ends_with(".whl")) {
                continue;
            }
            try {
                add_wheel(folder / node.path, request, fingerprints);
            } catch (const Failure& failure) {
                note(folder / node.path, failure.what());
            }
        }
    } catch (const Failure& failure) {
        note(folder, failure.what());
    }
}

} // namespace

std::vector<Incomplete> identify_code(const Request& request, ArtifactSet& set) {
    std::vector<Incomplete> incomplete;
    inventory::Fingerprints fingerprints;
    for (const auto& artifact : set.artifacts) {
        fingerprints.add(artifact.inventory, artifact.files);
    }
    for (const auto& folder : request.wheels) {
        add_wheels(folder, request, fingerprints, incomplete);
    }
    fingerprints.sort();
    for (auto& artifact : set.artifacts) {
        inventory::identify(fingerprints, artifact.files, artifact.inventory);
        for (auto& finding : artifact.inventory.findings) {
            finding.artifact = artifact.facts.id;
        }
    }
    return incomplete;
}

} // namespace preflight::scan
