// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/result.hpp"
#include "preflight/python/version.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {

enum class Operator {
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    compatible,
    identical ///< `===`
};

/// One clause, `>=1.2`, prepared so that to test a version compares keys and nothing else.
struct Specifier {
    Operator op = Operator::identical;
    std::string version;    ///< As written after the operator, blanks trimmed, without `.*`.
    bool is_prefix = false; ///< Whether `.*` followed.
    std::string lower;      ///< Keys that the operator compares with; which ones depends on it.
    std::string upper;
};

/// Clauses that all must hold: `>=1.2,<2`. An empty set admits everything.
class SpecifierSet {
public:
    explicit SpecifierSet(std::vector<Specifier> clauses) : clauses_(std::move(clauses)) {}

    [[nodiscard]] const std::vector<Specifier>& clauses() const { return clauses_; }

    /// Whether a version, given as its text, satisfies all clauses. Pre-releases are admitted, as
    /// is right for what is installed. A text that is no PEP 440 version satisfies `===` alone.
    [[nodiscard]] bool admits(std::string_view version) const;

private:
    std::vector<Specifier> clauses_;
};

/// Reads a set of clauses parted by commas; empty parts are ignored, as in packaging's
/// SpecifierSet.
///
/// Source: PyPA specifications, "Version specifiers"; python-packaging.md, section 1.4.
[[nodiscard]] Result<SpecifierSet> parse_specifiers(std::string_view text);

} // namespace preflight::python
