// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json_writer.hpp"
#include "preflight/report/report.hpp"

#include <algorithm>
#include <utility>

namespace preflight::report {

namespace {

std::string pad(std::string_view text, std::size_t width) {
    std::string padded(text);
    padded.resize(std::max(padded.size(), width), ' ');
    return padded;
}

} // namespace

std::string write_rules_text(std::span<const Rule> rules) {
    constexpr std::size_t kSeverityWidth = 8; // as long as "critical"
    std::size_t width = 0;
    for (const auto& rule : rules) {
        width = std::max(width, rule.id.size());
    }
    std::string text;
    for (const auto& rule : rules) {
        text += pad(rule.id, width) + "  " + pad(to_string(rule.severity), kSeverityWidth) + "  ";
        text += rule.summary;
        text += "\n" + std::string(width + kSeverityWidth + 4, ' ');
        text += rule.remedy;
        text += '\n';
    }
    return text;
}

std::string write_rules_markdown(std::span<const Rule> rules) {
    std::string text =
        "# Rules\n\nGenerated from the tables of the modules; a test compares it with what "
        "`lambda-preflight rules` prints.\n\n"
        "| rule | severity | what it says | what to do |\n|---|---|---|---|\n";
    for (const auto& rule : rules) {
        text += "| `" + std::string(rule.id) + "` | ";
        text += to_string(rule.severity);
        text += " | ";
        text += rule.summary;
        text += " | ";
        text += rule.remedy;
        text += " |\n";
    }
    return text;
}

std::string write_rules_json(std::span<const Rule> rules) {
    document::JsonWriter json;
    const auto write = [&](std::string_view key, std::string_view value) {
        json.key(key);
        json.string(value);
    };
    json.begin_object();
    json.key("rules");
    json.begin_array();
    for (const auto& rule : rules) {
        json.begin_object();
        write("id", rule.id);
        write("severity", to_string(rule.severity));
        write("summary", rule.summary);
        write("remedy", rule.remedy);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return std::move(json).finish();
}

} // namespace preflight::report
