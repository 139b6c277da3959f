// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <string>

struct SHA256state_st; // OpenSSL's SHA256_CTX

namespace preflight::crypto {

using Sha256Digest = std::array<std::byte, 32>;

/// SHA-256 of some bytes. Throws Failure when OpenSSL refuses. Source: FIPS 180-4.
[[nodiscard]] Sha256Digest sha256(ByteView bytes);

/// The same in lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(ByteView bytes);

/// SHA-256 of bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    void add(ByteView bytes);
    /// Ends the calculation; nothing may be added afterwards.
    [[nodiscard]] Sha256Digest finish();

private:
    struct Free {
        void operator()(SHA256state_st* state) const noexcept;
    };
    std::unique_ptr<SHA256state_st, Free> state_;
};

} // namespace preflight::crypto
