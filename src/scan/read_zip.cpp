// SPDX-License-Identifier: Apache-2.0
#include "read_zip.hpp"

#include "preflight/crypto/sha256.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <algorithm>
#include <iterator>

namespace preflight::scan {

namespace {

/// The files of an archive, inflated one after another into one buffer.
class ZipReader {
public:
    explicit ZipReader(const std::vector<const unpack::Entry*>& files) : files_(files) {}

    [[nodiscard]] Result<source::File, Finding> read(std::size_t index) {
        const auto& entry = *files_[index];
        const auto bytes = inflater_.inflate(entry);
        if (!bytes) {
            return bytes.error();
        }
        return source::File{.path = entry.path, .mode = entry.mode, .bytes = *bytes};
    }

    [[nodiscard]] std::uint64_t inflated_bytes() const { return inflater_.inflated_bytes(); }

private:
    const std::vector<const unpack::Entry*>& files_;
    unpack::Inflater inflater_;
};

/// What needs the archive as a whole, and so can be done while its entries are examined.
struct WholeArchive {
    std::string sha256;
    std::optional<Finding> differential;
};

WholeArchive examine_whole(ByteView bytes, const unpack::Archive& archive) {
    return {.sha256 = crypto::sha256_hex(bytes),
            .differential = unpack::find_differential(bytes, archive)};
}

void examine_entries(ByteView bytes,
                     const unpack::Archive& archive,
                     Workers& workers,
                     Artifact& artifact) {
    std::vector<const unpack::Entry*> files;
    std::vector<std::string> paths;
    std::vector<std::uint64_t> sizes;
    for (const auto& entry : archive.entries) {
        if (entry.type == unpack::EntryType::file) {
            files.push_back(&entry);
            sizes.push_back(entry.size);
            paths.emplace_back(entry.path);
        } else {
            ++artifact.entries_examined; // the walk has seen all there is to see of directories and
                                         // links
        }
    }
    WholeArchive whole;
    auto outcomes = examine_all(
        sizes,
        workers,
        [&] { return ZipReader(files); },
        [&] { whole = examine_whole(bytes, archive); });
    add_outcomes(std::move(outcomes), paths, artifact);
    artifact.facts.sha256 = std::move(whole.sha256);
    if (whole.differential) {
        artifact.findings.push_back(*std::move(whole.differential));
    }
}

} // namespace

void read_zip(ByteView bytes, const Request& request, Workers& workers, Artifact& artifact) {
    artifact.facts.format = "zip";
    const unpack::ParseOptions options{.limits = request.limits,
                                       .may_have_shebang = artifact.path.extension() == ".pyz"};
    const auto archive = unpack::parse_archive(bytes, options);
    if (!archive) {
        artifact.facts.sha256 = crypto::sha256_hex(bytes);
        artifact.findings.push_back(archive.error());
        if (unpack::is_no_archive(archive.error())) {
            artifact.findings.back().status = Status::not_examined;
        }
        artifact.incomplete.push_back({.why = "it was refused as " + archive.error().rule_id +
                                              ", so nothing in it was examined"});
        return;
    }
    artifact.facts.entries = archive->entries.size();
    artifact.facts.unpacked_bytes = archive->total_bytes;
    if (archive->entries.empty()) {
        artifact.incomplete.push_back(
            {.why = "the archive has no entries, so there was nothing to judge"});
    }

    examine_entries(bytes, *archive, workers, artifact);
    std::ranges::copy(archive->notes, std::back_inserter(artifact.findings));
}

} // namespace preflight::scan
