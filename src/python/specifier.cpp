// SPDX-License-Identifier: Apache-2.0
#include "preflight/python/specifier.hpp"

#include "blanks.hpp"
#include "version_key.hpp"
#include "version_parts.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace preflight::python {

namespace {

struct OperatorSpelling {
    std::string_view text;
    Operator op;
};

// The longer ones first.
constexpr std::array kOperators = {OperatorSpelling{"===", Operator::identical},
                                   OperatorSpelling{"==", Operator::equal},
                                   OperatorSpelling{"!=", Operator::not_equal},
                                   OperatorSpelling{"<=", Operator::less_equal},
                                   OperatorSpelling{">=", Operator::greater_equal},
                                   OperatorSpelling{"~=", Operator::compatible},
                                   OperatorSpelling{"<", Operator::less},
                                   OperatorSpelling{">", Operator::greater}};

/// The digits of a number plus one. Numbers may be longer than any integer type.
std::string incremented(std::string_view digits) {
    std::string result(digits.empty() ? "0" : digits);
    auto place = result.rbegin();
    while (place != result.rend() && *place == '9') {
        *place++ = '0';
    }
    if (place == result.rend()) {
        return "1" + result;
    }
    ++*place;
    return result;
}

/// A release with its last number incremented: `1.2` becomes `1.3`.
std::string next_release(std::string_view release) {
    const std::size_t dot = release.rfind('.');
    const std::size_t last = dot == std::string_view::npos ? 0 : dot + 1;
    return std::string(release.substr(0, last)) + incremented(release.substr(last));
}

std::string key_of(const VersionParts& parts) {
    std::string key;
    append_parts_key(parts, key);
    return key;
}

/// The key of a release's first development version, below all that belongs to the release.
std::string first_key(std::string_view epoch, std::string_view release) {
    return key_of({.epoch = epoch, .release = release, .dev_number = "0", .has_dev = true});
}

/// The least key that `>V` admits. Source: python-packaging.md, section 1.4; packaging, _ranges.py,
/// standard_ranges().
std::string key_above(const VersionParts& parts) {
    VersionParts next = parts;
    std::string number;
    if (parts.has_dev) {
        number = incremented(parts.dev_number);
        next.dev_number = number;
        return key_of(next);
    }
    if (parts.has_post) {
        number = incremented(parts.post_number);
        next.post_number = number;
        next.has_dev = true;
        return key_of(next);
    }
    std::string key;
    append_key_above_posts(parts, key);
    return key;
}

/// The key that all versions admitted by `<V` are below.
std::string key_below(const VersionParts& parts) {
    VersionParts bound = parts;
    bound.has_dev = parts.has_dev || !parts.is_prerelease();
    return key_of(bound);
}

/// Sets the half-open interval of keys of a clause; `!=` has the one of `==`, and admits what lies
/// outside.
void set_bounds(Specifier& clause, const VersionParts& parts) {
    clause.lower = kAboveLegacy;
    clause.upper = kAboveAll;
    switch (clause.op) {
    case Operator::equal:
    case Operator::not_equal:
        if (clause.is_prefix) {
            clause.lower = first_key(parts.epoch, parts.release);
            clause.upper = first_key(parts.epoch, next_release(parts.release));
        } else {
            // A version without local part stands for all its local versions, one with it for
            // itself.
            clause.lower = key_of(parts);
            clause.upper = clause.lower + (parts.local.empty() ? kAboveAll : '\0');
        }
        break;
    case Operator::less:
        clause.upper = key_below(parts);
        break;
    case Operator::less_equal:
        clause.upper = key_of(parts) + kAboveAll;
        break;
    case Operator::greater:
        clause.lower = key_above(parts);
        break;
    case Operator::greater_equal:
        clause.lower = key_of(parts);
        break;
    case Operator::compatible:
        clause.lower = key_of(parts);
        clause.upper =
            first_key(parts.epoch, next_release(parts.release.substr(0, parts.release.rfind('.'))));
        break;
    case Operator::identical:
        break;
    }
}

/// What an operator does not take, or nothing.
std::string_view find_misuse(const Specifier& clause, const VersionParts& parts) {
    const bool is_equality = clause.op == Operator::equal || clause.op == Operator::not_equal;
    if (clause.is_prefix && !is_equality) {
        return "'.*' stands only behind '==' and '!='";
    }
    if (clause.is_prefix && (parts.is_prerelease() || parts.has_post || !parts.local.empty())) {
        return "'.*' stands only behind a release";
    }
    if (!parts.local.empty() && !is_equality) {
        return "a local version stands only behind '==' and '!='";
    }
    if (clause.op == Operator::compatible && parts.release.find('.') == std::string_view::npos) {
        return "'~=' takes a release of two numbers or more";
    }
    return {};
}

InputError refuse(std::string_view clause, std::string_view reason, std::size_t offset) {
    return {in_quotes(clause) + " is not a version specifier: " + std::string(reason), offset};
}

/// `version` is what stands behind `===`.
Result<Specifier> parse_identity(std::string_view text, std::string_view version) {
    const auto offset = static_cast<std::size_t>(version.data() - text.data());
    if (version.empty()) {
        return refuse(text, "there is no version", offset);
    }
    for (auto rest = version; !rest.empty(); rest.remove_prefix(1)) {
        if (rest.front() == ';' || rest.front() == ')' || blank_at_front(rest) > 0) {
            return refuse(text,
                          "white space, ';' or ')' stands in its version",
                          offset + (version.size() - rest.size()));
        }
    }
    Specifier clause;
    clause.version = version;
    return clause;
}

/// `text` is not empty and has no white space at its ends.
Result<Specifier> parse_clause(std::string_view text) {
    const auto* const spelling =
        std::ranges::find_if(kOperators, [&](const OperatorSpelling& candidate) {
            return text.starts_with(candidate.text);
        });
    if (spelling == kOperators.end()) {
        return refuse(text, "there is no operator", 0);
    }
    auto version = strip_blanks(text.substr(spelling->text.size()));
    if (spelling->op == Operator::identical) {
        return parse_identity(text, version);
    }
    Specifier clause;
    clause.op = spelling->op;
    clause.is_prefix = version.ends_with(".*");
    version.remove_suffix(clause.is_prefix ? 2 : 0);
    clause.version = version;
    const auto offset = static_cast<std::size_t>(version.data() - text.data());
    if (blank_at_back(version) > 0) {
        return refuse(text, "white space stands before '.*'", offset + version.size());
    }
    const auto parts = find_version_parts(version);
    if (!parts) {
        return refuse(text, parts.error().reason, offset + parts.error().offset);
    }
    const auto misuse = find_misuse(clause, *parts);
    if (!misuse.empty()) {
        return refuse(text, misuse, offset);
    }
    set_bounds(clause, *parts);
    return clause;
}

bool are_identical(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, ascii_lower, ascii_lower);
}

} // namespace

bool SpecifierSet::admits(std::string_view version) const {
    std::string key;
    const bool is_version = append_version_key(version, key);
    return std::ranges::all_of(clauses_, [&](const Specifier& clause) {
        if (clause.op == Operator::identical) {
            return are_identical(clause.version, version);
        }
        const bool is_within = clause.lower <= key && key < clause.upper;
        return is_version && is_within != (clause.op == Operator::not_equal);
    });
}

Result<SpecifierSet> parse_specifiers(std::string_view text) {
    std::vector<Specifier> clauses;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const auto part = strip_blanks(text.substr(start, end - start));
        start = end + 1;
        if (part.empty()) {
            continue;
        }
        auto clause = parse_clause(part);
        if (!clause) {
            auto error = clause.error();
            error.offset += static_cast<std::size_t>(part.data() - text.data());
            return error;
        }
        clauses.push_back(std::move(clause).value());
    }
    return SpecifierSet(std::move(clauses));
}

} // namespace preflight::python
