// SPDX-License-Identifier: Apache-2.0
//
// Small archives that unpack to more than any disk holds. The constructions by overlap are those
// of David Fifield, "A better zip bomb" (WOOT 2019), written anew.
#include "corpus.hpp"
#include "deflate_stream.hpp"
#include "large_zip.hpp"
#include "samples.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preflight::hostile {
namespace {

using test::little16;
using test::make_zip;
using test::ZipEntry;

constexpr std::uint16_t kDeflated = 8;
constexpr Traits kBomb = {.kind = Kind::bomb};

// APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.12: where a header holds CRC, sizes, name and offset.
constexpr std::size_t kLocalCrc = 14;
constexpr std::size_t kLocalName = 30;
constexpr std::size_t kCentralCrc = 16;
constexpr std::size_t kCentralOffset = 42;
constexpr std::size_t kCentralName = 46;

/// What is said of the file in a header.
struct Claim {
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_size = 0;
    std::uint64_t size = 0;
};

/// Files that all end in one and the same kernel of zeros. The data of each begin with a stored
/// block that quotes the local header of the next file, and go on with the data of that file.
class QuotedOverlap {
public:
    QuotedOverlap(std::uint32_t files, std::uint64_t kernel_size, bool is_zip64)
        : files_(files), is_zip64_(is_zip64), kernel_(zeros_stream(kernel_size)) {
        const auto extra = is_zip64 ? test::zip64_extra({0, 0}) : "";
        const ZipEntry pattern =
            ZipEntry(numbered_name(0), kDeflated, "", "")
                .both({.version_needed = 45, .extra = extra})
                .both(is_zip64
                          ? test::HeaderChange{.compressed_size = 0xffffffff, .size = 0xffffffff}
                          : test::HeaderChange{});
        local_ = pattern.local_record();
        central_ = pattern.central_record(0);
        last_ = {crc32_of_zeros(kernel_size), kernel_.size(), kernel_size};
    }

    [[nodiscard]] std::string write() {
        const auto locals = make_locals();
        LargeZip zip(ZipEntry("", kDeflated, "", ""));
        const auto length = static_cast<std::uint16_t>(local_.size());
        const auto quote =
            std::string(1, '\0') + little16(length) + little16(static_cast<std::uint16_t>(~length));
        for (std::uint32_t file = 0; file < files_; ++file) {
            auto central = central_;
            const auto& local = locals[file];
            central.replace(kCentralCrc, 12, local, kLocalCrc, 12);
            central.replace(kCentralName, std::string::npos, local, kLocalName);
            put32(central, kCentralOffset, zip.offset());
            zip.add_records(local + (file + 1 < files_ ? quote : kernel_), central);
        }
        return zip.finish();
    }

private:
    // From the last to the first, since each is part of what the one in front of it unpacks to.
    [[nodiscard]] std::vector<std::string> make_locals() const {
        std::vector<std::string> locals(files_);
        const auto step = crc32_shift(local_.size());
        auto shift = crc32_shift(last_.size);
        auto claim = last_;
        for (auto file = files_; file-- > 0;) {
            locals[file] = make_local(file, claim);
            claim.crc32 = crc32_of_both(test::crc32(locals[file]), claim.crc32, shift);
            claim.compressed_size += 5 + local_.size(); // 5: the beginning of a stored block
            claim.size += local_.size();
            shift = crc32_product(shift, step);
        }
        return locals;
    }

    [[nodiscard]] std::string make_local(std::uint32_t file, const Claim& claim) const {
        auto local = local_;
        const auto name = numbered_name(file);
        local.replace(kLocalName, name.size(), name);
        put32(local, kLocalCrc, claim.crc32);
        if (is_zip64_) {
            put64(local, kLocalName + name.size() + 4, claim.size);
            put64(local, kLocalName + name.size() + 12, claim.compressed_size);
        } else {
            put32(local, kLocalCrc + 4, static_cast<std::uint32_t>(claim.compressed_size));
            put32(local, kLocalCrc + 8, static_cast<std::uint32_t>(claim.size));
        }
        return local;
    }

