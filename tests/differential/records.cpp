// SPDX-License-Identifier: Apache-2.0
#include "records.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace preflight::differential {

namespace {

/// PKWARE APPNOTE.TXT 6.3.10, section 4.3: the signature of each record and the widths of its
/// fields, one after another. What one number holds for two readers (host and version, mode and DOS
/// attributes) counts as two.
struct Layout {
    RecordKind kind;
    std::string_view signature;
    std::string_view widths;
};

constexpr std::array kLayouts = {
    Layout{RecordKind::local, {"PK\x03\x04", 4}, "411222244422"},
    Layout{RecordKind::central, {"PK\x01\x02", 4}, "41111222244422222224"},
    Layout{RecordKind::descriptor, {"PK\x07\x08", 4}, "4444"},
    Layout{RecordKind::zip64_end, {"PK\x06\x06", 4}, "4822448888"},
    Layout{RecordKind::zip64_locator, {"PK\x06\x07", 4}, "4484"},
    Layout{RecordKind::end, {"PK\x05\x06", 4}, "42222442"},
};

const Layout& layout_of(RecordKind kind) {
    return *std::ranges::find(kLayouts, kind, &Layout::kind);
}

void append_extra_fields(const std::string& zip, const Names& names, std::vector<Field>& fields) {
    for (auto offset = names.extra; offset + 4 <= names.end;) {
        fields.push_back({offset, 2});
        fields.push_back({offset + 2, 2});
        const auto next = offset + 4 + read(zip, {offset + 2, 2});
        // As numbers of 8 bytes, which those of zip64 are, and one by one.
        for (auto value = offset + 4; value + 8 <= std::min<std::size_t>(next, names.end);
             value += 8) {
            fields.push_back({value, 8});
        }
        for (auto value = offset + 4; value < std::min<std::size_t>(next, names.end); ++value) {
            fields.push_back({value, 1});
        }
        offset = next;
    }
}

} // namespace

std::vector<Record> find_records(const std::string& zip) {
    std::vector<Record> records;
    for (auto offset = zip.find("PK"); offset != std::string::npos;
         offset = zip.find("PK", offset + 1)) {
        const auto* const found = std::ranges::find_if(kLayouts, [&](const Layout& layout) {
            return zip.compare(offset, 4, layout.signature) == 0;
        });
        if (found == kLayouts.end()) {
            continue;
        }
        if (!records.empty()) {
            records.back().end = offset;
        }
        records.push_back({.kind = found->kind, .begin = offset, .end = zip.size()});
    }
    return records;
}

std::vector<Record> find_records(const std::string& zip, RecordKind kind) {
    auto records = find_records(zip);
    std::erase_if(records, [&](const Record& record) { return record.kind != kind; });
    return records;
}

std::uint64_t read(const std::string& zip, Field field) {
    if (field.offset > zip.size() || field.width > zip.size() - field.offset) {
        return 0;
    }
    std::uint64_t value = 0;
    for (auto index = field.width; index-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(zip[field.offset + index]);
    }
    return value;
}

void write(std::string& zip, Field field, std::uint64_t value) {
    if (field.offset > zip.size() || field.width > zip.size() - field.offset) {
        return;
    }
    for (std::size_t index = 0; index < field.width; ++index) {
        zip[field.offset + index] = static_cast<char>(static_cast<unsigned char>(value));
        value >>= 8U;
    }
}

std::vector<Field> list_fields(const std::string& zip, const Record& record) {
    std::vector<Field> fields;
    auto offset = record.begin;
    for (const char width : layout_of(record.kind).widths) {
        fields.push_back({offset, static_cast<std::size_t>(width - '0')});
        offset += fields.back().width;
    }
    if (record.kind == RecordKind::local || record.kind == RecordKind::central) {
        append_extra_fields(zip, find_names(zip, record), fields);
    }
    return fields;
}

Names find_names(const std::string& zip, const Record& header) {
    const bool is_local = header.kind == RecordKind::local;
    const Field name_length{header.begin + (is_local ? 26 : 28), 2};
    const Field extra_length{name_length.offset + 2, 2};
    const auto name = std::min(header.begin + (is_local ? 30 : 46), header.end);
    const auto extra = std::min<std::size_t>(name + read(zip, name_length), header.end);
    const auto end = std::min<std::size_t>(extra + read(zip, extra_length), header.end);
    return {name_length, extra_length, name, extra, end};
}

} // namespace preflight::differential
