// SPDX-License-Identifier: Apache-2.0
#include "zip_topics.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/crypto/sha256.hpp"
#include "preflight/source/read_file.hpp"
#include "preflight/unpack/archive.hpp"
#include "preflight/unpack/inflater.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

namespace preflight::conformance {
namespace {

unpack::ParseOptions options_for(std::string_view path) {
    return {.may_have_shebang = path.ends_with(".pyz")};
}

std::string judge(ByteView bytes, const unpack::ParseOptions& options) {
    auto archive = unpack::parse_archive(bytes, options);
    if (!archive) {
        return archive.error().rule_id;
    }
    auto& entries = archive.value().entries;
    std::ranges::sort(entries, {}, &unpack::Entry::offset);
    unpack::Inflater inflater;
    for (const auto& entry : entries) {
        if (const auto contents = inflater.inflate(entry); !contents) {
            return contents.error().rule_id;
        }
    }
    return "accept";
}

} // namespace

std::string answer_zip(std::string_view path) {
    const auto options = options_for(path);
    try {
        const auto file = source::read_file(path, options.limits.max_archive_bytes);
        return judge(file.view(), options);
    } catch (const Failure&) {
        return "unreadable";
    }
}

int list_zip(const std::string& path, std::ostream& out) {
    const auto options = options_for(path);
    const auto file = source::read_file(path, options.limits.max_archive_bytes);
    const auto archive = unpack::parse_archive(file.view(), options);
    if (!archive) {
        out << archive.error().rule_id << '\n';
        return 1;
    }
    unpack::Inflater inflater;
    for (const auto& entry : archive->entries) {
        const auto contents = inflater.inflate(entry);
        if (!contents) {
            out << contents.error().rule_id << '\n';
            return 1;
        }
        out << entry.path << '\t' << unpack::to_string(entry.type) << '\t' << entry.size << '\t'
            << crypto::sha256_hex(*contents) << '\n';
    }
    return 0;
}

} // namespace preflight::conformance
