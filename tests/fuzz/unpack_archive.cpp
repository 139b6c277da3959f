// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, parse_archive() returns. A refusal lies inside the file. The entries of an
// accepted archive lie inside it and do not overlap, their paths stay below the root, their sizes
// keep within the limits, each of them inflates to exactly its size or is refused, and libarchive
// can be asked for its opinion.
#include "require.hpp"

#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

namespace {

using preflight::ByteView;
using preflight::Finding;
namespace unpack = preflight::unpack;

// So small that the fuzzer reaches both sides of each.
constexpr unpack::Limits kLimits = {
    .max_entries = 20, .max_total_bytes = 1U << 20U, .max_path_bytes = 100};

void check_refusal(const Finding& refusal, ByteView bytes) {
    require(refusal.rule_id.starts_with("unpack."));
    require(refusal.location.offset && *refusal.location.offset <= bytes.size());
    require(!refusal.message.empty() && !refusal.remedy.empty());
}

bool stays_below_root(std::string_view path) {
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        const auto component = path.substr(0, slash);
        if (component.empty() || component == "." || component == "..") {
            return false;
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

void check_entry(const unpack::Entry& entry, ByteView bytes) {
    const auto* const data = entry.data.data();
    require(entry.offset < bytes.size());
    require(data >= bytes.data() + entry.offset &&
            data + entry.data.size() <= bytes.data() + bytes.size());
    require(stays_below_root(entry.path) && entry.path.size() <= kLimits.max_path_bytes);
    require(entry.type != unpack::EntryType::directory || entry.size == 0);
}

void check_archive(unpack::Archive archive, ByteView bytes) {
    require(archive.entries.size() <= kLimits.max_entries);
    static_cast<void>(unpack::find_differential(bytes, archive));

    std::ranges::sort(archive.entries, {}, &unpack::Entry::offset);
    unpack::Inflater inflater;
    std::uint64_t total = 0;
    const std::byte* covered = bytes.data();
    for (const auto& entry : archive.entries) {
        check_entry(entry, bytes);
        require(bytes.data() + entry.offset >= covered);
        covered = entry.data.data() + entry.data.size();
        total += entry.size;
        if (const auto contents = inflater.inflate(entry)) {
            require(contents->size() == entry.size);
        } else {
            check_refusal(contents.error(), bytes);
        }
    }
    require(total == archive.total_bytes && total <= kLimits.max_total_bytes);
    require(inflater.inflated_bytes() <= total);
    for (const auto& note : archive.notes) {
        check_refusal(note, bytes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    // Only in front of such bytes does the option make a difference.
    const bool may_have_shebang = preflight::as_text(bytes).starts_with("#!");
    const auto archive =
        unpack::parse_archive(bytes, {.limits = kLimits, .may_have_shebang = may_have_shebang});
    if (archive) {
        check_archive(*archive, bytes);
    } else {
        check_refusal(archive.error(), bytes);
    }
    return 0;
}
