// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/index.hpp"
#include "preflight/base/result.hpp"
#include "preflight/crypto/sha256.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What stands where in an index: the builder writes it, the reader demands it.
namespace preflight::advisory {

/// "PFLT". Tells our files from other SQLite databases.
constexpr int kApplicationId = 0x50464C54;
/// Goes up with every change of schema, header or row.
constexpr int kFormatVersion = 1;
/// Of a row and of the header. The same number is SQLite's limit while an index is read.
constexpr std::size_t kMaxRowBytes = 16U << 20U;

/// The two tables, in the order in which they are made.
constexpr std::array<std::string_view, 2> kTables = {
    "CREATE TABLE header(content BLOB NOT NULL, digest BLOB NOT NULL)",
    "CREATE TABLE package(name TEXT NOT NULL UNIQUE, data BLOB NOT NULL, digest BLOB NOT NULL)"};

/// What the only row of the table `header` says.
struct IndexHeader {
    std::vector<SourceFacts> sources;
    std::size_t records = 0;             ///< Records of several packages count once.
    std::vector<std::string_view> names; ///< Of all rows, in ascending order. Borrowed.
    crypto::Sha256Digest rows{};         ///< Over the digests of all rows, in order of name.

    /// Whether there is a row of that name. A no is as good as the digest of the header.
    [[nodiscard]] bool holds(std::string_view name) const;
};

[[nodiscard]] std::string encode_header(const IndexHeader& header);
/// The names of the result are borrowed from `bytes`.
[[nodiscard]] Result<IndexHeader> decode_header(ByteView bytes);

/// The digest that stands beside a row: over the name, too, so that rows cannot trade places.
[[nodiscard]] crypto::Sha256Digest digest_of_row(std::string_view name, ByteView data);

} // namespace preflight::advisory
