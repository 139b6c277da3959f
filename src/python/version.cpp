// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/version.hpp"

#include "version_key.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>

namespace preflight::python {

namespace {

constexpr std::array<std::string_view, 4> kPreNames = {
    "", "a", "b", "rc"}; // in the order of PreKind

void append_normal_number(std::string_view digits, std::string& text) {
    const auto significant = significant_digits(digits);
    text += significant.empty() ? "0" : significant;
}

/// Numbers and, in a local part, words in their normal form, dots between them.
void append_normal_pieces(std::string_view pieces, std::string& text) {
    while (!pieces.empty()) {
        const auto piece = take_piece(pieces);
        if (std::ranges::all_of(piece, is_digit)) {
            append_normal_number(piece, text);
        } else {
            std::ranges::transform(piece, std::back_inserter(text), ascii_lower);
        }
        text += pieces.empty() ? "" : ".";
    }
}

} // namespace

std::string_view Version::public_text() const {
    return std::string_view(text_).substr(0, public_length_);
}

std::string_view Version::base_text() const {
    return std::string_view(text_).substr(0, base_length_);
}

Result<Version> parse_version(std::string_view text) {
    const auto found = find_version_parts(text);
    if (!found) {
        return InputError{in_quotes(text) +
                              " is not a version: " + std::string(found.error().reason),
                          found.error().offset};
    }
    const VersionParts& parts = *found;
    Version version;
    std::string& normal = version.text_;
    if (!significant_digits(parts.epoch).empty()) {
        append_normal_number(parts.epoch, normal);
        normal += '!';
    }
    append_normal_pieces(parts.release, normal);
    version.base_length_ = normal.size();
    if (parts.pre != PreKind::none) {
        normal += kPreNames.at(static_cast<std::size_t>(parts.pre));
        append_normal_number(parts.pre_number, normal);
    }
    if (parts.has_post) {
        normal += ".post";
        append_normal_number(parts.post_number, normal);
    }
    if (parts.has_dev) {
        normal += ".dev";
        append_normal_number(parts.dev_number, normal);
    }
    version.public_length_ = normal.size();
    if (!parts.local.empty()) {
        normal += '+';
        append_normal_pieces(parts.local, normal);
    }
    version.is_prerelease_ = parts.is_prerelease();
    append_parts_key(parts, version.key_);
    return version;
}

bool append_version_key(std::string_view text, std::string& key) {
    if (append_plain_key(text, key)) {
        return true;
    }
    const auto parts = find_version_parts(text);
    if (parts) {
        append_parts_key(*parts, key);
    } else {
        append_legacy_key(text, key);
    }
    return parts.has_value();
}

std::string version_key(std::string_view text) {
    std::string key;
    append_version_key(text, key);
    return key;
}

} // namespace preflight::python
