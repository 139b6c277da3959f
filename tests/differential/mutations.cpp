// SPDX-License-Identifier: Apache-2.0
#include "mutations.hpp"

#include "random.hpp"
#include "records.hpp"
#include "repair.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace preflight::differential {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMaxWays = 5;
constexpr std::size_t kMaxBytes = 16'384; // keeps mutants of mutants from growing without end

/// A zip that is being changed, and what there is to change it with.
struct Subject {
    std::string zip;
    const std::vector<std::string>& seeds;
    Random random;
};

// What readers compare with: zip64's sentinels and their neighbours, signs, methods, flags, hosts
// and the type bits of a mode (file, directory, link, socket, fifo; Maven's 0xFFFF).
constexpr std::array<std::uint64_t, 34> kBoundaries = {
    0,      1,      2,      3,      5,      7,      8,         9,          10,
    11,     19,     20,     45,     46,     0x7F,   0x80,      0xFF,       0x100,
    0x800,  0x808,  0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000,   0x7FFFFFFF, 0x80000000,
    0x81A4, 0x41ED, 0xA1FF, 0xC1ED, 0x11A4, 0x89ED, 0xFFFFFFFF};

constexpr std::array kBytes = {'/', '\\', '.', 'P', '\0', '\xFF'};

// Pieces of names of which some reader makes something of its own.
constexpr std::array kNamePieces = {"/"sv,
                                    "\\"sv,
                                    "."sv,
                                    ".."sv,
                                    "./"sv,
                                    "../"sv,
                                    "//"sv,
                                    ":"sv,
                                    "C:"sv,
                                    ";1"sv,
                                    "\0"sv,
                                    " "sv,
                                    "\n"sv,
                                    "\xc3\xa9"sv,
                                    "e\xcc\x81"sv,
                                    "\xe2\x84\xaa"sv,
                                    "\xef\xbb\xbf"sv,
                                    "\xff"sv,
                                    "\xc0\xaf"sv,
                                    "\xf0\x9f\x90\x8d"sv,
                                    "\xc2\xa0"sv,
                                    "\xed\xa0\x80"sv,
                                    "a"sv,
                                    "A"sv,
                                    "%2f"sv,
                                    "*"sv,
                                    "~"sv,
                                    "\xe2\x95\x90"sv};

// Extra fields that some reader heeds: zip64, NTFS, extended time, Unix (old), Unicode comment and
// path, Unix (new), libarchive's and WinZip's own, jar's, OS/2, Unix (Info-ZIP), ASi.
constexpr std::array<std::uint64_t, 13> kExtraIds = {0x0001,
                                                     0x000A,
                                                     0x5455,
                                                     0x5855,
                                                     0x6375,
                                                     0x7075,
                                                     0x7875,
                                                     0x6C78,
                                                     0x9901,
                                                     0xCAFE,
                                                     0x0009,
                                                     0x000D,
                                                     0x756E};

std::uint64_t change(std::uint64_t value, Subject& subject) {
    auto& random = subject.random;
    switch (random.below(8)) {
    case 0:
        return value + 1;
    case 1:
        return value - 1;
    case 2:
        return value + random.below(33) - 16;
    case 3:
        return value ^ std::uint64_t{1} << random.below(32);
    case 4:
        return 0;
    case 5:
        return ~std::uint64_t{0};
    case 6:
        return subject.zip.size() - random.below(100);
    default:
        return random.pick(kBoundaries);
    }
}

/// The other header of the entry: honest writers list entries as they lie in the file.
const Record* find_twin(const std::vector<Record>& records, const Record& header) {
    const auto twin_kind =
        header.kind == RecordKind::local ? RecordKind::central : RecordKind::local;
    auto left = std::ranges::count_if(records, [&](const Record& other) {
        return other.kind == header.kind && other.begin < header.begin;
    });
    const auto twin = std::ranges::find_if(
        records, [&](const Record& other) { return other.kind == twin_kind && left-- == 0; });
    return twin == records.end() ? nullptr : &*twin;
}

bool is_header(const Record& record) {
    return record.kind == RecordKind::local || record.kind == RecordKind::central;
}

/// From version-needed to the length of the name both headers have the same fields, two bytes
/// apart.
std::size_t find_twin_offset(const Record& record, std::size_t offset, const Record& twin) {
    const auto from_needed = offset - record.begin - (record.kind == RecordKind::local ? 4 : 6);
    return twin.begin + from_needed + (twin.kind == RecordKind::local ? 4 : 6);
}

void change_field(Subject& subject) {
    const auto records = find_records(subject.zip);
    if (records.empty()) {
        return;
    }
    const auto& record = subject.random.pick(records);
    const auto field = subject.random.pick(list_fields(subject.zip, record));
    const auto value = change(read(subject.zip, field), subject);
    write(subject.zip, field, value);
    const auto* const twin = is_header(record) ? find_twin(records, record) : nullptr;
    const auto place = field.offset - record.begin;
    const auto first = record.kind == RecordKind::local ? 4U : 6U;
    if (twin != nullptr && place >= first && place < first + 22 && subject.random.one_in(2)) {
        write(subject.zip, {find_twin_offset(record, field.offset, *twin), field.width}, value);
    }
}

