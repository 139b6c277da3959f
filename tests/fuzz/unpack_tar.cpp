// SPDX-License-Identifier: Apache-2.0
//
// Whatever the bytes, read_tar() returns. Every file it shows has the size it is listed with, the
// paths of an accepted tar stay below the root, no path comes twice but for directories, and the
// limits hold.
#include "require.hpp"

#include "preflight/unpack/tar.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string_view>

namespace {

using preflight::ByteView;
using preflight::Finding;
namespace unpack = preflight::unpack;

// So small that the fuzzer reaches both sides of each.
constexpr unpack::Limits kLimits = {
    .max_entries = 20, .max_total_bytes = 1U << 16U, .max_path_bytes = 100};

void check_finding(const Finding& finding) {
    require(finding.rule_id.starts_with("unpack."));
    require(!finding.message.empty() && !finding.remedy.empty());
}

bool has_dots(std::string_view path) {
    return path == ".." || path.starts_with("../") || path.ends_with("/..") ||
           path.find("/../") != std::string_view::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::uint64_t shown = 0;
    const auto visit = [&](const unpack::Entry& file, ByteView contents) {
        require(file.type == unpack::EntryType::file && contents.size() == file.size);
        shown += contents.size();
    };
    const auto tar =
        unpack::read_tar(std::as_bytes(std::span(data, size)), {.limits = kLimits}, visit);
    require(shown <= kLimits.max_total_bytes);
    if (!tar) {
        check_finding(tar.error());
        return 0;
    }
    const auto& archive = tar->archive;
    require(archive.entries.size() <= kLimits.max_entries && archive.total_bytes == shown);
    std::set<std::string_view> paths;
    for (const auto& entry : archive.entries) {
        require(entry.path.size() <= kLimits.max_path_bytes && !has_dots(entry.path) &&
                !entry.path.starts_with('/'));
        require(entry.type == unpack::EntryType::directory || paths.insert(entry.path).second);
    }
    for (const auto& note : archive.notes) {
        check_finding(note);
    }
    return 0;
}
