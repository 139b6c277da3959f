// SPDX-License-Identifier: Apache-2.0
#include "index_format.hpp"

#include "packed.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace preflight::advisory {

namespace {

constexpr std::size_t kSourceBytes = 6; // one for each value of a source
constexpr std::size_t kNameBytes = 1;

void write_source(PackedWriter& content, const SourceFacts& source) {
    content.text(source.name);
    content.text(source.date);
    content.number(source.records);
    content.number(source.withdrawn);
    content.number(source.unreadable);
    content.text(source.sha256);
}

SourceFacts read_source(PackedReader& content) {
    SourceFacts source;
    source.name = content.text();
    source.date = content.text();
    source.records = content.number();
    source.withdrawn = content.number();
    source.unreadable = content.number();
    source.sha256 = content.text();
    return source;
}

std::vector<std::string_view> read_names(PackedReader& content) {
    std::vector<std::string_view> names(content.length(kNameBytes));
    for (auto& name : names) {
        name = content.text();
    }
    // Without this a binary search would miss names that are there.
    if (std::ranges::adjacent_find(names, std::greater_equal<>()) != names.end()) {
        content.refuse("the names are not in ascending order");
    }
    return names;
}

} // namespace

std::size_t count_records(const std::vector<SourceFacts>& sources) {
    return std::accumulate(
        sources.begin(), sources.end(), std::size_t{0}, [](std::size_t sum, const auto& source) {
            return sum + source.records;
        });
}

bool IndexHeader::holds(std::string_view name) const {
    return std::ranges::binary_search(names, name);
}

std::string encode_header(const IndexHeader& header) {
    PackedWriter content;
    content.number(header.sources.size());
    for (const auto& source : header.sources) {
        write_source(content, source);
    }
    content.number(header.records);
    content.text(as_text(header.rows));
    content.number(header.names.size());
    for (const auto name : header.names) {
        content.text(name);
    }
    return content.take();
}

Result<IndexHeader> decode_header(ByteView bytes) {
    PackedReader content(bytes);
    IndexHeader header;
    header.sources.resize(content.length(kSourceBytes));
    for (auto& source : header.sources) {
        source = read_source(content);
    }
    header.records = content.number();
    const auto rows = as_bytes(content.text());
    if (rows.size() == header.rows.size()) {
        std::ranges::copy(rows, header.rows.begin());
    } else {
        content.refuse("the digest of the rows has a wrong length");
    }
    header.names = read_names(content);
    content.expect_end();
    if (!content.is_sound()) {
        return content.fault();
    }
    return header;
}

crypto::Sha256Digest digest_of_row(std::string_view name, ByteView data) {
    PackedWriter packed_name; // with its length, so that no byte can move between name and data
    packed_name.text(name);
    crypto::Sha256 digest;
    digest.add(as_bytes(packed_name.take()));
    digest.add(data);
    return digest.finish();
}

} // namespace preflight::advisory
