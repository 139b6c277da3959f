// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/workers.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>

namespace preflight::source {

/// A file's bytes in private memory: nobody can change them while they are judged. Movable, not
/// copyable.
class FileBytes {
public:
    struct Free {
        std::size_t mapped; ///< Bytes that came from mmap(); 0: they came from new.
        void operator()(std::byte* bytes) const noexcept;
    };
    // An array that nobody has to clear first, unlike a vector.
    // NOLINTNEXTLINE(modernize-avoid-c-arrays)
    using Memory = std::unique_ptr<std::byte[], Free>;

    FileBytes() = default;
    FileBytes(Memory memory, std::size_t size) : memory_(std::move(memory)), size_(size) {}

    [[nodiscard]] ByteView view() const { return {memory_.get(), size_}; }
    [[nodiscard]] std::byte* data() { return memory_.get(); }

private:
    Memory memory_;
    std::size_t size_ = 0;
};

/// The file has more bytes than the caller admits.
class FileTooLarge : public Failure {
public:
    using Failure::Failure;
};

/// Reads a regular file whole, once. A last path component that is a symbolic link is not followed.
///
/// Throws Failure if the file is missing, no regular file, larger than `max_bytes`, unreadable, or
/// changes its size meanwhile. Source: hostile-archives.md, section 10.
[[nodiscard]] FileBytes read_file(const std::filesystem::path& path, std::uint64_t max_bytes);

/// The same, a large file by all workers at once.
[[nodiscard]] FileBytes
read_file(const std::filesystem::path& path, std::uint64_t max_bytes, Workers& workers);

} // namespace preflight::source
