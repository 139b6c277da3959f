// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/name.hpp"

#include "version_parts.hpp"

#include <algorithm>

namespace preflight::python {

namespace {

bool is_alnum(char byte) {
    return is_digit(byte) || is_letter(byte);
}

/// Percent-encodes all but letters, digits and `.-_~:`. Source: purl-spec, "Rules for each purl
/// component"; RFC 3986, section 2.1.
void append_encoded(std::string_view text, std::string& purl) {
    constexpr std::string_view kHexDigits = "0123456789ABCDEF";
    for (const char byte : text) {
        if (is_alnum(byte) || std::string_view(".-_~:").find(byte) != std::string_view::npos) {
            purl += byte;
            continue;
        }
        const auto value = static_cast<unsigned char>(byte);
        purl += '%';
        purl += kHexDigits[value >> 4U];
        purl += kHexDigits[value & 0x0FU];
    }
}

} // namespace

std::string normalize_name(std::string_view name) {
    std::string normal;
    normal.reserve(name.size());
    for (const char byte : name) {
        if (!is_separator(byte)) {
            normal += ascii_lower(byte);
        } else if (!normal.ends_with('-')) {
            normal += '-';
        }
    }
    return normal;
}

bool is_valid_name(std::string_view name) {
    return !name.empty() && is_alnum(name.front()) && is_alnum(name.back()) &&
           std::ranges::all_of(name,
                               [](char byte) { return is_alnum(byte) || is_separator(byte); });
}

std::string make_purl(std::string_view name, std::string_view version) {
    std::string purl = "pkg:pypi/";
    append_encoded(name, purl);
    if (!version.empty()) {
        purl += '@';
        append_encoded(version, purl);
    }
    return purl;
}

} // namespace preflight::python
