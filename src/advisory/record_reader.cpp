// SPDX-License-Identifier: Apache-2.0
#include "record_reader.hpp"

#include "row.hpp"

#include <utility>

namespace preflight::advisory {

namespace {

PackedRecord pack(Record record) {
    PackedRecord packed{.id = std::move(record.id),
                        .modified = std::move(record.modified),
                        .is_withdrawn = record.is_withdrawn};
    packed.packages.reserve(record.packages.size());
    for (auto& [name, advisory] : record.packages) {
        packed.packages.push_back({std::move(name), pack_advisory(advisory)});
    }
    return packed;
}

} // namespace

std::string beyond_limit(std::uint64_t size) {
    return "it has " + std::to_string(size) + " bytes, more than the limit of " +
           std::to_string(kMaxRecordBytes);
}

Result<PackedRecord, std::string> RecordReader::read(ByteView json) {
    auto record = parser_.parse(json);
    if (!record) {
        return record.error().message;
    }
    return pack(std::move(record).value());
}

Result<PackedRecord, std::string> RecordReader::read(const unpack::Entry& entry) {
    if (entry.type != unpack::EntryType::file) {
        return std::string("it is not a regular file");
    }
    if (entry.size > kMaxRecordBytes) {
        return beyond_limit(entry.size);
    }
    const auto json = inflater_.inflate(entry);
    if (!json) {
        return json.error().message;
    }
    return read(*json);
}

} // namespace preflight::advisory
