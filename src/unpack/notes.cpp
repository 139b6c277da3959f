// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "note_rules.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace preflight::unpack {

namespace {

constexpr std::uint32_t kSpecialBits = 07000; // set-user-id, set-group-id, sticky
constexpr std::uint32_t kReadableByAll = 0004;
constexpr std::uint8_t kHostDos = 0; // APPNOTE.TXT 6.3.10, section 4.4.2.2

std::uint32_t mode_of(const Headers& entry) {
    return entry.external_attributes >> 16U & 07777U;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(
        text, [](char character) { return static_cast<unsigned char>(character) < 0x80; });
}

bool has_dot_prefix(const Headers& entry) {
    return entry.central.name.starts_with("./");
}

bool has_unflagged_name(const Headers& entry) {
    return (entry.central.flags & kFlagUtf8) == 0 && !is_ascii(entry.central.name);
}

bool has_dos_name(const Headers& entry) {
    return entry.host == kHostDos && (entry.central.flags & kFlagUtf8) != 0 &&
           !is_ascii(entry.central.name);
}

bool has_special_bits(const Headers& entry) {
    return !entry.has_slash() && (mode_of(entry) & kSpecialBits) != 0;
}

/// Only where the archive records modes at all.
bool is_unreadable(const Headers& entry) {
    const bool records_modes = entry.external_attributes >> 16U != 0;
    return !entry.has_slash() && records_modes && (mode_of(entry) & kReadableByAll) == 0;
}

bool announces_descriptor_locally(const Headers& entry) {
    return entry.announces_descriptor() && (entry.central.flags & kFlagDescriptor) == 0;
}

struct EntryNote {
    const Rule* rule;
    bool (*applies)(const Headers& entry);
};

constexpr std::array kEntryNotes = {
    EntryNote{&kDdFlagLocalOnly, announces_descriptor_locally},
    EntryNote{&kModeSetuid, has_special_bits},
    EntryNote{&kModeUnreadable, is_unreadable},
    EntryNote{&kNameDotPrefix, has_dot_prefix},
    EntryNote{&kNameNonasciiHost, has_dos_name},
    EntryNote{&kNameNonasciiUnflagged, has_unflagged_name},
};

/// One note for all entries it applies to, at the first of them.
void add_note(std::vector<Finding>& notes,
              const Rule& rule,
              const Headers& first,
              std::size_t count) {
    auto note = refuse(rule, first.begin, first.central.name);
    if (count > 1) {
        note.message += "; " + std::to_string(count) + " entries in all";
    }
    notes.push_back(std::move(note));
}

void note_entries(const Directory& directory, std::vector<Finding>& notes) {
    for (const auto& row : kEntryNotes) {
        const auto count = std::ranges::count_if(directory.entries, row.applies);
        if (count > 0) {
            const auto first = std::ranges::find_if(directory.entries, row.applies);
            add_note(notes, *row.rule, *first, static_cast<std::size_t>(count));
        }
    }
}

char to_lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

/// FNV-1a over the path in lower case. Whoever makes two paths collide gains nothing: they are
/// compared as well.
std::uint64_t hash_of_lowered(std::string_view path) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char character : path) {
        hash = (hash ^ static_cast<unsigned char>(to_lower(character))) * 0x100000001b3;
    }
    return hash;
}

bool differ_in_case(std::string_view left, std::string_view right) {
    return left != right && std::ranges::equal(left, right, {}, to_lower, to_lower);
}

void note_case_collision(const Directory& directory, std::vector<Finding>& notes) {
    // Hashes, not paths in lower case: these can be as large as the archive.
    std::vector<std::pair<std::uint64_t, const Headers*>> lowered;
    lowered.reserve(directory.entries.size());
    for (const auto index : directory.by_offset) {
        const auto& entry = directory.entries[index];
        lowered.emplace_back(hash_of_lowered(entry.path), &entry);
    }
    std::ranges::stable_sort(lowered, {}, [](const auto& item) { return item.first; });
    std::size_t count = 0;
    const Headers* first = nullptr;
    for (std::size_t place = 1; place < lowered.size(); ++place) {
        const auto* const entry = lowered[place].second;
        if (differ_in_case(entry->path, lowered[place - 1].second->path)) {
            ++count;
            first = first == nullptr || entry->begin < first->begin ? entry : first;
        }
    }
    if (count > 0) {
        add_note(notes, kCaseCollision, *first, count);
    }
}

void note_absolute_links(const Directory& directory,
                         const LinkTargets& targets,
                         std::vector<Finding>& notes) {
    const auto is_absolute = [](const std::string& target) { return target.starts_with('/'); };
    const auto count = std::ranges::count_if(targets, is_absolute);
    if (count > 0) {
        const auto first = std::ranges::find_if(targets, is_absolute) - targets.begin();
        add_note(notes,
                 kLinkAbsolute,
                 directory.entries[static_cast<std::size_t>(first)],
                 static_cast<std::size_t>(count));
    }
}

} // namespace

std::vector<Finding> make_notes(const Directory& directory, const LinkTargets& targets) {
    std::vector<Finding> notes;
    note_entries(directory, notes);
    note_case_collision(directory, notes);
    note_absolute_links(directory, targets, notes);
    if (directory.end.has_comment) {
        notes.push_back(refuse(kArchiveComment, directory.end.position));
    }
    if (!std::ranges::is_sorted(directory.entries, {}, &Headers::begin)) {
        notes.push_back(refuse(kCdOrder, directory.end.directory_offset));
    }
    if (directory.entries_begin > 0) {
        notes.push_back(refuse(kShebang, 0));
    }
    std::ranges::sort(notes, {}, &Finding::rule_id);
    return notes;
}

} // namespace preflight::unpack
