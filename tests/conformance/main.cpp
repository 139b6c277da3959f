// SPDX-License-Identifier: Apache-2.0
//
// preflight-conformance TOPIC [--db DB]: answers the rows of a truth table, one line on standard
// output for a line on standard input. preflight-conformance zip-list FILE: lists one archive.
#include "advisory_topics.hpp"
#include "python_topics.hpp"
#include "zip_topics.hpp"

#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::conformance {
namespace {

constexpr int kWrongUse = 2;
constexpr int kNotDone = 3;

/// A topic whose rows need nothing else.
struct Topic {
    std::string_view name;
    std::string (*answer)(std::string_view row);
};

constexpr std::array kTopics = {Topic{"cvss", answer_cvss},
                                Topic{"filename", answer_filename},
                                Topic{"specifier", answer_specifier},
                                Topic{"version-compare", answer_version_compare},
                                Topic{"version-normalize", answer_version_normalize},
                                Topic{"zip", answer_zip}};

/// A topic whose rows are about the records of an index.
struct IndexTopic {
    std::string_view name;
    std::string (*answer)(const advisory::Index& index, std::string_view row);
};

constexpr std::array kIndexTopics = {IndexTopic{"advisory-severity", answer_advisory_severity},
                                     IndexTopic{"osv-match", answer_osv_match}};

template <class Answer>
int answer_rows(const Answer& answer) {
    for (std::string row; std::getline(std::cin, row);) {
        std::cout << answer(row) << '\n';
    }
    return std::cout.flush() ? 0 : kNotDone;
}

int run(std::span<const std::string_view> arguments) {
    const auto name = arguments.empty() ? std::string_view() : arguments.front();
    if (const auto topic = std::ranges::find(kTopics, name, &Topic::name);
        topic != kTopics.end() && arguments.size() == 1) {
        return answer_rows(topic->answer);
    }
    if (const auto topic = std::ranges::find(kIndexTopics, name, &IndexTopic::name);
        topic != kIndexTopics.end() && arguments.size() == 3 && arguments[1] == "--db") {
        const auto index = advisory::Index::open(std::filesystem::path(arguments[2]));
        return answer_rows([&](std::string_view row) { return topic->answer(index, row); });
    }
    if (name == "zip-list" && arguments.size() == 2) {
        return list_zip(std::string(arguments[1]), std::cout);
    }
    std::cerr << "usage: preflight-conformance TOPIC [--db DB] < rows\n"
                 "       preflight-conformance zip-list FILE\n"
                 "topics:";
    for (const auto& topic : kTopics) {
        std::cerr << ' ' << topic.name;
    }
    for (const auto& topic : kIndexTopics) {
        std::cerr << ' ' << topic.name;
    }
    std::cerr << '\n';
    return kWrongUse;
}

} // namespace
} // namespace preflight::conformance

int main(int argc, char** argv) {
    std::ios_base::sync_with_stdio(false);
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    try {
        return preflight::conformance::run(arguments);
    } catch (const preflight::Failure& failure) {
        std::cerr << "preflight-conformance: " << failure.what() << '\n';
        return preflight::conformance::kNotDone;
    }
}
