// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"

#include <compare>
#include <string>
#include <string_view>

/// Versions, specifiers, names, file names and metadata of Python distributions, as pypa/packaging
/// reads them.
///
/// Entry points: parse_version(), parse_specifiers(), parse_metadata(), one header each.
namespace preflight::python {

/// A version of PEP 440. Only parse_version() makes one.
class Version {
public:
    /// The normal form: `v1.0-ALPHA.01+ABC_01` is `1.0a1+abc.1`. Trailing zeros of the release
    /// stay.
    [[nodiscard]] const std::string& text() const { return text_; }
    /// The normal form without the local part.
    [[nodiscard]] std::string_view public_text() const;
    /// Epoch and release alone.
    [[nodiscard]] std::string_view base_text() const;
    [[nodiscard]] bool has_local() const { return public_length_ != text_.size(); }
    /// Whether a pre-release or a development part is present.
    [[nodiscard]] bool is_prerelease() const { return is_prerelease_; }

    /// Bytes that sort, as unsigned characters, as versions do; equal versions (`1.0`, `1`) have
    /// equal keys.
    [[nodiscard]] const std::string& key() const { return key_; }

    friend bool operator==(const Version& left, const Version& right) {
        return left.key_ == right.key_;
    }
    friend std::strong_ordering operator<=>(const Version& left, const Version& right) {
        return left.key_.compare(right.key_) <=> 0;
    }

    friend Result<Version> parse_version(std::string_view text);

private:
    Version() = default;

    std::string text_;
    std::string key_;
    std::size_t public_length_ = 0;
    std::size_t base_length_ = 0;
    bool is_prerelease_ = false;
};

/// Reads a version. White space around it is dropped; numbers may have any length up to 4,300
/// digits, as in CPython.
///
/// Source: PyPA specifications, "Version specifiers", appendix "Parsing version strings with
/// regular expressions".
[[nodiscard]] Result<Version> parse_version(std::string_view text);

/// Appends the key of any text to `key` and says whether the text is a PEP 440 version. Texts that
/// are none ("legacy") have keys below every version's and are ordered among themselves as osv.dev
/// orders them. Allocates nothing beside `key` for a PEP 440 version: an index holds a million of
/// these.
///
/// Source: python-packaging.md, sections 1.3 and 1.6.
bool append_version_key(std::string_view text, std::string& key);

/// The key by itself. Below all of them is the empty string, which no text has.
[[nodiscard]] std::string version_key(std::string_view text);

} // namespace preflight::python
