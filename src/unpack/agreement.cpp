// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"
#include "zip_format.hpp"

#include "preflight/base/text.hpp"

namespace preflight::unpack {

namespace {

/// A value that a data descriptor states later may be left at zero until then.
bool may_stand(std::uint64_t local, std::uint64_t central) {
    return local == 0 || local == central;
}

/// The level of compression says nothing to a reader, and the data descriptor is a matter of its
/// own.
bool flags_differ(const Statement& local, const Statement& central) {
    return ((local.flags ^ central.flags) & ~(kFlagLevel | kFlagDescriptor)) != 0;
}

const Rule* check_values(const Headers& entry) {
    const auto& local = entry.local;
    const auto& central = entry.central;
    if (entry.announces_descriptor()) {
        const bool all_stand = may_stand(local.crc32, central.crc32) &&
                               may_stand(local.compressed_size, central.compressed_size) &&
                               may_stand(local.size, central.size);
        return all_stand ? nullptr : &kDdLfhValues;
    }
    if (local.crc32 != central.crc32) {
        return &kCrcMismatch;
    }
    if (local.compressed_size != central.compressed_size) {
        return &kCsizeMismatch;
    }
    return local.size != central.size ? &kUsizeMismatch : nullptr;
}

} // namespace

const Rule* check_agreement(const Directory& /*directory*/, const Headers& entry) {
    const auto& local = entry.local;
    const auto& central = entry.central;
    if (local.name != central.name) {
        return &kNameMismatch;
    }
    if (local.method != central.method) {
        return &kMethodMismatch;
    }
    if (flags_differ(local, central)) {
        return &kFlagsMismatch;
    }
    if ((central.flags & kFlagDescriptor) != 0 && !entry.announces_descriptor()) {
        return &kDdFlagCdOnly;
    }
    return check_values(entry);
}

const Rule* check_features(const Directory& /*directory*/, const Headers& entry) {
    constexpr unsigned kKnownFlags = kFlagLevel | kFlagDescriptor | kFlagUtf8;
    constexpr unsigned kNewestVersion =
        45; // the lower byte is the version, 7-Zip puts the host into the upper one
    const auto& central = entry.central;
    if (((central.flags | entry.local.flags) & ~kKnownFlags) != 0) {
        return &kFlagsUnsupported;
    }
    if (central.method != kStored && central.method != kDeflated) {
        return &kMethodUnsupported;
    }
    if ((central.version_needed & 0xFFU) > kNewestVersion ||
        (entry.local.version_needed & 0xFFU) > kNewestVersion) {
        return &kVersionNeeded;
    }
    if (central.method == kStored && central.compressed_size != central.size) {
        return &kStoredSize;
    }
    // Whatever flag 11 says: Java 17 decodes each comment while it lists entries, and throws.
    return is_utf8(entry.comment) ? nullptr : &kCommentNotUtf8;
}

} // namespace preflight::unpack
