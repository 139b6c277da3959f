// SPDX-License-Identifier: Apache-2.0
#include "python_topics.hpp"

#include "preflight/python/file_name.hpp"
#include "preflight/python/specifier.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <utility>

namespace preflight::conformance {

namespace {

constexpr std::string_view kInvalid = "INVALID";

std::pair<std::string_view, std::string_view> split_at_tab(std::string_view row) {
    const std::size_t tab = std::min(row.find('\t'), row.size());
    return {row.substr(0, tab), row.substr(std::min(tab + 1, row.size()))};
}

} // namespace

std::string answer_version_normalize(std::string_view row) {
    const auto version = python::parse_version(row);
    return version ? version->text() : std::string(kInvalid);
}

std::string answer_version_compare(std::string_view row) {
    const auto [left, right] = split_at_tab(row);
    const int order = python::version_key(left).compare(python::version_key(right));
    if (order == 0) {
        return "0";
    }
    return order < 0 ? "-1" : "1";
}

std::string answer_specifier(std::string_view row) {
    const auto [specifier, version] = split_at_tab(row);
    const auto clauses = python::parse_specifiers(specifier);
    if (!clauses) {
        return std::string(kInvalid);
    }
    return clauses->admits(version) ? "1" : "0";
}

std::string answer_filename(std::string_view row) {
    if (!row.ends_with(".whl")) {
        const auto sdist = python::parse_sdist_file_name(row);
        return sdist ? sdist->name + '\t' + sdist->version + "\tSDIST" : std::string(kInvalid);
    }
    const auto wheel = python::parse_wheel_file_name(row);
    if (!wheel) {
        return std::string(kInvalid);
    }
    std::string answer = wheel->name + '\t' + wheel->version;
    char before = '\t';
    for (const auto& tag : wheel->tags) {
        answer += before;
        answer += tag;
        before = ' ';
    }
    return answer;
}

} // namespace preflight::conformance
