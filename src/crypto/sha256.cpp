// SPDX-License-Identifier: Apache-2.0
#include "preflight/crypto/sha256.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace preflight::crypto {

namespace {

/// OpenSSL's functions return 1 for success; everything else, negative numbers included, is none.
void require_success(int returned) {
    if (returned != 1) {
        throw Failure("cannot compute SHA-256: OpenSSL refuses");
    }
}

/// Starts OpenSSL without its configuration file, which could change what it does, and without work
/// at the end of the process. Once for all threads.
void start_openssl() {
    static const int kStarted =
        OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr);
    require_success(kStarted);
}

EVP_MD_CTX* make_context() {
    start_openssl();
    return EVP_MD_CTX_new();
}

} // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(make_context()) {
    require_success(context_ == nullptr ? 0
                                        : EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Sha256::add(ByteView bytes) {
    require_success(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

Sha256Digest Sha256::finish() {
    Sha256Digest digest{};
    unsigned length = 0;
    require_success(EVP_DigestFinal_ex(
        context_.get(), reinterpret_cast<unsigned char*>(digest.data()), &length));
    require_success(length == digest.size() ? 1 : 0);
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
