// SPDX-License-Identifier: Apache-2.0
//
// A specifier set and a version, parted by a line feed. Whatever they are: a refusal points inside
// the text; a set admits what all its clauses admit; `!=` is the opposite of `==` for each version;
// and `>=` together with `<=` is `==` for versions without local part.
#include "require.hpp"

#include "preflight/python/specifier.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

namespace python = preflight::python;
using python::Operator;
using python::SpecifierSet;

bool admits(const std::string& specifiers, std::string_view version) {
    const auto set = python::parse_specifiers(specifiers);
    require(set.has_value());
    return set->admits(version);
}

void check_clause(const python::Specifier& clause, std::string_view version) {
    const bool is_version = python::parse_version(version).has_value();
    const auto parsed = python::parse_version(clause.version);
    require(clause.op == Operator::identical || parsed.has_value());
    if (clause.op == Operator::identical || !is_version) {
        return;
    }
    const auto text = clause.version + (clause.is_prefix ? ".*" : "");
    require(admits("==" + text, version) != admits("!=" + text, version));
    if (!clause.is_prefix && !parsed->has_local()) {
        const auto both = ">=" + text + ",<=" + text;
        require(admits(both, version) == admits("==" + text, version));
        require(!admits("<" + text, version) || !admits(">=" + text, version));
        require(!admits(">" + text, version) || !admits("<=" + text, version));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(text.find('\n'), size);
    const auto version = text.substr(std::min(end + 1, size));
    const auto set = python::parse_specifiers(text.substr(0, end));
    if (!set) {
        require(set.error().offset <= end);
        return 0;
    }
    bool all = true;
    for (const auto& clause : set->clauses()) {
        all = SpecifierSet({clause}).admits(version) && all;
        check_clause(clause, version);
    }
    require(set->admits(version) == all);
    return 0;
}
