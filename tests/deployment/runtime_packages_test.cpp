// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/runtime_packages.hpp"
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
    return parse_runtime_packages(as_bytes(text));
}

/// `line:column: message`
std::string error_of(std::string_view text) {
    const auto facts = parse(text);
    return facts ? "none"
                 : std::to_string(facts.error().place.line) + ":" +
                       std::to_string(facts.error().place.column) + ": " + facts.error().message;
}

TEST(ParseRuntimePackages, ReadsEveryKey) {
    const auto runtimes = parse("runtimes:\n"
                                "  - runtime: python3.11\n"
                                "    date: 2025-06-15\n"
                                "    source: printed by a function\n"
                                "    packages:\n"
                                "      boto3: 1.38.36\n"
                                "      Simple_JSON: '3.20'\n"
                                "      pip: 24.0\n"
                                "      six: null\n"
                                "      urllib3:\n");

    ASSERT_TRUE(runtimes);
    ASSERT_EQ(runtimes->size(), 1U);
    const auto& facts = runtimes->front();
    EXPECT_EQ(facts.runtime.minor, 11);
    EXPECT_EQ(facts.date, "2025-06-15");
    EXPECT_EQ(facts.source, "printed by a function");
    EXPECT_EQ(facts.line, 2U);
    std::string packages;
    for (const auto& package : facts.packages) {
        packages +=
            std::to_string(package.line) + " " + package.name + " " + package.version + "\n";
    }
    EXPECT_EQ(packages, "6 boto3 1.38.36\n7 Simple_JSON 3.20\n8 pip 24.0\n9 six \n10 urllib3 \n");
}

TEST(ParseRuntimePackages, NeedsNoSource) {
    const auto runtimes = parse(R"({"runtimes": [
        {"runtime": "python3.11", "date": "2025-06", "packages": {"pip": null}},
        {"runtime": "python3.12", "date": "2025-07", "packages": {"pip": "24.0"}}]})");

    ASSERT_TRUE(runtimes);
    ASSERT_EQ(runtimes->size(), 2U);
    EXPECT_EQ(runtimes->at(1).runtime.minor, 12);
    EXPECT_TRUE(runtimes->at(1).source.empty());
    EXPECT_EQ(runtimes->at(1).line, 3U);
}

TEST(ParseRuntimePackages, ReadsTheExample) {
    const auto text =
        source::read_file(PREFLIGHT_EXAMPLES "/runtime-packages.yaml", document::kMaxYamlBytes);

    const auto runtimes = parse_runtime_packages(text.view());

    ASSERT_TRUE(runtimes) << error_of(as_text(text.view()));
    EXPECT_EQ(runtimes->size(), 1U);
    EXPECT_EQ(runtimes->front().packages.size(), 12U);
}

