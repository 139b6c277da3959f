// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Where things stand in a zip that may be broken already. Nothing here is checked, only found.
namespace preflight::differential {

enum class RecordKind { local, central, descriptor, zip64_end, zip64_locator, end };

/// What begins with a signature, up to the next one: a local header with its data, for instance.
struct Record {
    RecordKind kind = RecordKind::local;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// In the order in which they stand. Data that happen to hold a signature count, too.
[[nodiscard]] std::vector<Record> find_records(const std::string& zip);
[[nodiscard]] std::vector<Record> find_records(const std::string& zip, RecordKind kind);

/// A number of 1, 2, 4 or 8 bytes, least significant byte first.
struct Field {
    std::size_t offset = 0;
    std::size_t width = 0;
};

/// 0 where the field does not lie inside.
[[nodiscard]] std::uint64_t read(const std::string& zip, Field field);
/// Does nothing where the field does not lie inside.
void write(std::string& zip, Field field, std::uint64_t value);

/// All fields of a record, those of its extra fields and its signature too.
[[nodiscard]] std::vector<Field> list_fields(const std::string& zip, const Record& record);

/// Name and extra fields of a header, which follow one another.
struct Names {
    Field name_length;
    Field extra_length;
    std::size_t name = 0;
    std::size_t extra = 0;
    std::size_t end = 0;
};

/// `header` is local or central. Nothing reaches beyond the record.
[[nodiscard]] Names find_names(const std::string& zip, const Record& header);

} // namespace preflight::differential
