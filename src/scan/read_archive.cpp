// SPDX-License-Identifier: Apache-2.0
#include "read_archive.hpp"

#include "artifact_kind.hpp"

#include "preflight/base/text.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"
#include "preflight/unpack/tar.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace preflight::scan {

namespace {

using unpack::ArchiveFormat;

/// An archive that is read: the artifact itself, or one that lies in it.
struct Container {
    ByteView bytes;
    std::string path; ///< In the artifact; empty for the artifact itself.
    unsigned level = 0;

    [[nodiscard]] bool is_artifact() const { return level == 0; }

    [[nodiscard]] std::string path_of(std::string_view entry) const {
        return is_artifact() ? std::string(entry) : join_nested(path, entry);
    }
};

/// The files of an archive, inflated one after another into one buffer.
class ZipReader {
public:
    ZipReader(const std::vector<const unpack::Entry*>& files, const Container& container)
        : files_(files), container_(container) {}

    [[nodiscard]] Result<source::File, Finding> read(std::size_t index) {
        const auto& entry = *files_[index];
        const auto bytes = inflater_.inflate(entry);
        if (!bytes) {
            return bytes.error();
        }
        auto path = entry.path;
        if (!container_.is_artifact()) {
            path_ = container_.path_of(entry.path);
            path = path_;
        }
        return source::File{.path = path, .mode = entry.mode, .bytes = *bytes};
    }

