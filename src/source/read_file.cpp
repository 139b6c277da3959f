// SPDX-License-Identifier: Apache-2.0
#include "preflight/source/read_file.hpp"

#include "preflight/base/descriptor.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <span>
#include <string>
#include <system_error>

namespace preflight::source {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& cause) {
    throw Failure("cannot read " + in_quotes(path.string()) + ": " + cause);
}

std::string error_text(int error) {
    return std::generic_category().message(error);
}

/// O_NONBLOCK keeps a FIFO without a writer from hanging the call; regular files do not know it.
int open_regular(const std::filesystem::path& path) {
    const int number = ::open(path.c_str(),
                              O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
                                  O_NONBLOCK); // NOLINT(cppcoreguidelines-pro-type-vararg)
    if (number < 0) {
        fail(path,
             errno == ELOOP ? "it is a symbolic link; name the file that it points to"
                            : error_text(errno));
    }
    return number;
}

/// Reads from `offset` on until `size` bytes are there or the file ends, and says how many came.
std::size_t read_up_to(const std::filesystem::path& path,
                       int number,
                       std::size_t offset,
                       std::byte* bytes,
                       std::size_t size) {
    std::size_t filled = 0;
    while (filled < size) {
        const auto count =
            ::pread(number, bytes + filled, size - filled, static_cast<off_t>(offset + filled));
        if (count < 0 && errno != EINTR) {
            fail(path, error_text(errno));
        }
        if (count == 0) {
            break;
        }
        filled += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return filled;
}

/// Memory of its own for so many bytes. A large block is asked for in large pages: to be given four
/// kilobytes at a time would take longer than to read them.
FileBytes::Memory allocate(const std::filesystem::path& path, std::size_t size) {
    constexpr std::size_t kLarge = std::size_t{2} << 20U;
    if (size < kLarge) {
        return {new std::byte[size], FileBytes::Free{.mapped = 0}}; // not zeroed
    }
    void* memory =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        fail(path, error_text(errno));
    }
    ::madvise(memory, size, MADV_HUGEPAGE); // a wish
    return {static_cast<std::byte*>(memory), FileBytes::Free{.mapped = size}};
}

/// Reads the file into `bytes`, in pieces that are shared out: half of the time goes into the pages
/// that the system has to clear for them. Says how many bytes came.
std::size_t read_in_pieces(const std::filesystem::path& path,
                           int number,
                           std::span<std::byte> bytes,
                           Workers& workers) {
    constexpr std::size_t kPiece = std::size_t{8} << 20U;
    std::atomic<std::size_t> filled = 0;
    workers.run(
        (bytes.size() + kPiece - 1) / kPiece, [&](std::size_t /*worker*/, std::size_t task) {
            const auto offset = task * kPiece;
            const auto piece = bytes.subspan(offset, std::min(kPiece, bytes.size() - offset));
            filled += read_up_to(path, number, offset, piece.data(), piece.size());
        });
    return filled;
}

} // namespace

void FileBytes::Free::operator()(std::byte* bytes) const noexcept {
    if (mapped > 0) {
        ::munmap(bytes, mapped);
    } else {
        delete[] bytes; // NOLINT(cppcoreguidelines-owning-memory): the deleter of the owner
    }
}

FileBytes read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
    CallingThread alone;
    return read_file(path, max_bytes, alone);
}

FileBytes read_file(const std::filesystem::path& path, std::uint64_t max_bytes, Workers& workers) {
    const Descriptor file(open_regular(path));
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) {
        fail(path, error_text(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        fail(path, S_ISDIR(status.st_mode) ? "it is a directory" : "it is not a regular file");
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > max_bytes) {
        throw FileTooLarge("cannot read " + in_quotes(path.string()) + ": it has " +
                           std::to_string(size) + " bytes, more than the limit of " +
                           std::to_string(max_bytes));
    }

    // One byte more than expected, so that a file that has grown is noticed.
    FileBytes bytes(allocate(path, size + 1), size);
    if (read_in_pieces(path, file.number(), {bytes.data(), size + 1}, workers) != size) {
        fail(path, "it changed while it was read");
    }
    return bytes;
}

} // namespace preflight::source
