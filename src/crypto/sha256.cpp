// SPDX-License-Identifier: Apache-2.0
//
// OpenSSL calls these functions deprecated and keeps them. What it wants instead, EVP, first makes
// a table of the names of every algorithm, which is a tenth of a small scan
// (docs/benchmarks.md); the code that computes is the same.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "preflight/crypto/sha256.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"

#include <openssl/sha.h>

namespace preflight::crypto {

namespace {

/// OpenSSL's functions return 1 for success; everything else, negative numbers included, is none.
void require_success(int returned) {
    if (returned != 1) {
        throw Failure("cannot compute SHA-256: OpenSSL refuses");
    }
}

} // namespace

void Sha256::Free::operator()(SHA256state_st* state) const noexcept {
    delete state; // NOLINT(cppcoreguidelines-owning-memory): the deleter of the owner
}

Sha256::Sha256() : state_(new SHA256state_st) {
    require_success(SHA256_Init(state_.get()));
}

void Sha256::add(ByteView bytes) {
    require_success(SHA256_Update(state_.get(), bytes.data(), bytes.size()));
}

Sha256Digest Sha256::finish() {
    Sha256Digest digest{};
    require_success(SHA256_Final(reinterpret_cast<unsigned char*>(digest.data()), state_.get()));
    return digest;
}

Sha256Digest sha256(ByteView bytes) {
    Sha256 digest;
    digest.add(bytes);
    return digest.finish();
}

std::string sha256_hex(ByteView bytes) {
    return to_hex(sha256(bytes));
}

} // namespace preflight::crypto
