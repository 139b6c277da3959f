// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/finding/finding.hpp"
#include "preflight/unpack/archive.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

struct libdeflate_decompressor;

namespace preflight::unpack {

/// Yields the contents of entries, one after another into the same buffer. One per thread.
class Inflater {
public:
    /// Throws Failure when libdeflate cannot start.
    Inflater();

    /// The bytes are valid until the next call, and exactly as many as the entry declares.
    ///
    /// Refuses data that do not inflate to that size with nothing left over, and a wrong CRC-32:
    /// R13 of hostile-archives.md.
    [[nodiscard]] Result<ByteView, Finding> inflate(const Entry& entry);

    /// Bytes that came out so far, in all.
    [[nodiscard]] std::uint64_t inflated_bytes() const { return inflated_bytes_; }

private:
    struct Free {
        void operator()(libdeflate_decompressor* decompressor) const noexcept;
    };

    std::unique_ptr<libdeflate_decompressor, Free> decompressor_;
    // Not zeroed, unlike a vector. NOLINTNEXTLINE(modernize-avoid-c-arrays)
    std::unique_ptr<std::byte[]> buffer_;
    std::size_t capacity_ = 0;
    std::uint64_t inflated_bytes_ = 0;
};

} // namespace preflight::unpack
