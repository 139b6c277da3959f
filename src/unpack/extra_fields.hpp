// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"

#include <cstdint>
#include <optional>

namespace preflight::unpack {

// Kinds of extra fields. Source: APPNOTE.TXT 6.3.10, sections 4.5 and 4.6; 0x6c78 is libarchive's
// "xl".
inline constexpr std::uint16_t kExtraZip64 = 0x0001;
inline constexpr std::uint16_t kExtraUnicodePath = 0x7075;
inline constexpr std::uint16_t kExtraLibarchive = 0x6c78;
inline constexpr std::uint16_t kExtraAes = 0x9901;

struct ExtraField {
    std::uint16_t id = 0;
    ByteView data;
};

/// Reads extra fields one after another: `while (auto field = reader.next())`.
class ExtraReader {
public:
    explicit ExtraReader(ByteView extra) : rest_(extra) {}

    /// The next field; nothing at the end, or when what follows is no whole field.
    [[nodiscard]] std::optional<ExtraField> next();

    /// What no field was read from: empty once everything was.
    [[nodiscard]] ByteView rest() const { return rest_; }

private:
    ByteView rest_;
};

/// The first field of a kind, or nothing.
[[nodiscard]] std::optional<ByteView> find_extra(ByteView extra, std::uint16_t id);

} // namespace preflight::unpack
