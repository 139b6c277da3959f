// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/fields.hpp"
#include "preflight/document/yaml.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::document {
namespace {

struct Pet {
    std::string name;
    std::string owner;
    std::vector<std::string> toys;
};

Result<std::string> parse_name(std::string_view text) {
    if (text == "cat") {
        return InputError{"a cat is no name"};
    }
    return std::string(text);
}

std::optional<DocumentError> take_toys(const Node& node, std::string_view key, Pet& pet) {
    return store(parse_texts(node, key, 2), pet.toys);
}

constexpr std::array kFields = {
    Field<Pet>{"name", take_parsed<&Pet::name, parse_name>, true},
    Field<Pet>{"owner", take_text<&Pet::owner>},
    Field<Pet>{"toys", take_toys},
};

Result<Pet, DocumentError> parse_pet(std::string_view text) {
    return parse_fields<Pet>(*parse_yaml(as_bytes(text)), "a pet", kFields);
}

/// `line:column: message`
std::string error_of(std::string_view text) {
    const auto pet = parse_pet(text);
    return pet ? "none"
               : std::to_string(pet.error().place.line) + ":" +
                     std::to_string(pet.error().place.column) + ": " + pet.error().message;
}

TEST(ParseFields, ReadsAMapByItsTable) {
    const auto pet = parse_pet("toys: [ball, 3.10]\nname: Tom\nowner: Ann\n");

    ASSERT_TRUE(pet);
    EXPECT_EQ(pet->name, "Tom");
    EXPECT_EQ(pet->owner, "Ann");
    EXPECT_EQ(pet->toys, (std::vector<std::string>{"ball", "3.10"}));
}

TEST(ParseFields, RefusesWhatIsNoMap) {
    EXPECT_EQ(error_of("[name]"), "1:1: a pet is not a map");
    EXPECT_EQ(error_of(""), "1:1: a pet is not a map");
}

TEST(ParseFields, RefusesAnUnknownKeyAndSuggestsTheNearest) {
    EXPECT_EQ(error_of("name: Tom\ntoy: [x]\n"), "2:1: unknown key 'toy'; did you mean 'toys'?");
    EXPECT_EQ(error_of("name: Tom\ncolour: x\n"), "2:1: unknown key 'colour'");
    EXPECT_EQ(error_of("\"\\e[2J\": x\n"), R"(1:1: unknown key '\x1b[2J')");
}

TEST(ParseFields, RefusesAMissingKey) {
    EXPECT_EQ(error_of("# a comment\ntoys: []\n"), "2:1: a pet has no key 'name'");
}

TEST(ParseFields, RefusesAValueOfAnotherKind) {
    EXPECT_EQ(error_of("name:\n"), "1:1: 'name' is not a text");
    EXPECT_EQ(error_of("name: [Tom]"), "1:7: 'name' is not a text");
    EXPECT_EQ(error_of("name: ''"), "1:7: 'name' is empty");
    EXPECT_EQ(error_of("name: Tom\ntoys: ball"), "2:7: 'toys' is not a list");
    EXPECT_EQ(error_of("name: Tom\ntoys: [ball, ~]"), "2:14: 'toys' is not a text");
}

TEST(ParseFields, RefusesWhatTheParserOfTheFieldRefuses) {
    EXPECT_EQ(error_of("name: cat"), "1:7: a cat is no name");
}

TEST(ParseList, ReadsEachItemAndStopsAtTheFirstThatIsWrong) {
    const auto parse_pets = [](std::string_view text) {
        return parse_list<Pet>(*parse_yaml(as_bytes(text)), "pets", 3, [](const Node& node) {
            return parse_fields<Pet>(node, "a pet", kFields);
        });
    };

    EXPECT_EQ(parse_pets("[{name: a}, {name: b}]")->at(1).name, "b");
    EXPECT_EQ(parse_pets("[{name: a}, b, c]").error().message, "a pet is not a map");
    EXPECT_EQ(parse_pets("{name: a}").error().message, "'pets' is not a list");
}

TEST(ParseTexts, AllowsAsManyAsTheLimit) {
    EXPECT_EQ(error_of("name: Tom\ntoys: [a, b]"), "none");
    EXPECT_EQ(error_of("name: Tom\ntoys: [a, b, c]"), "2:14: 'toys' has more than 2 items");
}

} // namespace
} // namespace preflight::document
