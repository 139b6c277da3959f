// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include <algorithm>
#include <array>

namespace preflight::unpack {

namespace {

// POSIX <sys/stat.h>: the type of a file in the upper half of the external attributes.
constexpr std::uint32_t kTypeMask = 0170000;
constexpr std::uint32_t kRegular = 0100000;
constexpr std::uint32_t kDirectory = 0040000;
constexpr std::uint32_t kLink = 0120000;

constexpr std::uint32_t kDosDirectory = 0x10; // APPNOTE.TXT 6.3.10, section 4.4.15
constexpr std::uint32_t kDosVolumeLabel = 0x08;
constexpr std::uint8_t kHostUnix = 3; // section 4.4.2.2

// FAT, Atari, HPFS and NTFS. From these Info-ZIP 6.0 takes a volume label for what it is and does
// not extract it, while everybody else extracts a file: measured over all 256 hosts.
constexpr std::array<std::uint8_t, 4> kHostsWithVolumeLabels = {0, 5, 6, 11};

std::uint32_t type_bits(const Headers& entry) {
    return entry.external_attributes >> 16U & kTypeMask;
}

bool is_volume_label(const Headers& entry) {
    return (entry.external_attributes & kDosVolumeLabel) != 0 &&
           std::ranges::find(kHostsWithVolumeLabels, entry.host) != kHostsWithVolumeLabels.end();
}

} // namespace

bool is_link(const Headers& entry) {
    return entry.host == kHostUnix && type_bits(entry) == kLink && !entry.has_slash();
}

const Rule* check_type(const Directory& /*directory*/, const Headers& entry) {
    if (entry.has_slash()) { // the name decides, whatever the bits: Maven sets all of them
        return entry.central.size != 0 ? &kDirWithData : nullptr;
    }
    const auto type = type_bits(entry);
    if (type != 0 && type != kRegular && type != kDirectory && !is_link(entry)) {
        return &kSpecialFile;
    }
    if (type == kDirectory) {
        return &kDirAttrMismatch;
    }
    if ((entry.external_attributes & kDosDirectory) != 0) {
        return &kDosDirAttr;
    }
    return is_volume_label(entry) ? &kSpecialFile : nullptr;
}

} // namespace preflight::unpack
