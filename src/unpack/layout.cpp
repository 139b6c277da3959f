// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace preflight::unpack {

namespace {

/// One of the four ways to write a data descriptor: checksum and both sizes, sizes of 32 or 64
/// bits, with or without a signature in front. Source: APPNOTE.TXT 6.3.10, section 4.3.9.
struct DescriptorLayout {
    bool has_signature;
    std::uint64_t size_length;

    [[nodiscard]] std::uint64_t length() const {
        return (has_signature ? 8U : 4U) + 2 * size_length;
    }
};

// In the order of R7: signature first, 32-bit first.
constexpr std::array kDescriptorLayouts = {DescriptorLayout{true, 4},
                                           DescriptorLayout{true, 8},
                                           DescriptorLayout{false, 4},
                                           DescriptorLayout{false, 8}};

bool states_the_truth(ByteView descriptor,
                      const DescriptorLayout& layout,
                      const Statement& central) {
    if (layout.has_signature) {
        if (u32(descriptor, 0) != kDescriptorSignature) {
            return false;
        }
        descriptor = descriptor.subspan(4);
    }
    const auto size_at = [&](std::uint64_t offset) {
        return layout.size_length == 4 ? u32(descriptor, offset) : u64(descriptor, offset);
    };
    return u32(descriptor, 0) == central.crc32 && size_at(4) == central.compressed_size &&
           size_at(4 + layout.size_length) == central.size;
}

/// Not string_view::find(), which begins anew at every "P": data full of them cost 5 ns a byte.
bool holds_descriptor_signature(ByteView bytes) {
    constexpr std::string_view kSignature = "PK\x07\x08";
    return memmem(bytes.data(), bytes.size(), kSignature.data(), kSignature.size()) != nullptr;
}

/// Where the descriptor behind an entry's data ends, or nothing where there is none that fits.
/// `area` is the archive up to its central directory.
std::optional<std::uint64_t> find_descriptor_end(ByteView area, const Headers& entry) {
    for (const auto& layout : kDescriptorLayouts) {
        if (layout.length() > area.size() - entry.end) {
            continue;
        }
        const auto end = entry.end + layout.length();
        const bool ends_well =
            end == area.size() || (area.size() - end >= 4 && u32(area, end) == kLocalSignature);
        if (ends_well && states_the_truth(area.subspan(entry.end), layout, entry.central)) {
            return end;
        }
    }
    return std::nullopt;
}

/// Where an entry ends: behind its data descriptor, if it has one. R7 reports an announced
/// descriptor that is not there; until then it counts as all there is before the next entry.
void find_end(ByteView area, const Headers& entry, std::uint64_t next_begin, Place& place) {
    place.end = entry.end;
    if (((entry.local.flags | entry.central.flags) & kFlagDescriptor) == 0) {
        return;
    }
    if (const auto end = find_descriptor_end(area, entry)) {
        place.end = *end;
    } else if (entry.announces_descriptor()) {
        place.lacks_descriptor = true;
        place.end = std::max(entry.end, next_begin);
    }
}

} // namespace

std::optional<Finding> check_layout(Directory& directory) {
    const auto area = directory.archive.first(directory.end.directory_offset);
    const auto& order = directory.by_offset;
    auto covered = directory.entries_begin;
    for (std::size_t position = 0; position < order.size(); ++position) {
        auto& place = directory.places[order[position]];
        const auto entry = read_headers(directory.archive, place);
        if (place.begin != covered) {
            return refuse(place.begin < covered ? kOverlap : kGap,
                          std::min(place.begin, covered),
                          entry.central.name);
        }
        const auto next =
            position + 1 < order.size() ? directory.places[order[position + 1]].begin : area.size();
        find_end(area, entry, next, place);
        covered = place.end;
    }
    if (covered != area.size()) {
        return refuse(kGap, covered);
    }
    return std::nullopt;
}

const Rule* check_descriptor(const Directory& /*directory*/, const Headers& entry) {
    if (entry.lacks_descriptor) {
        return &kDataDescriptor;
    }
    const bool size_is_open = entry.announces_descriptor() && entry.local.method == kStored &&
                              entry.local.compressed_size != entry.central.compressed_size;
    return size_is_open && holds_descriptor_signature(entry.data) ? &kStoredDdAmbiguous : nullptr;
}

} // namespace preflight::unpack