struct Refusal {
    std::string_view name;
    std::string text;
    std::string_view error;
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

class ParseRuntimePackagesRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ParseRuntimePackagesRefuses, WithMessageAndPlace) {
    EXPECT_EQ(error_of(GetParam().text), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    OfAFile,
    ParseRuntimePackagesRefuses,
    testing::Values(Refusal{"Nothing", "", "1:1: the file is not a map"},
                    Refusal{"AnUnknownKey",
                            "runtime: []",
                            "1:1: unknown key 'runtime'; did you mean 'runtimes'?"},
                    Refusal{"NoRuntimes", "{}", "1:1: the file has no key 'runtimes'"},
                    Refusal{"AnEmptyList", "runtimes: []", "1:11: 'runtimes' is an empty list"},
                    Refusal{"ARuntimeTwice",
                            "runtimes:\n"
                            "- {runtime: python3.11, date: 2025-06, packages: {pip: ~}}\n"
                            "- {date: 2025-07, packages: {pip: ~}, runtime: python3.11}\n",
                            "3:48: runtime 'python3.11' was described on line 2"}),
    [](const auto& test) { return std::string(test.param.name); });

class RefusesRuntime : public testing::TestWithParam<Refusal> {};

TEST_P(RefusesRuntime, WithMessageAndPlace) {
    EXPECT_EQ(error_of("runtimes:\n- " + GetParam().text), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    RefusesRuntime,
    testing::Values(
        Refusal{"AText", "python3.11", "2:3: a runtime is not a map"},
        Refusal{"NoRuntime", "date: 2025-06", "2:3: a runtime has no key 'runtime'"},
        Refusal{"NoDate", "runtime: python3.11", "2:3: a runtime has no key 'date'"},
        Refusal{"NoPackages",
                "{runtime: python3.11, date: 2025-06}",
                "2:3: a runtime has no key 'packages'"},
        Refusal{"AnUnknownKey",
                "{runtime: python3.11, dates: 2025-06}",
                "2:25: unknown key 'dates'; did you mean 'date'?"},
        Refusal{"AnotherRuntime",
                "{runtime: python2.7, date: 2025-06, packages: {pip: ~}}",
                "2:13: runtime 'python2.7' is not of the form python3.N, for example python3.12"},
        Refusal{"AnEmptySource",
                "{runtime: python3.11, date: 2025-06, packages: {pip: ~}, source: ''}",
                "2:68: 'source' is empty"}),
    [](const auto& test) { return std::string(test.param.name); });

std::string file_with_date(std::string_view date) {
    return "runtimes:\n- runtime: python3.11\n  packages: {pip: ~}\n  date: " + std::string(date);
}

TEST(ParseRuntimePackages, TakesDaysAndMonthsOfTheCalendar) {
    for (const auto* date : {"2025-01", "2025-12", "2025-12-31", "2024-02-29", "2025-06-01"}) {
        EXPECT_EQ(error_of(file_with_date(date)), "none") << date;
    }
}

TEST(ParseRuntimePackages, RefusesWhatIsNoDate) {
    for (const auto* date : {"2025",
                             "2025-00",
                             "2025-13",
                             "2025-6",
                             "2025-06-00",
                             "2025-06-31",
                             "2025-02-29",
                             "2025-06-1",
                             "2025-06-15T00:00:00Z",
                             "2025/06",
                             "2025-06/15",
                             "+025-06",
                             "2025--6",
                             "June 2025"}) {
        EXPECT_EQ(error_of(file_with_date(date)),
                  "4:9: date '" + std::string(date) +
                      "' is not of the form YYYY-MM-DD or YYYY-MM, for example 2025-06");
    }
}

std::string file_with(const std::string& packages) {
    return "runtimes:\n- runtime: python3.11\n  date: 2025-06\n  packages: " + packages;
}

TEST(ParseRuntimePackages, RefusesPackagesThatAreNone) {
    EXPECT_EQ(error_of(file_with("")), "4:3: 'packages' is not a map");
    EXPECT_EQ(error_of(file_with("[pip]")), "4:13: 'packages' is not a map");
    EXPECT_EQ(error_of(file_with("{}")), "4:13: 'packages' is an empty map");
    EXPECT_EQ(error_of(file_with("{-x: ~}")), "4:14: '-x' is no name of a package");
    EXPECT_EQ(error_of(file_with("{'': ~}")), "4:14: '' is no name of a package");
    EXPECT_EQ(error_of(file_with("{pip: ''}")), "4:19: 'pip' is empty");
    EXPECT_EQ(error_of(file_with("{pip: [1]}")), "4:19: 'pip' is not a text");
    EXPECT_EQ(error_of(file_with("{pip: latest}")),
              "4:19: the version 'latest' of 'pip' is no version of PEP 440");
}

TEST(ParseRuntimePackages, RefusesOnePackageUnderTwoNames) {
    EXPECT_EQ(error_of(file_with("{python-dateutil: ~, Python_DateUtil: ~}")),
              "4:34: the package 'Python_DateUtil' occurs twice");
}

TEST(ParseRuntimePackages, TakesAThousandPackages) {
    std::string packages;
    for (std::size_t index = 0; index < kMaxRuntimePackages; ++index) {
        packages += "\n    p" + std::to_string(index) + ": 1";
    }

    EXPECT_EQ(error_of(file_with(packages)), "none");
    EXPECT_EQ(error_of(file_with(packages + "\n    q: 1")),
              "1005:5: 'packages' has more than 1000 items");
}

} // namespace
} // namespace preflight::deployment
