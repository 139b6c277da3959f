// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"
#include "preflight/base/bytes.hpp"

#include <string>
#include <string_view>

namespace preflight::advisory {

/// A version to be judged, prepared once for all records of its package.
class Candidate {
public:
    explicit Candidate(std::string_view version);

    /// Whether a record says "affected" of it. A version with a local part that escapes a record is
    /// judged again by its public part.
    ///
    /// Source: OSV schema, "Evaluation"; osv-cvss.md, section 2.
    [[nodiscard]] bool is_affected_by(const Advisory& advisory) const;

    /// The same of any record in a row of encode_advisories(), without decoding it: of most
    /// packages that is all there is to know. True where the bytes end too early to tell.
    [[nodiscard]] bool is_affected_by_any(ByteView row) const;

    [[nodiscard]] const std::string& key() const { return key_; }

private:
    std::string text_; ///< As given; a version that is not PEP 440 is looked for as it stands.
    std::string key_;
    std::string public_key_; ///< Empty where there is no local part.
    bool is_pep440_ = false;
};

} // namespace preflight::advisory