void change_byte(Subject& subject) {
    if (subject.zip.empty()) {
        return;
    }
    auto& byte = subject.zip[subject.random.below(subject.zip.size())];
    byte = subject.random.one_in(3) ? static_cast<char>(byte ^ 1 << subject.random.below(8))
                                    : subject.random.pick(kBytes);
}

/// Puts `text` into name or extra field in place of `length` bytes, and writes the new length.
void replace_part(std::string& zip,
                  std::size_t offset,
                  std::size_t length,
                  std::string_view text,
                  Field length_field) {
    write(zip, length_field, read(zip, length_field) + text.size() - length);
    zip.replace(offset, length, text);
}

/// Calls `edit` with one of the headers, or with both headers of one entry, the one further back
/// first, so that the other stays where it is.
template <class Edit>
void edit_headers(Subject& subject, std::size_t both_of_ten, const Edit& edit) {
    const auto records = find_records(subject.zip);
    std::vector<Record> headers;
    std::ranges::copy_if(records, std::back_inserter(headers), is_header);
    if (headers.empty()) {
        return;
    }
    const auto& header = subject.random.pick(headers);
    const auto* const twin =
        subject.random.below(10) < both_of_ten ? find_twin(records, header) : nullptr;
    if (twin == nullptr) {
        edit(header);
        return;
    }
    edit(header.begin > twin->begin ? header : *twin);
    edit(header.begin > twin->begin ? *twin : header);
}

void change_name(Subject& subject) {
    const auto piece = subject.random.pick(kNamePieces);
    const auto where = subject.random.next();
    const bool at_end = subject.random.one_in(4);
    const bool replaces = subject.random.one_in(2);
    edit_headers(subject, 8, [&](const Record& header) {
        const auto names = find_names(subject.zip, header);
        const auto length = names.extra - names.name;
        const auto place = at_end ? length : length == 0 ? 0 : where % length;
        const auto removed = replaces ? std::min(piece.size(), length - place) : 0;
        replace_part(subject.zip, names.name + place, removed, piece, names.name_length);
    });
}

/// The same name as another entry, or nearly so.
void copy_name(Subject& subject) {
    const auto locals = find_records(subject.zip, RecordKind::local);
    if (locals.empty()) {
        return;
    }
    const auto source = find_names(subject.zip, subject.random.pick(locals));
    auto name = subject.zip.substr(source.name, source.extra - source.name);
    if (subject.random.one_in(2)) {
        name += subject.random.pick(kNamePieces);
    }
    edit_headers(subject, 8, [&](const Record& header) {
        const auto names = find_names(subject.zip, header);
        replace_part(subject.zip, names.name, names.extra - names.name, name, names.name_length);
    });
}

std::string little(std::uint64_t value, std::size_t width) {
    std::string text(width, '\0');
    write(text, {0, width}, value);
    return text;
}

/// What a reader may look for in an extra field: sizes, offsets, a name, anything.
std::string make_extra_content(Subject& subject, const Record& header) {
    const auto& zip = subject.zip;
    const auto names = find_names(zip, header);
    const auto first = header.begin + (header.kind == RecordKind::local ? 14 : 16);
    std::string content;
    switch (subject.random.below(4)) {
    case 0:
        content = little(read(zip, {first + 8, 4}), 8) + little(read(zip, {first + 4, 4}), 8);
        break;
    case 1:
        content = '\1' + little(subject.random.next(), 4) +
                  zip.substr(names.name, names.extra - names.name);
        break;
    case 2:
        content = std::string(subject.random.below(32), '\1');
        break;
    default:
        break;
    }
    if (subject.random.one_in(3)) {
        content.resize(subject.random.below(content.size() + 1));
    }
    return content;
}

void add_extra(Subject& subject) {
    const auto id = subject.random.pick(kExtraIds);
    const bool in_front = subject.random.one_in(2);
    edit_headers(subject, 5, [&](const Record& header) {
        const auto content = make_extra_content(subject, header);
        const auto names = find_names(subject.zip, header);
        replace_part(subject.zip,
                     in_front ? names.extra : names.end,
                     0,
                     little(id, 2) + little(content.size(), 2) + content,
                     names.extra_length);
    });
}

