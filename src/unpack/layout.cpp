// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <array>

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

/// R7 reports an announced descriptor that is not there. Until then it counts as all there is
/// before the next entry.
void find_end(ByteView area, std::uint64_t next_begin, Headers& entry) {
    if (((entry.local.flags | entry.central.flags) & kFlagDescriptor) == 0) {
        return;
    }
    if (const auto end = find_descriptor_end(area, entry)) {
        entry.end = *end;
    } else if (entry.announces_descriptor()) {
        entry.lacks_descriptor = true;
        entry.end = std::max(entry.end, next_begin);
    }
}

} // namespace

std::optional<Finding> check_layout(Directory& directory) {
    const auto area = directory.archive.first(directory.end.directory_offset);
    auto& order = directory.by_offset;
    for (std::size_t place = 0; place < order.size(); ++place) {
        const auto next =
            place + 1 < order.size() ? directory.entries[order[place + 1]].begin : area.size();
        find_end(area, next, directory.entries[order[place]]);
    }

    auto covered = directory.entries_begin;
    for (const auto index : order) {
        const auto& entry = directory.entries[index];
        if (entry.begin != covered) {
            return refuse(entry.begin < covered ? kOverlap : kGap,
                          std::min(entry.begin, covered),
                          entry.central.name);
        }
        covered = entry.end;
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
    return size_is_open && as_text(entry.data).find("PK\x07\x08") != std::string_view::npos
               ? &kStoredDdAmbiguous
               : nullptr;
}

} // namespace preflight::unpack
