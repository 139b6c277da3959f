// SPDX-License-Identifier: Apache-2.0
#include "artifact.hpp"

#include "artifact_kind.hpp"
#include "read_directory.hpp"
#include "read_zip.hpp"

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

[[noreturn]] void refuse_image(const std::filesystem::path& path) {
    throw UnrecognisedInput(in_quotes(path.string()) +
                            " is a container image, to which neither layers nor code signing "
                            "apply: name the zip or the "
                            "folder of the function instead");
}

void read_requirements(ByteView bytes, Artifact& artifact) {
    artifact.facts.format = "requirements";
    artifact.facts.unpacked_bytes = bytes.size();
    artifact.facts.entries = 1;
    artifact.entries_examined = 1;
    artifact.inventory = inventory::conclude(python::parse_requirements_file(bytes));
    std::ranges::move(std::exchange(artifact.inventory.incomplete, {}),
                      std::back_inserter(artifact.incomplete));
}

void read_regular_file(const Request& request, Workers& workers, Artifact& artifact) {
    const auto file = source::read_file(artifact.path, request.limits.max_archive_bytes);
    const auto kind = find_kind(artifact.path, file.view());
    artifact.facts.bytes = file.view().size();
    switch (kind) {
    case ArtifactKind::zip:
        read_zip(file.view(), request, workers, artifact);
        return;
    case ArtifactKind::requirements:
        artifact.facts.sha256 = crypto::sha256_hex(file.view());
        read_requirements(file.view(), artifact);
        return;
    case ArtifactKind::container_image:
        refuse_image(artifact.path);
    case ArtifactKind::unrecognised:
        break;
    }
    throw UnrecognisedInput(
        in_quotes(artifact.path.string()) +
        " is neither a zip (.zip, .whl, .pyz, .egg), nor a directory, nor a requirements*.txt");
}

/// Which format a file that cannot be read was meant to have.
std::string expected_format(const std::filesystem::path& path) {
    return find_kind(path, {}) == ArtifactKind::requirements ? "requirements" : "zip";
}

} // namespace

Artifact
read_artifact(const std::filesystem::path& path, const Request& request, Workers& workers) {
    Artifact artifact{.path = path};
    artifact.facts.format = expected_format(path);
    try {
        std::error_code ignored; // read_file() tells what is wrong with the path
        if (std::filesystem::is_directory(std::filesystem::symlink_status(path, ignored))) {
            if (is_oci_layout(path)) {
                refuse_image(path);
            }
            read_directory(request, workers, artifact);
        } else {
            read_regular_file(request, workers, artifact);
        }
    } catch (const source::FileTooLarge& failure) {
        artifact.findings.push_back(unpack::refuse_size(failure.what()));
        artifact.incomplete.push_back({.why = failure.what()});
    } catch (const Failure& failure) {
        artifact.incomplete.push_back({.why = failure.what()});
    }
    return artifact;
}

void add_outcomes(Outcomes outcomes, const std::vector<std::string>& paths, Artifact& artifact) {
    std::vector<inventory::MetadataFacts> metadata;
    for (std::size_t index = 0; index < outcomes.files.size(); ++index) {
        auto& outcome = outcomes.files[index];
        if (auto* facts = std::get_if<FileFacts>(&outcome)) {
            ++artifact.entries_examined;
            if (facts->platform.says_something()) {
                artifact.hints.push_back(std::move(facts->platform));
            }
            if (facts->metadata) {
                metadata.push_back(*std::move(facts->metadata));
            }
            continue;
        }
        auto* refusal = std::get_if<Finding>(&outcome);
        artifact.incomplete.push_back({.kind = IncompleteKind::entry,
                                       .what = printable(paths[index]),
                                       .why = refusal != nullptr
                                                  ? refusal->message
                                                  : printable(std::get<Unexamined>(outcome).why),
                                       .path = paths[index]});
        if (refusal != nullptr) {
            artifact.findings.push_back(std::move(*refusal));
        }
    }
    artifact.inflated_bytes = outcomes.inflated_bytes;
    artifact.inventory = inventory::conclude(metadata);
    std::ranges::move(std::exchange(artifact.inventory.incomplete, {}),
                      std::back_inserter(artifact.incomplete));
}

} // namespace preflight::scan
