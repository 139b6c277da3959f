// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "headers.hpp"

#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <optional>
#include <string>
#include <vector>

/// The rules R5 to R12 of hostile-archives.md, section 5. Those about one entry give the rule that
/// it breaks, or null; those about all of them give the breach at the smallest offset.
namespace preflight::unpack {

/// R5 and, since the end of an entry is that of its data descriptor, the search of R7: sets `end`
/// and `lacks_descriptor` of each entry, then looks for gaps and overlaps.
[[nodiscard]] std::optional<Finding> check_layout(Directory& directory);

/// R6 Both headers agree.
[[nodiscard]] const Rule* check_agreement(const Directory& directory, const Headers& entry);
/// R7 Data descriptor.
[[nodiscard]] const Rule* check_descriptor(const Directory& directory, const Headers& entry);
/// R8 Plain features.
[[nodiscard]] const Rule* check_features(const Directory& directory, const Headers& entry);
/// R9 Extra fields.
[[nodiscard]] const Rule* check_extra_fields(const Directory& directory, const Headers& entry);
/// R10, as far as it concerns one name.
[[nodiscard]] const Rule* check_name(const Directory& directory, const Headers& entry);
/// R10: no name twice, nothing below a file.
[[nodiscard]] std::optional<Finding> check_name_clashes(const Directory& directory);
/// R11, as far as it concerns one entry.
[[nodiscard]] const Rule* check_type(const Directory& directory, const Headers& entry);

/// What a link points to; empty for an entry that is no link.
using LinkTargets = std::vector<std::string>;

/// R11: reads the target of every link into `targets`, by index of entry, and follows it through
/// the archive.
[[nodiscard]] std::optional<Finding> check_links(const Directory& directory, LinkTargets& targets);

/// R12 Budget, but for the number of entries, which is checked before they are read.
[[nodiscard]] std::optional<Finding> check_budget(const Directory& directory);

[[nodiscard]] bool is_link(const Headers& entry);
[[nodiscard]] Entry make_entry(const Headers& entry);

/// Oddities that are no reason to refuse, at most one finding for each rule, with the number of
/// entries concerned.
[[nodiscard]] std::vector<Finding> make_notes(const Directory& directory,
                                              const LinkTargets& targets);

} // namespace preflight::unpack
