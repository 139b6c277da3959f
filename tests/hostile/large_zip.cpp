// SPDX-License-Identifier: Apache-2.0
#include "large_zip.hpp"

#include <utility>

namespace preflight::hostile {
namespace {

// APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.3.12.
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kCentralOffsetField = 42;

void put(std::string& record, std::size_t at, std::uint64_t number, std::size_t bytes) {
    for (std::size_t byte = 0; byte < bytes; ++byte) {
        record[at + byte] = static_cast<char>(static_cast<unsigned char>(number >> (8 * byte)));
    }
}

} // namespace

void put32(std::string& record, std::size_t at, std::uint32_t number) {
    put(record, at, number, 4);
}

void put64(std::string& record, std::size_t at, std::uint64_t number) {
    put(record, at, number, 8);
}

std::string numbered_name(std::uint32_t number) {
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string name(6, '0');
    for (auto place = name.size(); place-- > 0;) {
        name[place] = kDigits[number % kDigits.size()];
        number /= static_cast<std::uint32_t>(kDigits.size());
    }
    return name;
}

void LargeZip::add(std::string_view name) {
    const auto begin = locals_.size();
    locals_ += local_;
    locals_.replace(begin + kLocalSize, name.size(), name);
    add_to_directory(name, static_cast<std::uint32_t>(begin));
}

void LargeZip::add(const test::ZipEntry& entry) {
    add_records(entry.local_record(), entry.central_record(locals_.size()));
}

void LargeZip::add_to_directory(std::string_view name, std::uint32_t offset) {
    const auto begin = directory_.size();
    directory_ += central_;
    directory_.replace(begin + kCentralSize, name.size(), name);
    put32(directory_, begin + kCentralOffsetField, offset);
    ++entries_;
}

void LargeZip::add_records(std::string_view local, std::string_view central) {
    locals_ += local;
    directory_ += central;
    ++entries_;
}

std::string LargeZip::finish() {
    const auto directory_offset = locals_.size();
    const auto directory_size = directory_.size();
    auto zip = std::move(locals_);
    zip += std::exchange(directory_, {});
    if (entries_ < 0xffff) {
        return zip += test::make_zip(test::ZipLayout{
                   .end = {.entries = static_cast<std::uint16_t>(entries_),
                           .directory_size = static_cast<std::uint32_t>(directory_size),
                           .directory_offset = static_cast<std::uint32_t>(directory_offset)}});
    }
    return zip += test::make_zip(
               test::ZipLayout{.zip64 = test::Zip64End{.entries = entries_,
                                                       .directory_size = directory_size,
                                                       .directory_offset = directory_offset,
                                                       .locator_offset = zip.size()}});
}

} // namespace preflight::hostile
