// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/deployments_file.hpp"
#include "preflight/document/yaml.hpp"
#include "preflight/source/read_file.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace preflight::deployment {
namespace {

auto parse(std::string_view text) {
    return parse_deployments_file(as_bytes(text));
}

/// `line:column: message`
std::string error_of(std::string_view text) {
    const auto entries = parse(text);
    return entries
               ? "none"
               : std::to_string(entries.error().place.line) + ":" +
                     std::to_string(entries.error().place.column) + ": " + entries.error().message;
}

TEST(ParseDeploymentsFile, ReadsEveryKey) {
    const auto entries = parse("deployments:\n"
                               "  - name: orders\n"
                               "    function: build/orders.zip\n"
                               "    layers: [layers/a.zip, layers/b.zip]\n"
                               "    runtime: python3.10\n"
                               "    architecture: arm64\n"
                               "    handler: app.main\n");

    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 1U);
    const auto& entry = entries->front();
    EXPECT_EQ(entry.name, "orders");
    EXPECT_EQ(entry.function, "build/orders.zip");
    EXPECT_EQ(entry.layers, (std::vector<std::string>{"layers/a.zip", "layers/b.zip"}));
    ASSERT_TRUE(entry.runtime);
    EXPECT_EQ(entry.runtime->minor, 10);
    EXPECT_EQ(entry.architecture, Architecture::arm64);
    EXPECT_EQ(entry.handler, "app.main");
    EXPECT_EQ(entry.line, 2U);
}

TEST(ParseDeploymentsFile, NeedsNothingButTheFunction) {
    const auto entries = parse(R"({"deployments": [{"function": "a.zip"},
                                                   {"function": "b.zip", "layers": []}]})");

    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 2U);
    const auto& entry = entries->at(1);
    EXPECT_EQ(entry.function, "b.zip");
    EXPECT_TRUE(entry.name.empty());
    EXPECT_TRUE(entry.layers.empty());
    EXPECT_FALSE(entry.runtime);
    EXPECT_FALSE(entry.architecture);
    EXPECT_TRUE(entry.handler.empty());
    EXPECT_EQ(entry.line, 2U);
}

TEST(ParseDeploymentsFile, ReadsTheExample) {
    const auto text =
        source::read_file(PREFLIGHT_EXAMPLES "/deployments.yaml", document::kMaxYamlBytes);

    const auto entries = parse_deployments_file(text.view());

    ASSERT_TRUE(entries) << error_of(as_text(text.view()));
    EXPECT_EQ(entries->size(), 2U);
}