    [[nodiscard]] std::uint64_t inflated_bytes() const { return inflater_.inflated_bytes(); }

private:
    const std::vector<const unpack::Entry*>& files_;
    const Container& container_;
    std::string path_;
    unpack::Inflater inflater_;
};

/// Says of a finding in a nested archive where that lies.
Finding place_in(const Container& container, Finding finding) {
    if (!container.is_artifact()) {
        finding.message = "in " + in_quotes(container.path) + ": " + finding.message;
        finding.location.path = finding.location.path.empty()
                                    ? container.path
                                    : container.path_of(finding.location.path);
    }
    return finding;
}

void begin_progress(const Container& container, std::uint64_t bytes, Reading& reading) {
    reading.team.progress.begin(
        container.is_artifact() ? reading.artifact.path.string() : container.path, bytes);
}

/// Says of an archive that it was refused.
void add_refusal(Finding refusal, const Container& container, Artifact& artifact) {
    Incomplete incomplete{.why = "it was refused as " + refusal.rule_id +
                                 ", so nothing in it was examined"};
    if (unpack::is_no_archive(refusal)) {
        refusal.status = Status::not_examined;
    }
    if (!container.is_artifact()) {
        incomplete.kind = IncompleteKind::entry;
        incomplete.what = printable(container.path);
        incomplete.path = container.path;
    }
    artifact.findings.push_back(place_in(container, std::move(refusal)));
    artifact.incomplete.push_back(std::move(incomplete));
}

/// Takes over what an accepted archive is as a whole, and what it costs.
void add_archive(const unpack::Archive& archive, const Container& container, Reading& reading) {
    auto& facts = reading.artifact.facts;
    facts.entries += archive.entries.size();
    facts.unpacked_bytes += archive.total_bytes;
    reading.left.max_entries -= archive.entries.size();
    reading.left.max_total_bytes -= archive.total_bytes;
    reading.artifact.inflated_bytes += archive.inflated_bytes;
    for (const auto& note : archive.notes) {
        if (!container.is_artifact() && unpack::is_about_modes(note)) {
            continue;
        }
        reading.artifact.findings.push_back(place_in(container, note));
    }
    if (archive.entries.empty() && container.is_artifact()) {
        reading.artifact.incomplete.push_back(
            {.why = "the archive has no entries, so there was nothing to judge"});
    }
}

/// R13 for what is shown to no analyser: a directory that is not simply empty, and a link whose
/// text could not be read by the walk. All else about them the walk has seen.
void examine_others(const unpack::Archive& archive, const Container& container, Reading& reading) {
    unpack::Inflater inflater;
    Outcomes outcomes;
    std::vector<const unpack::Entry*> others;
    const auto is_in_doubt = [&](const unpack::Entry& entry) {
        return entry.type == unpack::EntryType::link ? archive.target_of(entry).empty()
                                                     : !entry.data.empty() || entry.crc32 != 0;
    };
    for (const auto& entry : archive.entries) {
        if (entry.type == unpack::EntryType::file) {
            continue;
        }
        if (is_in_doubt(entry)) {
            if (const auto contents = inflater.inflate(entry); !contents) {
                outcomes.files.push_back({.index = others.size(), .what = contents.error()});
                others.push_back(&entry);
                continue;
            }
        }
        ++reading.artifact.entries_examined;
    }
    outcomes.inflated_bytes = inflater.inflated_bytes();
    add_outcomes(
        std::move(outcomes),
        [&](std::size_t index) { return container.path_of(others[index]->path); },
        reading);
}

void examine_zip(const Container& container, Reading& reading) {
    auto& artifact = reading.artifact;
    auto options = reading.parse_options();
    options.may_have_shebang = !container.is_artifact() || artifact.path.extension() == ".pyz";
    const auto archive = unpack::parse_archive(container.bytes, options);
    if (!archive) {
        add_refusal(archive.error(), container, artifact);
        return;
    }
    std::vector<const unpack::Entry*> files;
    std::vector<std::uint64_t> sizes;
    for (const auto& entry : archive->entries) {
        if (entry.type == unpack::EntryType::file) {
            files.push_back(&entry);
            sizes.push_back(entry.size);
        }
    }
    examine_others(*archive, container, reading);
    begin_progress(container, archive->total_bytes, reading);
    // What needs the archive as a whole can be done while its entries are examined.
    std::optional<Finding> differential;
    auto outcomes = examine_all(
        sizes,
        reading.team,
        reading.nesting_at(container.level),
        [&] { return ZipReader(files, container); },
        [&] {
            if (container.is_artifact()) {
                artifact.facts.sha256 = crypto::sha256_hex(container.bytes);
            }
            differential = unpack::find_differential(container.bytes, *archive);
        });
    add_outcomes(
        std::move(outcomes),
        [&](std::size_t index) { return container.path_of(files[index]->path); },
        reading);
    if (differential) {
        artifact.findings.push_back(place_in(container, *std::move(differential)));
    }
    add_archive(*archive, container, reading);
}

void examine_tar(const Container& container, Reading& reading) {
    auto& artifact = reading.artifact;
    begin_progress(container, container.bytes.size(), reading);
    const auto nesting = reading.nesting_at(container.level);
    Share share;
    std::vector<std::string> paths;
    const auto visit = [&](const unpack::Entry& entry, ByteView contents) {
        if (container.is_artifact() && is_part_of_image(entry.path)) {
            refuse_image(artifact.path);
        }
        const auto path = container.path_of(entry.path);
        paths.push_back(path);
        share.add(paths.size() - 1,
                  examine_file({.path = path, .mode = entry.mode, .bytes = contents}, nesting));
    };
    const auto tar = unpack::read_tar(container.bytes, reading.parse_options(), visit);
    if (!tar) {
        add_refusal(tar.error(), container, artifact);
        return;
    }
    const auto& entries = tar->archive.entries;
    artifact.entries_examined += entries.size() - paths.size();
    Outcomes outcomes;
    share.move_to(outcomes);
    add_outcomes(
        std::move(outcomes), [&](std::size_t index) { return paths[index]; }, reading);
    add_archive(tar->archive, container, reading);
}

void examine(ArchiveFormat format, const Container& container, Reading& reading) {
    switch (format) {
    case ArchiveFormat::zip:
        examine_zip(container, reading);
        return;
    case ArchiveFormat::tar:
        examine_tar(container, reading);
        return;
    }
}

} // namespace

void read_archive(ByteView bytes, ArchiveFormat format, Reading& reading) {
    reading.artifact.facts.format = format == ArchiveFormat::zip ? "zip" : "tar";
    examine(format, {.bytes = bytes}, reading);
    auto& sha256 = reading.artifact.facts.sha256;
    if (sha256.empty()) { // a zip that was accepted has it from its examination
        sha256 = crypto::sha256_hex(bytes);
    }
}

void open_nested(Reading& reading) {
    for (std::size_t index = 0; index < reading.nested.size(); ++index) { // which grows meanwhile
        if (!reading.nested[index].is_opened) {
            continue;
        }
        auto& nested = reading.nested[index];
        const auto bytes = std::exchange(nested.bytes, {});
        examine(nested.format,
                {.bytes = bytes, .path = nested.path, .level = nested.level + 1},
                reading);
    }
}

} // namespace preflight::scan
