// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/runtime_packages.hpp"

#include "preflight/base/text.hpp"
#include "preflight/document/fields.hpp"
#include "preflight/document/yaml.hpp"
#include "preflight/python/name.hpp"
#include "preflight/python/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <string_view>

namespace preflight::deployment {

namespace {

using document::DocumentError;
using document::Field;
using document::Node;
using Packages = std::vector<RuntimePackage>;
using Entries = std::vector<RuntimeFacts>;

/// More entries than there are runtimes that parse_runtime() reads cannot be.
constexpr std::size_t kMaxRuntimes = 100;

/// The number that `digits` are, or nothing if there is anything else in them.
std::optional<unsigned> find_number(std::string_view digits) {
    unsigned number = 0;
    const auto* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, number);
    const bool is_number = error == std::errc() && stopped == end;
    return is_number ? std::optional(number) : std::nullopt;
}

/// Whether a text is a day or a month of the calendar, `YYYY-MM-DD` or `YYYY-MM`.
bool is_date(std::string_view text) {
    const bool has_day = text.size() == 10;
    if ((!has_day && text.size() != 7) || text[4] != '-' || (has_day && text[7] != '-')) {
        return false;
    }
    const auto year = find_number(text.substr(0, 4));
    const auto month = find_number(text.substr(5, 2));
    const auto day = has_day ? find_number(text.substr(8)) : std::optional(1U);
    return year && month && day &&
           std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)),
                                       std::chrono::month(*month),
                                       std::chrono::day(*day))
               .ok();
}

Result<std::string> parse_date(std::string_view text) {
    if (!is_date(text)) {
        return InputError{"date " + in_quotes(text) +
                          " is not of the form YYYY-MM-DD or YYYY-MM, for example 2025-06"};
    }
    return std::string(text);
}

Result<std::string, DocumentError> parse_package_version(const Node& node, std::string_view name) {
    auto text = document::parse_text(node, name);
    if (text && !python::parse_version(*text)) {
        return DocumentError{.message = "the version " + in_quotes(*text) + " of '" +
                                        std::string(name) + "' is no version of PEP 440",
                             .place = node.place()};
    }
    return text;
}

Result<RuntimePackage, DocumentError> parse_package(const Node::Key& key, const Node& node) {
    if (!python::is_valid_name(key.text)) {
        return DocumentError{.message = in_quotes(key.text) + " is no name of a package",
                             .place = key.place};
    }
    RuntimePackage package{.name = key.text, .version = {}, .line = key.place.line};
    if (!node.is_null()) {
        auto version = parse_package_version(node, key.text);
        if (!version) {
            return version.error();
        }
        package.version = std::move(version).value();
    }
    return package;
}

/// Why a node is no map of one to kMaxRuntimePackages packages.
std::optional<DocumentError> find_size_error(const Node& node, std::string_view key) {
    const auto* map = node.as_map();
    if (map == nullptr) {
        return DocumentError{.message = "'" + std::string(key) + "' is not a map",
                             .place = node.place()};
    }
    if (map->empty()) {
        return DocumentError{.message = "'" + std::string(key) + "' is an empty map",
                             .place = node.place()};
    }
    if (map->size() > kMaxRuntimePackages) {
        return DocumentError{.message = "'" + std::string(key) + "' has more than " +
                                        std::to_string(kMaxRuntimePackages) + " items",
                             .place = map->at(kMaxRuntimePackages).first.place};
    }
    return std::nullopt;
}

std::optional<DocumentError>
take_packages(const Node& node, std::string_view key, RuntimeFacts& facts) {
    if (auto error = find_size_error(node, key)) {
        return error;
    }
    std::set<std::string> normal_names;
    for (const auto& [name, value] : *node.as_map()) {
        auto package = parse_package(name, value);
        if (!package) {
            return package.error();
        }
        if (!normal_names.insert(python::normalize_name(name.text)).second) {
            return DocumentError{.message = "the package '" + name.text + "' occurs twice",
                                 .place = name.place};
        }
        facts.packages.push_back(std::move(package).value());
    }
    return std::nullopt;
}

constexpr std::array kFactsFields = {
    Field<RuntimeFacts>{
        "runtime", document::take_parsed<&RuntimeFacts::runtime, parse_runtime>, true},
    Field<RuntimeFacts>{"date", document::take_parsed<&RuntimeFacts::date, parse_date>, true},
    Field<RuntimeFacts>{"source", document::take_text<&RuntimeFacts::source>},
    Field<RuntimeFacts>{"packages", take_packages, true},
};

Result<RuntimeFacts, DocumentError> parse_facts(const Node& node) {
    auto facts = document::parse_fields<RuntimeFacts>(node, "a runtime", kFactsFields);
    if (facts) {
        facts->line = node.place().line;
    }
    return facts;
}

/// Of two entries with one runtime, where the second says it.
std::optional<DocumentError> find_repeated_runtime(const Node::List& nodes,
                                                   const Entries& entries) {
    std::map<int, std::size_t> lines;
    for (std::size_t index = 0; index < entries.size(); ++index) {
        const auto& facts = entries[index];
        const auto [first, is_new] = lines.try_emplace(facts.runtime.minor, facts.line);
        if (!is_new) {
            return DocumentError{.message = "runtime '" + facts.runtime.name() +
                                            "' was described on line " +
                                            std::to_string(first->second),
                                 .place = nodes[index].find("runtime")->place()};
        }
    }
    return std::nullopt;
}

std::optional<DocumentError>
take_entries(const Node& node, std::string_view key, Entries& entries) {
    if (auto error =
            document::store(document::parse_list(node, key, kMaxRuntimes, parse_facts), entries)) {
        return error;
    }
    if (entries.empty()) {
        return DocumentError{.message = "'" + std::string(key) + "' is an empty list",
                             .place = node.place()};
    }
    return find_repeated_runtime(*node.as_list(), entries);
}

constexpr std::array kFileFields = {
    Field<Entries>{"runtimes", take_entries, true},
};

} // namespace

Result<std::vector<RuntimeFacts>, DocumentError> parse_runtime_packages(ByteView bytes) {
    const auto root = document::parse_yaml(bytes);
    if (!root) {
        return root.error();
    }
    return document::parse_fields<Entries>(*root, "the file", kFileFields);
}

} // namespace preflight::deployment