struct Refusal {
    std::string_view name;
    std::string text; ///< Of an entry, which begins on line 2 in column 3; or of a whole file.
    std::string_view error;
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

class ParseDeploymentsFileRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseDeploymentsFileRefuses, WithMessageAndPlace) {
    EXPECT_EQ(error_of(GetParam().text), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    OfAFile,
    ParseDeploymentsFileRefuses,
    testing::Values(
        Refusal{"Nothing", "", "1:1: the file is not a map"},
        Refusal{"AList", "- function: a.zip", "1:1: the file is not a map"},
        Refusal{"NoYaml", "deployments: [", "1:15: not valid YAML: end of sequence flow not found"},
        Refusal{"AnUnknownKey",
                "deployment:\n- function: a.zip",
                "1:1: unknown key 'deployment'; did you mean 'deployments'?"},
        Refusal{"NoDeployments", "{}", "1:1: the file has no key 'deployments'"},
        Refusal{"Null", "deployments:", "1:1: 'deployments' is not a list"},
        Refusal{"AnEmptyList", "deployments: []", "1:14: 'deployments' is an empty list"},
        Refusal{"TwoOfOneName",
                "deployments:\n"
                "- {name: a, function: a.zip}\n"
                "- {function: b.zip}\n"
                "- {function: c.zip, name: a}\n",
                "4:27: the name 'a' is that of the deployment of line 2"}),
    [](const auto& test) { return std::string(test.param.name); });

class RefusesEntry : public testing::TestWithParam<Refusal> {};

TEST_P(RefusesEntry, WithMessageAndPlace) {
    EXPECT_EQ(error_of("deployments:\n- " + GetParam().text), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    OfAFile,
    RefusesEntry,
    testing::Values(
        Refusal{"AText", "a.zip", "2:3: a deployment is not a map"},
        Refusal{"NoFunction", "name: a", "2:3: a deployment has no key 'function'"},
        Refusal{"AnUnknownKey",
                "function: a.zip\n  runtme: python3.12",
                "3:3: unknown key 'runtme'; did you mean 'runtime'?"},
        Refusal{"AnUnknownKeyLikeNoOther",
                "function: a.zip\n  memory: 128",
                "3:3: unknown key 'memory'"},
        Refusal{"AKeyTwice",
                "function: a.zip\n  function: b.zip",
                "3:3: the key 'function' occurs twice"},
        Refusal{"NoPath", "function:", "2:3: 'function' is not a text"},
        Refusal{"AnEmptyPath", "function: ''", "2:13: 'function' is empty"},
        Refusal{"AnEmptyName", "{name: '', function: a}", "2:10: 'name' is empty"},
        Refusal{"AHostileName",
                R"({name: "a\e[2J", function: a})",
                R"(2:10: the name 'a\x1b[2J' cannot be printed as it is)"},
        Refusal{"OneLayer", "{function: a, layers: b}", "2:25: 'layers' is not a list"},
        Refusal{
            "ALayerThatIsNull", "{function: a, layers: [b, ~]}", "2:29: 'layers' is not a text"},
        Refusal{"AnotherRuntime",
                "{function: a, runtime: nodejs20.x}",
                "2:26: runtime 'nodejs20.x' is not of the form python3.N, for example python3.12"},
        Refusal{"AnotherArchitecture",
                "{function: a, architecture: amd64}",
                "2:31: architecture 'amd64' is neither x86_64 nor arm64"},
        Refusal{"AHandlerInTwoWords",
                "{function: a, handler: app main}",
                "2:26: the handler 'app main' holds white space"},
        Refusal{"NoHandler", "{function: a, handler: ''}", "2:26: 'handler' is empty"}),
    [](const auto& test) { return std::string(test.param.name); });

std::string file_of(std::size_t deployments) {
    std::string text = "deployments:\n";
    for (std::size_t index = 0; index < deployments; ++index) {
        text += "- function: a.zip\n";
    }
    return text;
}

TEST(ParseDeploymentsFile, TakesAThousandDeployments) {
    EXPECT_EQ(error_of(file_of(kMaxDeployments)), "none");
    EXPECT_EQ(error_of(file_of(kMaxDeployments + 1)),
              "1002:3: 'deployments' has more than 1000 items");
}

std::string file_with(std::string_view key, const std::string& value) {
    return "deployments: [{function: a, " + std::string(key) + ": " + value + "}]";
}

TEST(ParseDeploymentsFile, TakesAHundredLayers) {
    std::string layers = "l";
    for (std::size_t index = 1; index < kMaxNamedLayers; ++index) {
        layers += ", l";
    }

    EXPECT_EQ(error_of(file_with("layers", "[" + layers + "]")), "none");
    EXPECT_EQ(error_of(file_with("layers", "[" + layers + ", l]")),
              "1:338: 'layers' has more than 100 items");
}

TEST(ParseDeploymentsFile, TakesANameOfTwoHundredBytes) {
    EXPECT_EQ(error_of(file_with("name", std::string(200, 'n'))), "none");
    EXPECT_EQ(error_of(file_with("name", std::string(201, 'n'))),
              "1:35: the name of a deployment has more than 200 bytes");
}

TEST(ParseDeploymentsFile, TakesAHandlerOfAHundredAndTwentyEightCharacters) {
    std::string handler;
    for (int index = 0; index < 128; ++index) {
        handler += "\xC3\xA9";
    }

    EXPECT_EQ(error_of(file_with("handler", handler)), "none");
    EXPECT_EQ(error_of(file_with("handler", handler + "x")),
              "1:38: the handler has more than 128 characters");
}

} // namespace
} // namespace preflight::deployment