/// The comment of an entry or of the archive, which also stands where another record begins.
void change_comment(Subject& subject) {
    auto records = find_records(subject.zip);
    std::erase_if(records, [](const Record& record) {
        return record.kind != RecordKind::central && record.kind != RecordKind::end;
    });
    if (records.empty()) {
        return;
    }
    const auto& record = subject.random.pick(records);
    const bool is_end = record.kind == RecordKind::end;
    const auto place = is_end ? record.begin + 22 : find_names(subject.zip, record).end;
    std::string text(subject.random.pick(kNamePieces));
    if (subject.random.one_in(4)) {
        text = subject.random.pick(subject.seeds);
        text = text.substr(subject.random.below(text.size()));
    }
    if (place <= subject.zip.size()) {
        replace_part(subject.zip, place, 0, text, {record.begin + (is_end ? 20 : 32), 2});
    }
}

/// Other data whose CRC and sizes are right: whatever else the decompressors disagree about.
void change_contents(Subject& subject) {
    const auto locals = find_records(subject.zip, RecordKind::local);
    if (locals.empty()) {
        return;
    }
    const auto index = subject.random.below(locals.size());
    const auto& local = locals[index];
    const auto begin = find_names(subject.zip, local).end;
    if (begin < local.end) {
        auto& byte = subject.zip[begin + subject.random.below(local.end - begin)];
        byte = static_cast<char>(byte ^ 1 << subject.random.below(8));
    }
    repair_contents(subject.zip, index);
}

/// Bytes behind the data of an entry that its compressed size takes in and its stream does not.
void lengthen_data(Subject& subject) {
    const auto locals = find_records(subject.zip, RecordKind::local);
    const auto centrals = find_records(subject.zip, RecordKind::central);
    if (locals.empty() || centrals.size() != locals.size()) {
        return;
    }
    const auto index = subject.random.below(locals.size());
    const Field central_size{centrals[index].begin + 20, 4};
    const auto size = read(subject.zip, central_size);
    const auto end = find_names(subject.zip, locals[index]).end + size;
    if (end > centrals[index].begin) {
        return;
    }
    const std::string junk(1 + subject.random.below(4), subject.random.pick(kBytes));
    const Field local_size{locals[index].begin + 18, 4};
    write(subject.zip, central_size, size + junk.size());
    if (read(subject.zip, local_size) == size) { // else a descriptor says it
        write(subject.zip, local_size, size + junk.size());
    } else {
        write(subject.zip, {end + 8, 4}, size + junk.size());
    }
    subject.zip.insert(end, junk);
    repair_directory(subject.zip);
}

/// Duplicates, deletes or moves a record, or takes one out of another archive.
void move_record(Subject& subject) {
    const auto records = find_records(subject.zip);
    if (records.empty()) {
        return;
    }
    const auto& record = subject.random.pick(records);
    auto text = subject.zip.substr(record.begin, record.end - record.begin);
    const auto way = subject.random.below(4);
    if (way == 0) {
        const auto& other = subject.random.pick(subject.seeds);
        const auto spliced = subject.random.pick(find_records(other));
        text = other.substr(spliced.begin, spliced.end - spliced.begin);
    }
    const auto place = subject.random.pick(records).begin;
    if (way == 1 || way == 2) {
        subject.zip.erase(record.begin, text.size());
    }
    if (way != 1) {
        subject.zip.insert(std::min(place, subject.zip.size()), text);
    }
}

void insert_junk(Subject& subject) {
    std::string junk(1 + subject.random.below(16), '\0');
    if (subject.random.one_in(2)) {
        std::ranges::generate(junk, [&] { return static_cast<char>(subject.random.below(256)); });
    }
    const auto records = find_records(subject.zip);
    const auto place = records.empty() || subject.random.one_in(2)
                           ? subject.random.below(subject.zip.size() + 1)
                           : subject.random.pick(records).begin;
    subject.zip.insert(place, junk);
}

void append_part(Subject& subject) {
    const auto& other = subject.random.pick(subject.seeds);
    subject.zip += other.substr(subject.random.below(other.size()));
}

using Way = void (*)(Subject& subject);

// Those that the walk most often lets pass stand twice: what it refuses at once teaches little.
constexpr std::array<Way, 16> kWays = {change_field,
                                       change_field,
                                       change_field,
                                       change_byte,
                                       change_name,
                                       change_name,
                                       copy_name,
                                       add_extra,
                                       add_extra,
                                       change_comment,
                                       change_contents,
                                       change_contents,
                                       lengthen_data,
                                       move_record,
                                       insert_junk,
                                       append_part};

} // namespace

std::string
make_mutant(const std::vector<std::string>& seeds, std::uint64_t chance, std::uint64_t number) {
    // One generator makes the seed of the other: numbers that are close give mutants that are not.
    Subject subject{.zip = {}, .seeds = seeds, .random = Random(Random(chance).next() + number)};
    subject.zip = subject.random.pick(seeds);
    for (auto left = 1 + subject.random.below(kMaxWays); left > 0 && subject.zip.size() < kMaxBytes;
         --left) {
        subject.random.pick(kWays)(subject);
    }
    if (subject.random.one_in(2)) {
        repair_directory(subject.zip);
    }
    return std::move(subject.zip);
}

} // namespace preflight::differential
