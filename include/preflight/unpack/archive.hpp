// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Turns the bytes of a zip into entries that every reader of zips must read alike, or says why
/// that cannot be.
///
/// Entry points: parse_archive(), find_differential() for libarchive's opinion, one Inflater per
/// thread. To add a rule: describe it in rules.hpp, list it in rules.cpp, look for it in the file
/// of its R number, show it firing in tests/unpack; a test fails until it does.
namespace preflight::unpack {

/// What an archive may cost. To exceed a limit is a refusal, never a shorter scan.
struct Limits {
    /// Size of the archive itself. Source: hostile-archives.md, section 11.
    std::uint64_t max_archive_bytes = 512ULL << 20U;
    /// Files, directories and links together. Source: hostile-archives.md, section 11.
    std::uint64_t max_entries = 200'000;
    /// Sum of the uncompressed sizes. Source: AWS Lambda Developer Guide, "Lambda quotas": 250 MB
    /// unzipped.
    std::uint64_t max_total_bytes = 262'144'000;
    /// Uncompressed bytes for each compressed one. Source: RFC 1951 admits no more than 1032.
    std::uint64_t max_ratio = 1032;
    /// Length of a path. Source: hostile-archives.md, section 11.
    std::uint64_t max_path_bytes = 4'000;
};

enum class EntryType : std::uint8_t { file, directory, link };
enum class Method : std::uint8_t { stored, deflated };

/// `file`, `dir` or `link`.
[[nodiscard]] std::string_view to_string(EntryType type);

/// One entry of an accepted archive. Path and data are borrowed from the archive's bytes.
struct Entry {
    std::string_view path;    ///< Without a leading "./" and a trailing "/"; empty for the root.
    ByteView data;            ///< As it stands in the archive.
    std::uint64_t size = 0;   ///< Uncompressed; the Inflater yields exactly so many bytes.
    std::uint64_t offset = 0; ///< Of the local header, from the start of the archive.
    std::uint32_t crc32 = 0;
    std::uint32_t link = 0; ///< Of a link: the index of its target in Archive::link_targets.
    std::uint16_t mode = 0; ///< Unix permission bits; 0 where the archive records none.
    EntryType type = EntryType::file;
    Method method = Method::stored;
};

struct Archive {
    std::vector<Entry> entries; ///< In the order of the central directory.
    std::vector<std::string> link_targets;
    std::vector<Finding> notes;       ///< What is odd but unambiguous; at most one per rule.
    std::uint64_t total_bytes = 0;    ///< Sum of the sizes of all entries.
    std::uint64_t inflated_bytes = 0; ///< Of the targets of links.

    /// What a link points to.
    [[nodiscard]] const std::string& target_of(const Entry& link) const {
        return link_targets[link.link];
    }
};

struct ParseOptions {
    Limits limits;
    /// Whether one `#!...` line may stand in front of a zip, as zipapp writes it (a .pyz that is
    /// nested or given by itself).
    bool may_have_shebang = false;
    /// A number drawn by chance, on which nothing but time depends: whoever knows it can make an
    /// archive whose paths have one hash.
    std::uint64_t hash_seed = 0;
};

/// Lists the entries of a zip held in memory, which must outlive the Archive. Nothing but the text
/// of links is inflated.
///
/// The refusal is the first broken rule in the order R1 to R12 (of R11, types come before links),
/// and within a rule the breach at the smallest offset; it says which entry, where, what is wrong
/// and what to do. A refused archive is refused as a whole.
///
/// Source: PKWARE APPNOTE.TXT 6.3.10; hostile-archives.md, section 5.
[[nodiscard]] Result<Archive, Finding> parse_archive(ByteView bytes,
                                                     const ParseOptions& options = {});

/// Asks libarchive to list the same bytes and compares name, type and size of each entry. It is no
/// authority: it can refuse what parse_archive() accepted, never the reverse. Throws Failure when
/// it cannot start.
///
/// Source: hostile-archives.md, section 6.
[[nodiscard]] std::optional<Finding> find_differential(ByteView bytes, const Archive& archive);

/// What an absolute path on Lambda is in the artifact that is unpacked there, `pkg/x.py` of
/// `/opt/pkg/x.py`: empty for `/var/task` and `/opt` themselves, nothing for any other path.
[[nodiscard]] std::optional<std::string_view> find_path_in_artifact(std::string_view path);

/// R12 for what is no archive, a directory: the refusal where it holds more entries or bytes than
/// allowed.
[[nodiscard]] std::optional<Finding>
find_excess(std::uint64_t entries, std::uint64_t total_bytes, const Limits& limits);

/// The refusal of a file that is larger than an archive may be; `message` says how large.
[[nodiscard]] Finding refuse_size(std::string_view message);

/// Whether a note is about Unix modes, which say nothing of what Python itself reads from a zip.
[[nodiscard]] bool is_about_modes(const Finding& note);

/// Whether a refusal says that the bytes are no zip at all, so that nothing was judged.
[[nodiscard]] bool is_no_archive(const Finding& refusal);

/// Every rule this module can raise, in order of id.
[[nodiscard]] std::span<const Rule> rules();

} // namespace preflight::unpack
