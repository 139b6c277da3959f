// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headers.hpp"

#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// The rules R5 to R12 of hostile-archives.md, section 5. Those about one entry look at its headers
/// and give the rule that it breaks, or null; those about all of them look at the entries, of
/// whatever format, and give the breach at the smallest offset.
namespace preflight::unpack {

/// A rule that is broken, and by whom.
struct Breach {
    const Rule* rule = nullptr;
    std::uint64_t offset = 0;
    std::string_view name;
};

/// Of two breaches of one rule the one at the smaller offset; of two at one offset the left.
[[nodiscard]] std::optional<Breach> first_of(const std::optional<Breach>& left,
                                             const std::optional<Breach>& right);

[[nodiscard]] Finding refuse(const Breach& breach);

/// R5 and, since the end of an entry is that of its data descriptor, the search of R7: sets `end`
/// and `lacks_descriptor` of each place, and looks for gaps and overlaps.
[[nodiscard]] std::optional<Finding> check_layout(Directory& directory);

/// R6 Both headers agree.
[[nodiscard]] const Rule* check_agreement(const Directory& directory, const Headers& entry);
/// R7 Data descriptor.
[[nodiscard]] const Rule* check_descriptor(const Directory& directory, const Headers& entry);
/// R8 Plain features.
[[nodiscard]] const Rule* check_features(const Directory& directory, const Headers& entry);
/// R9 Extra fields.
[[nodiscard]] const Rule* check_extra_fields(const Directory& directory, const Headers& entry);
/// R11, as far as it concerns one entry.
[[nodiscard]] const Rule* check_type(const Directory& directory, const Headers& entry);

/// R10, as far as it concerns one name; `path` is the name without what only says "here" or
/// "directory".
[[nodiscard]] const Rule*
check_name(std::string_view name, std::string_view path, const Limits& limits);

/// R10: no name twice, nothing below a file. The names of the entries `unmarked`, in ascending
/// order of index, are also looked at as Python's zipfile reads them: in code page 437.
[[nodiscard]] std::optional<Breach> find_name_clash(std::span<const Entry> entries,
                                                    std::span<const std::uint32_t> unmarked,
                                                    std::uint64_t hash_seed);

/// The longest target of a link: PATH_MAX without its NUL. Source: hostile-archives.md, section 11.
inline constexpr std::uint64_t kMaxTargetBytes = 4'095;
/// The targets of all links of an archive together. Honest archives have some hundred links of some
/// dozen bytes; without a bound, 4,095 bytes can come out of 20 for each, and all are held at once.
inline constexpr std::uint64_t kMaxTargetsBytes = 8ULL << 20U;

/// R11: reads the texts of all links into the archive's `link_targets`. Says which texts are none.
[[nodiscard]] std::optional<Breach> read_link_targets(Archive& archive);
/// R11: follows every link through the archive.
[[nodiscard]] std::optional<Breach> find_escape(const Archive& archive, std::uint64_t hash_seed);

/// R12 Budget, but for the number of entries, which is checked before they are read. `by_offset`
/// are the indices of the entries in the order in which they lie in the archive.
[[nodiscard]] std::optional<Finding> check_budget(std::span<const Entry> entries,
                                                  std::span<const std::uint32_t> by_offset,
                                                  const Limits& limits);

/// R12: what is said of an archive that exceeds a limit at this entry.
[[nodiscard]] Finding refuse_entries(std::uint64_t offset, const Limits& limits);
[[nodiscard]] Finding refuse_bytes(const Entry& entry, const Limits& limits);

[[nodiscard]] bool is_link(const Headers& entry);

} // namespace preflight::unpack
