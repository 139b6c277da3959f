// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/metadata.hpp"

#include "header_lines.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>

namespace preflight::python {

namespace {

constexpr std::size_t kMaxProblems = 10;

struct SingleField {
    std::string_view key;
    std::string Metadata::*member;
};

constexpr std::array kSingleFields = {SingleField{"Metadata-Version", &Metadata::metadata_version},
                                      SingleField{"Name", &Metadata::name},
                                      SingleField{"Version", &Metadata::version},
                                      SingleField{"Requires-Python", &Metadata::requires_python}};

class MetadataReader {
public:
    explicit MetadataReader(std::string_view bytes) : text_(bytes), headers_(text_.view()) {}

    Metadata read() {
        if (const auto encoding = text_.wide_encoding(); !encoding.empty()) {
            metadata_.problems.push_back("line 1: " + std::string(encoding) + ", not UTF-8");
        }
        while (const auto header = headers_.next()) {
            add(*header);
        }
        if (headers_.is_cut()) {
            metadata_.problems.resize(std::min(metadata_.problems.size(), kMaxProblems - 1));
            metadata_.problems.emplace_back("headers go on behind the first MiB");
        }
        return std::move(metadata_);
    }

private:
    void note(const HeaderLine& header, std::string_view problem) {
        if (metadata_.problems.size() < kMaxProblems) {
            metadata_.problems.push_back("line " + std::to_string(header.line) + ": " +
                                         std::string(problem));
        }
    }

    void add(const HeaderLine& header) {
        if (header.kind == HeaderLine::Kind::stray_continuation) {
            note(header, "continues no field");
            return;
        }
        if (header.kind == HeaderLine::Kind::not_a_field) {
            note(header, "not a field");
            return;
        }
        if (header.is_latin1) {
            note(header, "not UTF-8");
        }
        if (is_same_key(header.key, "Requires-Dist")) {
            metadata_.requires_dist.push_back(header.value);
            return;
        }
        const auto* const field =
            std::ranges::find_if(kSingleFields, [&](const SingleField& candidate) {
                return is_same_key(candidate.key, header.key);
            });
        if (field != kSingleFields.end()) {
            set(*field, header);
        }
    }

    void set(const SingleField& field, const HeaderLine& header) {
        bool& is_set = is_set_.at(static_cast<std::size_t>(&field - kSingleFields.data()));
        if (is_set) {
            note(header, "field " + in_quotes(field.key) + " repeated");
            return;
        }
        is_set = true;
        metadata_.*field.member = header.value;
        // A reader must refuse a major version that it does not know. Source: PyPA specifications,
        // "Core metadata specifications", "Metadata-Version".
        if (field.member == &Metadata::metadata_version && !header.value.starts_with("1.") &&
            !header.value.starts_with("2.")) {
            note(header, "unknown metadata version " + in_quotes(header.value));
        }
    }

    HeaderText text_;
    HeaderReader headers_;
    Metadata metadata_;
    std::array<bool, kSingleFields.size()> is_set_{};
};

} // namespace

Metadata parse_metadata(ByteView bytes) {
    return MetadataReader(as_text(bytes)).read();
}

std::vector<std::string> header_values(ByteView bytes, std::string_view key) {
    std::vector<std::string> values;
    const HeaderText text(as_text(bytes));
    HeaderReader headers(text.view());
    while (auto header = headers.next()) {
        if (header->kind == HeaderLine::Kind::field && is_same_key(header->key, key)) {
            values.push_back(std::move(header->value));
        }
    }
    return values;
}

} // namespace preflight::python
