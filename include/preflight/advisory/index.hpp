// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"
#include "preflight/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {

/// Where the records of an index came from.
struct SourceFacts {
    std::string name;        ///< File or folder name of the source.
    std::string date;        ///< Newest `modified` of its records.
    std::size_t records = 0; ///< Live ones that affect a PyPI package.
    std::size_t withdrawn = 0;
    std::size_t unreadable = 0;
    std::string
        sha256; ///< Of the file; of a directory: over the sorted paths and contents of its records.
};

/// Records of all sources together; of those with one id only one counts for its source.
[[nodiscard]] std::size_t count_records(const std::vector<SourceFacts>& sources);

/// All advisories of each package as encode_advisories() puts them, by normal name.
using RowsByName = std::map<std::string, std::string, std::less<>>;

/// The compiled index: an SQLite file with one row per package.
///
/// What is read is verified: identity and schema of the file when it is opened, the list of names
/// and each row by its digest. Damage is a Failure that says how to rebuild, never a missed
/// advisory. For one thread at a time.
class Index {
public:
    /// Opens read-only, trusting nothing in the file (performance.md, section 8). Throws Failure.
    [[nodiscard]] static Index open(const std::filesystem::path& path);
    /// An index in memory, which must outlive it. Throws Failure.
    [[nodiscard]] static Index open(ByteView image, std::string_view name);

    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;
    ~Index();

    /// The row of a package, as encode_advisories() puts it; nothing where it has none. Throws
    /// Failure when the row is damaged.
    [[nodiscard]] std::optional<std::string> find_row(std::string_view normal_name) const;
    /// The records of that row, in order of id. Throws Failure likewise.
    [[nodiscard]] std::vector<Advisory> decode(std::string_view normal_name, ByteView row) const;
    /// The records of a package; empty where it has none.
    [[nodiscard]] std::vector<Advisory> find(std::string_view normal_name) const;

    [[nodiscard]] const std::vector<SourceFacts>& sources() const;
    [[nodiscard]] std::size_t records() const;
    /// Identifies the content: SHA-256, in hex, over the digests of all rows.
    [[nodiscard]] const std::string& sha256() const;

private:
    struct State;
    explicit Index(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Writes the index beside `path` and renames it into place, with fsync of file and folder:
/// whatever happens meanwhile, the old index or the new one is there. Same records, same bytes.
/// Throws Failure and leaves the old one.
///
/// Source: reliability.md, section 6.
void write_index(const std::filesystem::path& path,
                 const RowsByName& rows,
                 const std::vector<SourceFacts>& sources);

/// One row as bytes, and back. The records come in order of id, each id once. The bytes of a row
/// may be anybody's: those that encode_advisories() does not write are refused.
[[nodiscard]] std::string encode_advisories(const std::vector<Advisory>& advisories);
[[nodiscard]] Result<std::vector<Advisory>> decode_advisories(ByteView bytes);

} // namespace preflight::advisory
