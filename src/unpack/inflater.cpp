// SPDX-License-Identifier: Apache-2.0
#include "preflight/unpack/inflater.hpp"

#include "rules.hpp"

#include "preflight/base/failure.hpp"

#include <libdeflate.h>

#include <algorithm>

namespace preflight::unpack {

void Inflater::Free::operator()(libdeflate_decompressor* decompressor) const noexcept {
    libdeflate_free_decompressor(decompressor);
}

Inflater::Inflater() : decompressor_(libdeflate_alloc_decompressor()) {
    if (decompressor_ == nullptr) {
        throw Failure("cannot start libdeflate: no memory");
    }
}

Result<ByteView, Finding> Inflater::inflate(const Entry& entry) {
    ByteView contents = entry.data;
    if (entry.method == Method::deflated) {
        if (capacity_ < entry.size || buffer_ == nullptr) {
            capacity_ = std::max<std::size_t>(entry.size,
                                              1); // libdeflate wants an address even for nothing
            buffer_.reset();                      // before the new one, so that never both are held
            // NOLINTNEXTLINE(modernize-avoid-c-arrays): as in the header
            buffer_ = std::make_unique_for_overwrite<std::byte[]>(capacity_);
        }
        std::size_t consumed = 0;
        std::size_t produced = 0;
        const auto outcome = libdeflate_deflate_decompress_ex(decompressor_.get(),
                                                              entry.data.data(),
                                                              entry.data.size(),
                                                              buffer_.get(),
                                                              entry.size,
                                                              &consumed,
                                                              &produced);
        if (outcome == LIBDEFLATE_BAD_DATA) {
            return refuse(kDeflateCorrupt, entry.offset, entry.path);
        }
        if (outcome != LIBDEFLATE_SUCCESS || consumed != entry.data.size() ||
            produced != entry.size) {
            return refuse(kDeflateLength, entry.offset, entry.path);
        }
        contents = {buffer_.get(), produced};
        inflated_bytes_ += produced;
    }
    if (libdeflate_crc32(0, contents.data(), contents.size()) != entry.crc32) {
        return refuse(kCrcBad, entry.offset, entry.path);
    }
    return contents;
}

} // namespace preflight::unpack
