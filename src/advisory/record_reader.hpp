// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record_set.hpp"

#include "preflight/advisory/record.hpp"
#include "preflight/base/bytes.hpp"
#include "preflight/base/result.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <cstdint>
#include <string>

namespace preflight::advisory {

/// Reads records from files and from entries of archives, one after another, with the same buffers.
/// One per thread.
class RecordReader {
public:
    /// Or what is wrong with it; every other one can still be read.
    [[nodiscard]] Result<PackedRecord, std::string> read(ByteView json);
    [[nodiscard]] Result<PackedRecord, std::string> read(const unpack::Entry& entry);

private:
    RecordParser parser_;
    unpack::Inflater inflater_;
};

/// Why a record of so many bytes is not read.
[[nodiscard]] std::string beyond_limit(std::uint64_t size);

} // namespace preflight::advisory
