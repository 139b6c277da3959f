// SPDX-License-Identifier: Apache-2.0
//
// Archives that are large files.
#include "corpus.hpp"
#include "large_zip.hpp"
#include "samples.hpp"

#include <string>

namespace preflight::hostile {
namespace {

constexpr std::uint64_t kMaxArchive = 536'870'912; // hostile-archives.md, section 11: 512 MiB

/// 480 MB of names that differ at their ends alone, so that sorting them has to look at all.
void add_long_names(Corpus& corpus) {
    const auto folders = repeated(text_of(246) + "/", 16) + text_of(40) + "/";
    const auto prefix = folders.substr(0, 3'994);
    LargeZip zip(test::stored(prefix + numbered_name(0), ""));
    for (std::uint32_t entry = 0; entry < 59'999; ++entry) {
        zip.add(prefix + numbered_name(entry));
    }
    zip.add(prefix + numbered_name(30'000));
    corpus.add("duplicate",
               "row 42, R10: 60,000 names of 4,000 bytes, the last a duplicate",
               zip.finish());
}

/// Files with a hole, which take no room on the disk.
void add_sizes(Corpus& corpus) {
    corpus.add("no-eocd",
               "section 11: a file of 512 MiB that is no zip",
               "PK\3\4",
               {.file_bytes = kMaxArchive});
    corpus.add("too-large",
               "section 11: a file of a byte more",
               "PK\3\4",
               {.kind = Kind::bomb, .file_bytes = kMaxArchive + 1});
    corpus.add("too-large",
               "section 11: a file of 1 TB",
               "PK\3\4",
               {.kind = Kind::bomb, .file_bytes = std::uint64_t{1} << 40U});
}

} // namespace

void add_giants(Corpus& corpus) {
    add_long_names(corpus);
    add_sizes(corpus);
}

} // namespace preflight::hostile