    std::uint32_t files_;
    bool is_zip64_;
    std::string kernel_;
    std::string local_;
    std::string central_;
    Claim last_;
};

void add_quoted_overlaps(Corpus& corpus) {
    corpus.add("overlap",
               "row 39, R5: 5 GB in 43 kB",
               QuotedOverlap(238, 21'200'000, false).write(),
               kBomb);
    corpus.add("overlap",
               "row 39, R5: 281 TB in 10 MB",
               QuotedOverlap(65'534, 4'290'000'000, false).write(),
               kBomb);
    corpus.add("overlap",
               "row 39, R5: 4.5 PB in 48 MB, zip64",
               QuotedOverlap(190'000, 23'680'000'000, true).write(),
               kBomb);
    corpus.add(
        "overlap", "row 39, R5: two files, zip64", QuotedOverlap(2, 1000, true).write(), kBomb);
    corpus.add("overlap", "row 39, R5: two files", QuotedOverlap(2, 1000, false).write(), kBomb);
    corpus.add(kAccept, "row 39, R5: one file, zip64", QuotedOverlap(1, 1000, true).write());
}

/// As above, but the quotes are extra fields, so that all files have the same data.
void add_extra_overlap(Corpus& corpus) {
    constexpr std::uint32_t kFiles = 1'600; // more of them do not fit into one extra field
    constexpr std::uint64_t kKernelSize = 250'000'000;
    const auto kernel = zeros_stream(kKernelSize);
    const ZipEntry pattern = ZipEntry(numbered_name(0), kDeflated, kernel, "")
                                 .both({.crc32 = crc32_of_zeros(kKernelSize),
                                        .size = static_cast<std::uint32_t>(kKernelSize)});
    const auto length =
        pattern.local_record().size() - kernel.size() + 4; // 4: id and length of the field
    LargeZip zip(pattern);
    for (std::uint32_t file = 0; file < kFiles; ++file) {
        const auto quoted = static_cast<std::uint16_t>((kFiles - 1 - file) * length);
        const auto entry = pattern.both({.name = numbered_name(file)})
                               .local({.extra_length = static_cast<std::uint16_t>(quoted + 4),
                                       .extra = little16(0xcafe) + little16(quoted)});
        const auto local = entry.local_record();
        const bool is_last = file + 1 == kFiles;
        zip.add_records(std::string_view(local).substr(0, is_last ? std::string::npos : length),
                        entry.central_record(zip.offset()));
    }
    corpus.add(
        "overlap", "row 39, R5: 400 GB in 400 kB, quoted by extra fields", zip.finish(), kBomb);
}

void add_shared_kernel(Corpus& corpus) {
    constexpr std::uint64_t kKernelSize = 250'000'000;
    const ZipEntry pattern = ZipEntry(numbered_name(0), kDeflated, zeros_stream(kKernelSize), "")
                                 .both({.crc32 = crc32_of_zeros(kKernelSize),
                                        .size = static_cast<std::uint32_t>(kKernelSize)});
    for (const std::uint32_t files : {2U, 65'000U, 200'000U}) {
        LargeZip zip(pattern);
        zip.add(numbered_name(0));
        for (std::uint32_t file = 1; file < files; ++file) {
            zip.add_to_directory(numbered_name(file), 0);
        }
        corpus.add("overlap",
                   "row 39, R5: " + std::to_string(files) + " names on one file of 250 MB",
                   zip.finish(),
                   kBomb);
    }
}

/// Nothing but deflate at its best.
void add_honest_bombs(Corpus& corpus) {
    const auto zeros = [](const std::string& name, std::uint64_t size) {
        const ZipEntry entry(name, kDeflated, zeros_stream(size), "");
        const auto crc = crc32_of_zeros(size);
        return size < 0xffffffff
                   ? entry.both({.crc32 = crc, .size = static_cast<std::uint32_t>(size)})
                   : entry.both(
                         {.crc32 = crc, .size = 0xffffffff, .extra = test::zip64_extra({size})});
    };
    corpus.add("too-large",
               "row 40, R12: 5 GB in 5 MB, zip64",
               make_zip({zeros("z", 5'000'000'000)}),
               kBomb);
    corpus.add(
        "too-large", "row 40, R12: 4 GB in 4 MB", make_zip({zeros("z", 4'000'000'000)}), kBomb);
    corpus.add("too-large",
               "row 40, R12: 50 GB in 48 MB, zip64",
               make_zip({zeros("z", 50'000'000'000)}),
               kBomb);
    std::vector<ZipEntry> several;
    for (std::uint32_t file = 0; file < 21; ++file) {
        several.push_back(zeros(numbered_name(file), 250'000'000));
    }
    corpus.add("too-large", "row 40, R12: 21 files of 250 MB", make_zip(several), kBomb);
    corpus.add(
        "too-large", "row 40, R12: 2 files of 250 MB", make_zip({several[0], several[1]}), kBomb);
}

} // namespace

void add_bombs(Corpus& corpus) {
    add_quoted_overlaps(corpus);
    add_extra_overlap(corpus);
    add_shared_kernel(corpus);
    add_honest_bombs(corpus);
}

} // namespace preflight::hostile
