// SPDX-License-Identifier: Apache-2.0
//
// floor ZIP THREADS [record]: the least that any scan of a zip has to do, and nothing else: read
// it, inflate every entry, check its CRC-32, take the SHA-256 of the zip and, with `record`, of
// every file that a RECORD lists. Trusts the archive. With as many threads, largest entries first.
// Prints what it computed, so that nothing can be left out.
//
// Source: performance.md, section 4.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <fcntl.h>
#include <libdeflate.h>
#include <openssl/sha.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using Byte = unsigned char;

struct Entry {
    std::string_view name;
    const Byte* data = nullptr;
    std::uint32_t method = 0;
    std::uint32_t crc32 = 0;
    std::uint32_t packed = 0;
    std::uint32_t size = 0;
};

template <class Number>
Number number_at(const Byte* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof number); // little-endian machines alone
    return number;
}

std::pair<const Byte*, std::size_t> read_file(const char* path) {
    const int file =
        ::open(path, O_RDONLY | O_CLOEXEC); // NOLINT(cppcoreguidelines-pro-type-vararg)
    struct stat status {};
    if (file < 0 || ::fstat(file, &status) != 0) {
        std::exit(2);
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* memory =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ::madvise(memory, size, MADV_HUGEPAGE);
    for (std::size_t done = 0; done < size;) {
        const auto count = ::read(file, static_cast<Byte*>(memory) + done, size - done);
        if (count <= 0) {
            std::exit(2);
        }
        done += static_cast<std::size_t>(count);
    }
    return {static_cast<const Byte*>(memory), size};
}

std::vector<Entry> list_entries(const Byte* zip, std::size_t size) {
    const auto* end = zip + size - 22; // no comment
    const auto* record = zip + number_at<std::uint32_t>(end + 16);
    std::vector<Entry> entries(number_at<std::uint16_t>(end + 10));
    for (auto& entry : entries) {
        const auto* local = zip + number_at<std::uint32_t>(record + 42);
        const auto name_length = number_at<std::uint16_t>(record + 28);
        entry = {{reinterpret_cast<const char*>(record) + 46, name_length},
                 local + 30 + number_at<std::uint16_t>(local + 26) +
                     number_at<std::uint16_t>(local + 28),
                 number_at<std::uint16_t>(record + 10),
                 number_at<std::uint32_t>(record + 16),
                 number_at<std::uint32_t>(record + 20),
                 number_at<std::uint32_t>(record + 24)};
        record += 46 + name_length + number_at<std::uint16_t>(record + 30) +
                  number_at<std::uint16_t>(record + 32);
    }
    return entries;
}

/// The contents of entries, one after another in one buffer.
class Inflater {
public:
    const Byte* inflate(const Entry& entry) {
        if (entry.method == 0) {
            return entry.data;
        }
        buffer_.reserve(entry.size + 1);
        if (libdeflate_deflate_decompress(
                decompressor_, entry.data, entry.packed, buffer_.data(), entry.size, nullptr) !=
            LIBDEFLATE_SUCCESS) {
            std::exit(1);
        }
        return buffer_.data();
    }

private:
    libdeflate_decompressor* decompressor_ = libdeflate_alloc_decompressor();
    std::vector<Byte> buffer_;
};

std::unordered_set<std::string> list_recorded(const std::vector<Entry>& entries) {
    std::unordered_set<std::string> recorded;
    Inflater inflater;
    for (const auto& entry : entries) {
        if (!entry.name.ends_with(".dist-info/RECORD")) {
            continue;
        }
        std::string_view text(reinterpret_cast<const char*>(inflater.inflate(entry)), entry.size);
        while (!text.empty()) {
            const auto line = text.substr(0, text.find('\n'));
            recorded.emplace(line.substr(0, line.find(",sha256=")));
            text.remove_prefix(std::min(line.size() + 1, text.size()));
        }
    }
    return recorded;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        return 2;
    }
    const auto archive = read_file(argv[1]);
    auto entries = list_entries(archive.first, archive.second);
    const auto recorded = argc > 3 ? list_recorded(entries) : std::unordered_set<std::string>();
    std::ranges::sort(entries, std::ranges::greater(), &Entry::size);

    std::atomic<std::size_t> next = 0; // task 0 is the digest of the zip
    std::atomic<std::uint64_t> bytes = 0;
    std::atomic<std::uint64_t> digests = 0;
    const auto work = [&] {
        Inflater inflater;
        std::array<Byte, SHA256_DIGEST_LENGTH> digest{};
        for (auto task = next++; task <= entries.size(); task = next++) {
            if (task == 0) {
                SHA256(archive.first, archive.second, digest.data());
                digests += digest[0];
                continue;
            }
            const auto& entry = entries[task - 1];
            const auto* contents = inflater.inflate(entry);
            if (libdeflate_crc32(0, contents, entry.size) != entry.crc32) {
                std::exit(1);
            }
            bytes += entry.size;
            if (recorded.contains(std::string(entry.name))) {
                SHA256(contents, entry.size, digest.data());
                digests += digest[0];
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (long other = 1; other < std::strtol(argv[2], nullptr, 10); ++other) {
            others.emplace_back(work);
        }
        work();
    }
    std::printf("%zu entries, %llu bytes, %llu\n",
                entries.size(),
                static_cast<unsigned long long>(bytes),
                static_cast<unsigned long long>(digests));
    return 0;
}
