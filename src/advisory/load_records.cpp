// SPDX-License-Identifier: Apache-2.0
#include "packed.hpp"
#include "record_reader.hpp"
#include "record_set.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"
#include "preflight/base/text.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/source/directory.hpp"
#include "preflight/source/read_file.hpp"
#include "preflight/unpack/archive.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <system_error>
#include <utility>

namespace preflight::advisory {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFiles = 2'000'000;
constexpr std::size_t kPortion = 64; // records: one takes less time than to hand it out

// An export of all of OSV has some hundred thousand records. Nothing here is deployed, so the
// limits of Lambda do not apply.
constexpr unpack::Limits kExportLimits = {
    .max_archive_bytes = 1ULL << 30U, .max_entries = kMaxFiles, .max_total_bytes = 4ULL << 30U};

/// The last name in a path, also where a slash follows it.
std::string last_name(const fs::path& path) {
    return printable((path.has_filename() ? path : path.parent_path()).filename().string());
}

bool is_record_name(std::string_view path) {
    return path.ends_with(".json");
}

bool is_archive_name(std::string_view path) {
    return path.ends_with(".zip");
}

/// Files PYSEC-0000* have no id yet (osv-cvss.md, section 3).
bool is_unassigned(std::string_view path) {
    return path.substr(path.rfind('/') + 1).starts_with("PYSEC-0000");
}

using Reading = Result<PackedRecord, std::string>;
using Beside = std::function<void()>;

class Loader {
public:
    explicit Loader(Workers& workers) : workers_(workers), readers_(workers.count()) {}

    void load(const fs::path& path);
    [[nodiscard]] LoadedRecords take();

private:
    void load_directory(const fs::path& path);
    void load_node(const fs::path& root, const source::Node& node, crypto::Sha256& digest);
    void load_file(const fs::path& path);
    [[nodiscard]] std::optional<std::string>
    load_archive(ByteView bytes, const std::string& where, const Beside& beside);
    /// Keeps a record, or gives what is wrong with it.
    [[nodiscard]] std::optional<std::string> keep(Reading reading);
    void report(std::string where, std::string why);

    Workers& workers_;
    std::vector<RecordReader> readers_; ///< One for each worker.
    RecordSet records_;
    std::vector<UnreadableRecord> unreadable_;
};

void Loader::report(std::string where, std::string why) {
    ++records_.source().unreadable;
    unreadable_.push_back({std::move(where), std::move(why)});
}

std::optional<std::string> Loader::keep(Reading reading) {
    if (!reading) {
        return reading.error();
    }
    records_.add(std::move(reading).value());
    return std::nullopt;
}

/// Gives the reason if the bytes are no zip that can be read. `beside` is done at the same time.
std::optional<std::string>
Loader::load_archive(ByteView bytes, const std::string& where, const Beside& beside) {
    const auto archive = unpack::parse_archive(bytes, {.limits = kExportLimits});
    if (!archive) {
        return archive.error().message;
    }
    std::vector<const unpack::Entry*> entries;
    for (const auto& entry : archive->entries) {
        if (is_record_name(entry.path) && !is_unassigned(entry.path)) {
            entries.push_back(&entry);
        }
    }
    std::vector<std::vector<Reading>> portions((entries.size() + kPortion - 1) / kPortion);
    workers_.run(portions.size() + 1, [&](std::size_t worker, std::size_t task) {
        if (task == 0) {
            beside();
            return;
        }
        const auto begin = (task - 1) * kPortion;
        for (auto index = begin; index < std::min(entries.size(), begin + kPortion); ++index) {
            portions[task - 1].push_back(readers_[worker].read(*entries[index]));
        }
    });
    std::size_t index = 0;
    for (auto& portion : portions) {
        for (auto& reading : portion) {
            const auto& entry = *entries[index++];
            if (auto reason = keep(std::move(reading))) {
                report(where + ": " + printable(entry.path), *std::move(reason));
            }
        }
    }
    return std::nullopt;
}

void Loader::load_node(const fs::path& root, const source::Node& node, crypto::Sha256& digest) {
    if (node.type == source::NodeType::directory) {
        return; // what lies in it comes by itself
    }
    const bool is_archive = is_archive_name(node.path);
    if ((!is_archive && !is_record_name(node.path)) || is_unassigned(node.path)) {
        return;
    }
    const auto path = root / node.path;
    const auto where = printable(path.string());
    const auto most = is_archive ? kExportLimits.max_archive_bytes : kMaxRecordBytes;
    if (node.type != source::NodeType::file) {
        // A link that is not followed could hide a record.
        report(where, "it is not a regular file");
        return;
    }
    if (!is_archive && node.size > most) {
        report(where, beyond_limit(node.size));
        return;
    }

    const auto file = source::read_file(path, most);
    PackedWriter lengths; // so that no byte can move between path and content
    lengths.text(node.path);
    lengths.number(file.view().size());
    digest.add(as_bytes(lengths.take()));
    digest.add(file.view());
    if (auto reason = is_archive ? load_archive(file.view(), where, [] {})
                                 : keep(readers_.front().read(file.view()))) {
        report(where, *std::move(reason));
    }
}

void Loader::load_directory(const fs::path& path) {
    const auto nodes = source::list_directory(path, kMaxFiles);
    if (nodes.size() == kMaxFiles) { // there may be more, and none is left out in silence
        throw Failure("cannot read " + in_quotes(path.string()) + ": it holds " +
                      std::to_string(kMaxFiles) + " files or more");
    }
    crypto::Sha256 digest;
    for (const auto& node : nodes) {
        load_node(path, node, digest);
    }
    records_.source().sha256 = to_hex(digest.finish());
}

void Loader::load_file(const fs::path& path) {
    const auto file = source::read_file(path, kExportLimits.max_archive_bytes);
    const auto where = printable(path.string());
    const auto digest = [&] { records_.source().sha256 = crypto::sha256_hex(file.view()); };
    if (is_archive_name(path.native()) || as_text(file.view()).starts_with("PK")) {
        if (const auto refusal = load_archive(file.view(), where, digest)) {
            throw Failure("cannot read " + in_quotes(path.string()) + ": " + *refusal);
        }
        return;
    }
    digest();
    if (file.view().size() > kMaxRecordBytes) {
        report(where, beyond_limit(file.view().size()));
    } else if (auto reason = keep(readers_.front().read(file.view()))) {
        report(where, *std::move(reason));
    }
}

void Loader::load(const fs::path& path) {
    records_.begin_source({.name = last_name(path)});
    const auto reported_before = unreadable_.size();
    std::error_code ignored; // what is missing is said by read_file()
    if (fs::is_directory(path, ignored)) {
        load_directory(path);
    } else {
        load_file(path);
    }
    if (!records_.has_source_records()) {
        auto message = in_quotes(path.string()) + " holds no OSV record";
        if (unreadable_.size() > reported_before) {
            const auto& first = unreadable_[reported_before];
            message += "; in '" + first.where + "': " + first.why;
        }
        throw Failure(message);
    }
}

LoadedRecords Loader::take() {
    LoadedRecords loaded;
    loaded.rows = records_.take_rows();
    loaded.sources = records_.take_sources();
    loaded.unreadable = std::move(unreadable_);
    return loaded;
}

} // namespace

LoadedRecords load_records(std::span<const fs::path> paths, Workers& workers) {
    Loader loader(workers);
    for (const auto& path : paths) {
        loader.load(path);
    }
    return loader.take();
}

} // namespace preflight::advisory
