// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/record.hpp"
#include "preflight/base/text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>

/// Reading of JSON that may be anything but of the right shape.
namespace preflight::advisory {

/// Why a record is refused, and which part of it: `affected[2].ranges[0]`.
struct Refusal {
    std::string what;
    std::string path = {};
};

using Refused = std::optional<Refusal>;

/// The members of the same object that are wanted, where they are there and not null.
template <std::size_t Size>
using Members = std::array<std::optional<simdjson::dom::element>, Size>;

inline std::string in_record(std::string_view name) {
    return "'" + std::string(name) + "'";
}

/// Picks the members of those names; all others are ignored. A wanted one that is there twice is
/// refused: readers differ in which of the two counts, so none is right.
template <std::size_t Size>
[[nodiscard]] Refused find_members(simdjson::dom::element element,
                                   const std::array<std::string_view, Size>& names,
                                   Members<Size>& members) {
    simdjson::dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS) {
        return Refusal{"expected an object"};
    }
    std::bitset<Size> seen;
    for (const auto field : object) {
        const auto index =
            static_cast<std::size_t>(std::ranges::find(names, field.key) - names.begin());
        if (index == Size) {
            continue;
        }
        if (seen.test(index)) {
            return Refusal{in_record(field.key) + " is given twice"};
        }
        seen.set(index);
        if (!field.value.is_null()) {
            members.at(index) = field.value;
        }
    }
    return std::nullopt;
}

/// The text that a member is.
[[nodiscard]] inline Refused
read_text(simdjson::dom::element element, std::string_view name, std::string_view& text) {
    if (element.get_string().get(text) != simdjson::SUCCESS) {
        return Refusal{in_record(name) + " is not a text"};
    }
    return std::nullopt;
}

/// The same of a member that must be there and not be empty.
[[nodiscard]] inline Refused read_required_text(const std::optional<simdjson::dom::element>& member,
                                                std::string_view name,
                                                std::string_view& text) {
    if (!member) {
        return Refusal{in_record(name) + " is missing"};
    }
    if (auto refused = read_text(*member, name, text)) {
        return refused;
    }
    if (text.empty()) {
        return Refusal{in_record(name) + " is empty"};
    }
    return std::nullopt;
}

/// Visits the items of a list until one is refused. A list that is not there has none.
template <class Visit>
[[nodiscard]] Refused visit_items(const std::optional<simdjson::dom::element>& member,
                                  std::string_view name,
                                  Visit visit) {
    if (!member) {
        return std::nullopt;
    }
    simdjson::dom::array items;
    if (member->get_array().get(items) != simdjson::SUCCESS) {
        return Refusal{in_record(name) + " is not a list"};
    }
    if (items.size() > kMaxListEntries) {
        return Refusal{in_record(name) + " has more than " + std::to_string(kMaxListEntries) +
                       " entries"};
    }
    std::size_t index = 0;
    for (const auto item : items) {
        if (Refused refused = visit(item)) {
            const std::string here = std::string(name) + "[" + std::to_string(index) + "]";
            refused->path = refused->path.empty() ? here : here + "." + refused->path;
            return refused;
        }
        ++index;
    }
    return std::nullopt;
}

} // namespace preflight::advisory
