// SPDX-License-Identifier: Apache-2.0
#include "notes.hpp"

#include "note_rules.hpp"
#include "path_index.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace preflight::unpack {

namespace {

constexpr std::uint32_t kSpecialBits = 07000; // set-user-id, set-group-id, sticky
constexpr std::uint32_t kReadableByAll = 0004;
constexpr std::uint8_t kHostDos = 0; // APPNOTE.TXT 6.3.10, section 4.4.2.2

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

bool announces_descriptor_locally(const Headers& entry) {
    return entry.announces_descriptor() && (entry.central.flags & kFlagDescriptor) == 0;
}

bool lacks_mode(const Headers& entry) {
    return entry.external_attributes >> 16U == 0 && !entry.has_slash();
}

struct EntryNote {
    const Rule* rule;
    bool (*applies)(const Headers& entry);
};

constexpr std::array kEntryNotes = {
    EntryNote{&kDdFlagLocalOnly, announces_descriptor_locally},
    EntryNote{&kModeMissing, lacks_mode},
    EntryNote{&kNameDotPrefix, has_dot_prefix},
    EntryNote{&kNameNonasciiHost, has_dos_name},
    EntryNote{&kNameNonasciiUnflagged, has_unflagged_name},
};

char to_lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                                : character;
}

/// Of a path in lower case.
std::uint64_t hash_of_lowered(std::uint64_t seed, std::string_view path) {
    std::array<char, 256> lowered{};
    PathHash hash(seed);
    do {
        const auto piece = path.substr(0, lowered.size());
        std::ranges::transform(piece, lowered.begin(), to_lower);
        hash.add({lowered.data(), piece.size()});
        path.remove_prefix(piece.size());
    } while (!path.empty());
    return hash.value();
}

bool differ_in_case(std::string_view left, std::string_view right) {
    return left != right && std::ranges::equal(left, right, {}, to_lower, to_lower);
}

void note_case_collisions(std::span<const Entry> entries, std::uint64_t hash_seed, Notes& notes) {
    // Hashes, not paths in lower case: these can be as large as the archive.
    std::vector<std::pair<std::uint64_t, const Entry*>> lowered;
    lowered.reserve(entries.size());
    for (const auto& entry : entries) {
        lowered.emplace_back(hash_of_lowered(hash_seed, entry.path), &entry);
    }
    std::ranges::sort(
        lowered, {}, [](const auto& item) { return std::pair(item.first, item.second->offset); });
    std::vector<const Entry*> colliding;
    for (std::size_t place = 1; place < lowered.size(); ++place) {
        if (lowered[place].first == lowered[place - 1].first &&
            differ_in_case(lowered[place].second->path, lowered[place - 1].second->path)) {
            colliding.push_back(lowered[place].second);
        }
    }
    std::ranges::sort(colliding, {}, &Entry::offset);
    for (const auto* entry : colliding) {
        notes.add(kCaseCollision, entry->offset, entry->path);
    }
}

void note_path(const Entry& entry, Notes& notes) {
    const auto name = entry.path.substr(entry.path.rfind('/') + 1); // npos + 1: all of it
    if (name.starts_with("._") || entry.path.starts_with("__MACOSX/")) {
        notes.add(kMacosMetadata, entry.offset, entry.path);
    }
}

} // namespace

void Notes::add(const Rule& rule, std::uint64_t offset, std::string_view name) {
    auto note = std::ranges::find(notes_, &rule, &Note::rule);
    if (note == notes_.end()) {
        note = notes_.insert(note, {.rule = &rule, .offset = offset, .name = name});
    }
    ++note->count;
}

std::vector<Finding> Notes::findings() const {
    std::vector<Finding> findings;
    for (const auto& note : notes_) {
        auto finding = refuse(*note.rule, note.offset, note.name);
        if (note.count > 1) {
            finding.message += "; " + std::to_string(note.count) + " entries in all";
        }
        findings.push_back(std::move(finding));
    }
    std::ranges::sort(findings, {}, &Finding::rule_id);
    return findings;
}

void note_entry(const Headers& entry, Notes& notes) {
    for (const auto& row : kEntryNotes) {
        if (row.applies(entry)) {
            notes.add(*row.rule, entry.begin, entry.central.name);
        }
    }
}

void note_mode(const Entry& file, Notes& notes) {
    if ((file.mode & kSpecialBits) != 0) {
        notes.add(kModeSetuid, file.offset, file.path);
    }
    if ((file.mode & kReadableByAll) == 0) {
        notes.add(kModeUnreadable, file.offset, file.path);
    }
}

void note_whole(const Archive& archive, std::uint64_t hash_seed, Notes& notes) {
    note_case_collisions(archive.entries, hash_seed, notes);
    for (const auto& entry : archive.entries) {
        note_path(entry, notes);
        if (entry.type == EntryType::link && archive.target_of(entry).starts_with('/')) {
            notes.add(kLinkAbsolute, entry.offset, entry.path);
        }
    }
}

bool is_about_modes(const Finding& note) {
    return note.rule_id == kModeMissing.id || note.rule_id == kModeSetuid.id ||
           note.rule_id == kModeUnreadable.id;
}

} // namespace preflight::unpack
