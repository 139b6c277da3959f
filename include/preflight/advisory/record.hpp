// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/rule.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {

/// In the order in which events of equal version are walked (osv-cvss.md, section 2).
enum class EventKind : std::uint8_t { introduced, last_affected, fixed, limit };

struct Event {
    EventKind kind = EventKind::introduced;
    std::string version; ///< As written.
    /// python::version_key(); "" for `introduced: 0` and an `introduced` that is no version;
    /// kInfinity for `limit: *`.
    std::string key;
};

/// Above the key of every version.
inline constexpr std::string_view kInfinity = "\xFF";

/// One affected range; GIT ranges are left out. Events are sorted by key, then kind. Empty `fixed`,
/// `last_affected` and `limit` events are left out, so that they end nothing.
struct Range {
    std::vector<Event> events;
};

/// Versions that a record lists, in one block of memory each: entries are a length and that many
/// bytes. The length is one byte up to 254, else the byte 255 and four bytes, least first. The
/// blocks may come from a file: what follows a cut entry is not there.
struct ListedVersions {
    std::string keys;   ///< Keys of PEP 440 versions, each once per listing.
    std::string legacy; ///< All others as written.
    std::size_t count = 0;

    /// Adds a version, unless it is one of PEP 440 that a range holds anyway: that is true of
    /// nearly all in a feed, and would be nine tenths of an index.
    void add(std::string_view version, std::span<const Range> ranges = {});
    [[nodiscard]] bool holds_key(std::string_view key) const;
    [[nodiscard]] bool holds_text(std::string_view version) const; ///< Among the legacy ones.
};

/// What one record says about one package: all of its `affected` blocks for that package taken
/// together.
struct Advisory {
    std::string id;
    std::string modified;             ///< RFC 3339, as written.
    std::vector<std::string> aliases; ///< As written, without the id itself.
    std::string summary;              ///< First line, cut to kMaxSummaryBytes; may be empty.
    /// CVSS vectors as written, sorted: of each block its own, or those of the record where it has
    /// none.
    std::vector<std::string> severity_vectors;
    std::optional<Severity> label; ///< `database_specific.severity`.
    std::vector<Range> ranges;
    ListedVersions versions; ///< At least those that no range holds.

    /// Whether it reports a malicious package (ossf/malicious-packages) and not a flaw.
    [[nodiscard]] bool is_malicious() const { return id.starts_with("MAL-"); }
};

/// One package of a record.
struct AffectedPackage {
    std::string name; ///< In normal form.
    Advisory advisory;
};

struct Record {
    std::string id;
    std::string modified;
    bool is_withdrawn = false;
    /// Ecosystem exactly `PyPI`; each name once, in order of name.
    std::vector<AffectedPackage> packages;
};

inline constexpr std::size_t kMaxRecordBytes = std::size_t{16} << 20U;
inline constexpr std::size_t kMaxListEntries = 1'000'000;
inline constexpr std::size_t kMaxSummaryBytes = 200;

/// Reads OSV records, one after another, with the same buffers. One per thread.
class RecordParser {
public:
    RecordParser();
    RecordParser(RecordParser&&) noexcept;
    RecordParser& operator=(RecordParser&&) noexcept;
    RecordParser(const RecordParser&) = delete;
    RecordParser& operator=(const RecordParser&) = delete;
    ~RecordParser();

    /// Refuses what is no JSON, no object, has no id or no `modified`, a field that matching needs
    /// of a wrong type or given twice, a text of more than kMaxRecordBytes, lists of more than
    /// kMaxListEntries, and a record whose aliases and vectors, repeated for each of its packages,
    /// take more than kMaxRecordBytes. Any list may be null, unknown fields are ignored, a bad GIT
    /// range is no reason to drop a record. Errors name the field; their offset is 0.
    ///
    /// Source: OSV schema 1.7; osv-cvss.md, section 1.
    [[nodiscard]] Result<Record> parse(ByteView json);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace preflight::advisory
