// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/hex.hpp"
#include "preflight/crypto/sha256.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace preflight::crypto {
namespace {

struct Vector {
    const char* name;
    std::string message;
    const char* digest;
};

class Sha256Of : public testing::TestWithParam<Vector> {};

TEST_P(Sha256Of, EqualsThePublishedDigest) {
    EXPECT_EQ(sha256_hex(as_bytes(GetParam().message)), GetParam().digest);
    EXPECT_EQ(to_hex(sha256(as_bytes(GetParam().message))), GetParam().digest);
}

// FIPS 180-2, appendix B (one block, two blocks, a million letters); NIST CAVP, SHA256ShortMsg.rsp
// (empty).
INSTANTIATE_TEST_SUITE_P(
    ,
    Sha256Of,
    testing::Values(
        Vector{"Nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        Vector{
            "OneBlock", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        Vector{"TwoBlocks",
               "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        Vector{"AMillionLetters",
               std::string(1'000'000, 'a'),
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Sha256, GivesTheSameForPiecesOfEverySize) {
    const std::string message(200, 'm'); // more than three blocks of 64 bytes
    const auto whole = sha256(as_bytes(message));

    for (std::size_t size = 1; size <= message.size(); ++size) {
        Sha256 pieces;
        for (std::size_t start = 0; start < message.size(); start += size) {
            pieces.add(as_bytes(std::string_view(message).substr(start, size)));
        }
        EXPECT_EQ(pieces.finish(), whole) << "pieces of " << size << " bytes";
    }
}

TEST(Sha256, OfNoPiecesIsThatOfNothing) {
    EXPECT_EQ(Sha256().finish(), sha256({}));
}

TEST(Sha256, ChangesWithEachBit) {
    std::string message = "a message that is longer than nothing";
    std::set<std::string> digests = {sha256_hex(as_bytes(message))};

    for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
        auto changed = message;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        digests.insert(sha256_hex(as_bytes(changed)));
    }

    EXPECT_EQ(digests.size(), message.size() * 8 + 1);
}

} // namespace
} // namespace preflight::crypto
