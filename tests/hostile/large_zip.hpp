// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/zip_builder.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace preflight::hostile {

/// Writes an archive of very many entries in little time: most are copies of one pattern, under
/// other names.
class LargeZip {
public:
    explicit LargeZip(const test::ZipEntry& pattern)
        : local_(pattern.local_record()), central_(pattern.central_record(0)) {}

    /// One more like the pattern. `name` is as long as that of the pattern.
    void add(std::string_view name);
    /// One more of another kind.
    void add(const test::ZipEntry& entry);
    /// One more in the directory alone, whose local header is said to lie at `offset`.
    void add_to_directory(std::string_view name, std::uint32_t offset);
    /// The same as it stands in the archive: local header and all that follows it until the next
    /// one, and the record in the directory.
    void add_records(std::string_view local, std::string_view central);

    /// Where the next local header will stand.
    [[nodiscard]] std::uint32_t offset() const {
        return static_cast<std::uint32_t>(locals_.size());
    }

    /// Ends the archive, with zip64 records where the entries are too many for others.
    [[nodiscard]] std::string finish();

private:
    std::string local_;
    std::string central_;
    std::string locals_;
    std::string directory_;
    std::uint64_t entries_ = 0;
};

/// Writes a number into a record that is there already.
void put32(std::string& record, std::size_t at, std::uint32_t number);
void put64(std::string& record, std::size_t at, std::uint64_t number);

/// Six letters and digits, another six for each number below two thousand million.
[[nodiscard]] std::string numbered_name(std::uint32_t number);

} // namespace preflight::hostile
