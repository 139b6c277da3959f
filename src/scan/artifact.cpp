// SPDX-License-Identifier: Apache-2.0
#include "artifact.hpp"

#include "artifact_kind.hpp"
#include "read_archive.hpp"
#include "read_directory.hpp"
#include "reading.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/python/requirements_file.hpp"
#include "preflight/source/read_file.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace preflight::scan {

namespace {

void read_requirements(ByteView bytes, Artifact& artifact) {
    artifact.facts.format = "requirements";
    artifact.facts.unpacked_bytes = bytes.size();
    artifact.facts.entries = 1;
    artifact.entries_examined = 1;
    artifact.inventory = inventory::conclude(python::parse_requirements_file(bytes));
    std::ranges::move(std::exchange(artifact.inventory.incomplete, {}),
                      std::back_inserter(artifact.incomplete));
}

void read_regular_file(Reading& reading) {
    auto& artifact = reading.artifact;
    const auto file = source::read_file(
        artifact.path, reading.request.limits.max_archive_bytes, reading.team.workers);
    const auto bytes = file.view();
    artifact.facts.bytes = bytes.size();
    switch (find_kind(artifact.path, bytes)) {
    case ArtifactKind::zip:
        read_archive(bytes, unpack::ArchiveFormat::zip, reading);
        break;
    case ArtifactKind::tar:
        read_archive(bytes, unpack::ArchiveFormat::tar, reading);
        break;
    case ArtifactKind::requirements:
        artifact.facts.sha256 = crypto::sha256_hex(bytes);
        read_requirements(bytes, artifact);
        return;
    case ArtifactKind::unrecognised:
        throw UnrecognisedInput(in_quotes(artifact.path.string()) +
                                " is neither a zip (.zip, .whl, .pyz, .egg), nor a tar (.tar, "
                                ".tar.gz), nor a directory, nor a requirements*.txt");
    }
    open_nested(reading);
    conclude(reading);
}

/// Takes over what the requirements file beside a function pins; of several functions nobody knows
/// which one it is for. Nobody has named it, so one that cannot be read is none.
void read_declaration_beside(const Request& request, Artifact& artifact) {
    if (request.deployments.size() != 1 || artifact.role != deployment::Role::function ||
        artifact.facts.format == "requirements") {
        return;
    }
    auto path = (request.working_directory / artifact.path).lexically_normal();
    if (!path.has_filename()) { // a directory that is named with a slash at the end
        path = path.parent_path();
    }
    try {
        const auto file =
            source::read_file(path.replace_filename("requirements.txt"), inventory::kMaxListBytes);
        auto lines = python::parse_requirements_file(file.view());
        artifact.inventory.declarations.push_back({.pins = std::move(lines.pins)});
    } catch (const Failure&) {
        return;
    }
}

/// Which format a file that cannot be read was meant to have.
std::string expected_format(const std::filesystem::path& path) {
    switch (find_kind(path, {})) {
    case ArtifactKind::requirements:
        return "requirements";
    case ArtifactKind::tar:
        return "tar";
    case ArtifactKind::zip:
    case ArtifactKind::unrecognised:
        break;
    }
    return "zip";
}

} // namespace

Artifact read_artifact(const std::filesystem::path& path,
                       deployment::Role role,
                       const Request& request,
                       const Team& team) {
    Artifact artifact{.path = path, .role = role};
    Reading reading{.request = request, .team = team, .artifact = artifact, .left = request.limits};
    artifact.facts.format = expected_format(path);
    try {
        std::error_code ignored; // read_file() tells what is wrong with the path
        if (std::filesystem::is_directory(std::filesystem::symlink_status(path, ignored))) {
            if (is_oci_layout(path)) {
                refuse_image(path);
            }
            read_directory(reading);
        } else {
            read_regular_file(reading);
        }
        read_declaration_beside(request, artifact);
    } catch (const source::FileTooLarge& failure) {
        artifact.findings.push_back(unpack::refuse_size(failure.what()));
        artifact.incomplete.push_back({.why = failure.what()});
    } catch (const Failure& failure) {
        artifact.incomplete.push_back({.why = failure.what()});
    }
    return artifact;
}

} // namespace preflight::scan
