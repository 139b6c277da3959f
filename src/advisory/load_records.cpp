// SPDX-License-Identifier: Apache-2.0
#include "packed.hpp"
#include "record_set.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"
#include "preflight/base/text.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/source/directory.hpp"
#include "preflight/source/read_file.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <string>
#include <system_error>
#include <utility>

namespace preflight::advisory {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxFiles = 2'000'000;

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

std::string beyond_limit(std::uint64_t size) {
    return "it has " + std::to_string(size) + " bytes, more than the limit of " +
           std::to_string(kMaxRecordBytes);
}

class Loader {
public:
    void load(const fs::path& path);
    [[nodiscard]] LoadedRecords take();

private:
    void load_directory(const fs::path& path);
    void load_node(const fs::path& root, const source::Node& node, crypto::Sha256& digest);
    void load_file(const fs::path& path);
    [[nodiscard]] std::optional<std::string> load_archive(ByteView bytes, const std::string& where);
    void load_entry(const unpack::Entry& entry, const std::string& where);
    /// Says what is wrong with a record that cannot be read, and keeps every other one.
    [[nodiscard]] std::optional<std::string> load_record(ByteView json);
    /// The same for an entry of an archive.
    [[nodiscard]] std::optional<std::string> load_bytes_of(const unpack::Entry& entry);
    void report(std::string where, std::string why);

    RecordParser parser_;
    unpack::Inflater inflater_;
    RecordSet records_;
    std::vector<UnreadableRecord> unreadable_;
};

void Loader::report(std::string where, std::string why) {
    ++records_.source().unreadable;
    unreadable_.push_back({std::move(where), std::move(why)});
}

std::optional<std::string> Loader::load_record(ByteView json) {
    auto record = parser_.parse(json);
    if (!record) {
        return record.error().message;
    }
    records_.add(std::move(record).value());
    return std::nullopt;
}

std::optional<std::string> Loader::load_bytes_of(const unpack::Entry& entry) {
    if (entry.type != unpack::EntryType::file) {
        return "it is not a regular file";
    }
    if (entry.size > kMaxRecordBytes) {
        return beyond_limit(entry.size);
    }
    const auto json = inflater_.inflate(entry);
    return json ? load_record(*json) : json.error().message;
}

void Loader::load_entry(const unpack::Entry& entry, const std::string& where) {
    if (!is_record_name(entry.path) || is_unassigned(entry.path)) {
        return;
    }
    if (auto reason = load_bytes_of(entry)) {
        report(where + ": " + printable(entry.path), *std::move(reason));
    }
}

/// Gives the reason if the bytes are no zip that can be read.
std::optional<std::string> Loader::load_archive(ByteView bytes, const std::string& where) {
    const auto archive = unpack::parse_archive(bytes, {.limits = kExportLimits});
    if (!archive) {
        return archive.error().message;
    }
    for (const auto& entry : archive->entries) {
        load_entry(entry, where);
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
    if (auto reason = is_archive ? load_archive(file.view(), where) : load_record(file.view())) {
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
    records_.source().sha256 = crypto::sha256_hex(file.view());
    if (is_archive_name(path.native()) || as_text(file.view()).starts_with("PK")) {
        if (const auto refusal = load_archive(file.view(), where)) {
            throw Failure("cannot read " + in_quotes(path.string()) + ": " + *refusal);
        }
    } else if (file.view().size() > kMaxRecordBytes) {
        report(where, beyond_limit(file.view().size()));
    } else if (auto reason = load_record(file.view())) {
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
    loaded.advisories = records_.take_advisories();
    loaded.sources = records_.take_sources();
    loaded.unreadable = std::move(unreadable_);
    return loaded;
}

} // namespace

LoadedRecords load_records(std::span<const fs::path> paths) {
    Loader loader;
    for (const auto& path : paths) {
        loader.load(path);
    }
    return loader.take();
}

} // namespace preflight::advisory
