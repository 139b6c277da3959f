// SPDX-License-Identifier: Apache-2.0
#include "output.hpp"

#include "command.hpp"
#include "output_file.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <algorithm>
#include <ostream>

namespace preflight::cli {

namespace {

Output parse_output(std::string_view value) {
    const auto equals = value.find('=');
    const auto format = value.substr(0, equals);
    Output output;
    if (format == "json") {
        output.format = Format::json;
    } else if (format != "text") {
        throw UsageError("-o " + in_quotes(format) + " is no format; there are text and json");
    }
    if (equals != std::string_view::npos) {
        output.path = value.substr(equals + 1);
        if (output.path.empty()) {
            throw UsageError("-o " + in_quotes(value) + " names no file behind '='");
        }
    }
    return output;
}

/// Whether text goes to somebody who sees colours. Source: no-color.org.
bool shows_colour(const Output& output, const Environment& environment) {
    const auto no_colour = environment.find_variable("NO_COLOR");
    const auto terminal = environment.find_variable("TERM");
    return output.path.empty() && environment.output_is_terminal &&
           (!no_colour || no_colour->empty()) && terminal != "dumb";
}

std::string
render(const report::Report& report, const Output& output, const Environment& environment) {
    return output.format == Format::json
               ? report::write_json(report)
               : report::write_text(report, {.has_colour = shows_colour(output, environment)});
}

/// Notes that an output could not be written: whoever reads the others must not take the scan for
/// complete.
void note_failure(const std::string& what, const std::string& why, report::Report& report) {
    report.incomplete.push_back(
        {.kind = IncompleteKind::output, .what = printable(what), .why = why});
    const auto take_back = [](policy::Verdict& verdict) {
        verdict = verdict == policy::Verdict::passed ? policy::Verdict::incomplete : verdict;
    };
    take_back(report.verdict);
    for (auto& deployment : report.deployments) {
        take_back(deployment.verdict);
    }
}

/// Writes to all of `outputs`, or takes those that fail out of it, notes them and gives false.
bool try_to_deliver(report::Report& report,
                    std::vector<Output>& outputs,
                    Environment& environment) {
    std::vector<OutputFile> files;
    std::vector<std::string> texts;
    std::vector<Output> good;
    for (const auto& output : outputs) {
        try {
            auto text = render(report, output, environment);
            if (output.path.empty()) {
                texts.push_back(std::move(text));
            } else {
                files.emplace_back(output.path, text);
            }
            good.push_back(output);
        } catch (const Failure& failure) {
            environment.errors << "lambda-preflight: " << failure.what() << '\n';
            note_failure(output.path, failure.what(), report);
        }
    }
    if (good.size() < outputs.size()) {
        outputs = std::move(good);
        return false;
    }
    for (const auto& text : texts) {
        if (!(environment.output << text).flush()) {
            environment.errors << "lambda-preflight: cannot write the report to standard output: "
                                  "it is closed or full\n";
            note_failure("standard output", "it is closed or full", report);
            std::erase_if(outputs, [](const Output& output) { return output.path.empty(); });
            return false;
        }
    }
    for (auto& file : files) {
        try {
            file.publish();
        } catch (const Failure& failure) {
            environment.errors << "lambda-preflight: " << failure.what() << '\n';
            note_failure(file.path(), failure.what(), report);
            std::erase_if(outputs, [&](const Output& output) {
                return output.path == file.path() || output.path.empty(); // that one is out already
            });
            return false;
        }
    }
    return true;
}

} // namespace

std::vector<Output> parse_outputs(const std::vector<std::string>& values) {
    std::vector<Output> outputs;
    for (const auto& value : values) {
        auto output = parse_output(value);
        if (std::ranges::find(outputs, output.path, &Output::path) != outputs.end()) {
            throw UsageError(output.path.empty()
                                 ? "-o: only one format can go to standard output; write the "
                                   "others as FORMAT=FILE"
                                 : "-o: two formats go to " + in_quotes(output.path));
        }
        outputs.push_back(std::move(output));
    }
    if (outputs.empty()) {
        outputs.emplace_back();
    }
    return outputs;
}

void deliver(report::Report& report, const std::vector<Output>& outputs, Environment& environment) {
    auto left = outputs;
    while (!left.empty() && !try_to_deliver(report, left, environment)) {
    }
}

void print(std::string_view text, Environment& environment) {
    if (!(environment.output << text).flush()) {
        throw Failure("cannot write to standard output: it is closed or full");
    }
}

} // namespace preflight::cli
