// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/index.hpp"
#include "preflight/advisory/record.hpp"
#include "preflight/base/bytes.hpp"
#include "preflight/base/workers.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace preflight::advisory {

/// A record that could not be read.
struct UnreadableRecord {
    std::string where; ///< File, and entry in it; printable.
    std::string why;
};

/// What reading OSV records from files gave.
struct LoadedRecords {
    RowsByName rows; ///< Live records; of several with one id the one modified last.
    std::vector<SourceFacts> sources; ///< One per path read, in their order.
    std::vector<UnreadableRecord> unreadable;
};

/// Reads OSV records: a `.json` file, a zip of such files as OSV exports them, or a directory of
/// either form at any depth. Withdrawn records are left out. One unreadable record is reported and
/// the others load.
///
/// Throws Failure if a path cannot be read or holds no OSV record at all.
[[nodiscard]] LoadedRecords load_records(std::span<const std::filesystem::path> paths,
                                         Workers& workers);

/// What reports say of a feed.
struct FeedFacts {
    std::string name;
    std::string kind;   ///< `starter`, `index`, `osv` or `directory`.
    std::string source; ///< As the user named it.
    std::string date;   ///< Of its newest record, RFC 3339.
    std::size_t records = 0;
    std::string sha256;
    std::string commit; ///< Empty: none.
};

/// One set of advisories that a scan asks.
class Feed {
public:
    /// The records that come along with the program: an index in memory, which must outlive the
    /// feed. Throws Failure if it is damaged.
    [[nodiscard]] static Feed open_starter(ByteView image);
    [[nodiscard]] static Feed open_index(const std::filesystem::path& path);
    [[nodiscard]] static Feed read_directory(const std::filesystem::path& path, Workers& workers);

    /// As of an Index.
    [[nodiscard]] std::optional<std::string> find_row(std::string_view normal_name) const;
    [[nodiscard]] std::vector<Advisory> decode(std::string_view normal_name, ByteView row) const;
    [[nodiscard]] const FeedFacts& facts() const { return facts_; }
    [[nodiscard]] const std::vector<UnreadableRecord>& unreadable() const { return unreadable_; }

private:
    Feed(FeedFacts facts,
         std::variant<Index, RowsByName> data,
         std::vector<UnreadableRecord> unreadable);

    FeedFacts facts_;
    std::variant<Index, RowsByName> data_;
    std::vector<UnreadableRecord> unreadable_;
};

/// The records of a package in all feeds, if any of them affects the version: of several with one
/// id the one modified last, in order of id. Throws Failure when a feed is damaged.
[[nodiscard]] std::vector<Advisory> find_advisories(std::span<const Feed> feeds,
                                                    std::string_view normal_name,
                                                    std::string_view version);

} // namespace preflight::advisory
