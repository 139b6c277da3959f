// SPDX-License-Identifier: Apache-2.0
#include "preflight/cli/run.hpp"

#include "command.hpp"
#include "command_db.hpp"
#include "command_diff.hpp"
#include "command_inventory.hpp"
#include "command_rules.hpp"
#include "command_scan.hpp"

#include "preflight/base/suggestion.hpp"
#include "preflight/base/text.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <memory>
#include <vector>

namespace preflight::cli {

namespace {

using Words = std::vector<std::string>;

struct CommandRow {
    std::string_view name; ///< One word or two.
    std::string_view summary;
    std::unique_ptr<Command> (*make)();
};

constexpr std::array kCommands = {
    CommandRow{
        "scan", "Decide whether functions and their layers may be deployed.", make_scan_command},
    CommandRow{"inventory",
               "List which distributions functions and their layers hold.",
               make_inventory_command},
    CommandRow{"diff", "Compare the distributions and files of two packages.", make_diff_command},
    CommandRow{
        "db build", "Compile OSV records into the index that a scan asks.", make_db_build_command},
    CommandRow{"rules", "List every rule with its severity and remedy.", make_rules_command},
};

constexpr std::string_view kUsage =
    R"(lambda-preflight decides before a deploy whether an AWS Lambda Python package may go out.

usage: lambda-preflight <command> [options]
       lambda-preflight FUNCTION...          (the same as 'scan FUNCTION...')

Commands:
)";

constexpr std::string_view kUsageEnd = R"(
'lambda-preflight <command> --help' shows options and examples, '--version' the version.
Exit codes: 0 passed, 1 blocked, 2 wrong usage or an input of unknown type, 3 not completed.
)";

void print_usage(std::ostream& stream) {
    stream << kUsage;
    for (const auto& command : kCommands) {
        stream << "  " << command.name << std::string(12 - command.name.size(), ' ')
               << command.summary << '\n';
    }
    stream << kUsageEnd;
}

bool is_option(std::string_view word) {
    return word.size() > 1 && word.front() == '-';
}

/// How many words at the start of the line are the name of `command`, or 0.
std::size_t match_name(const CommandRow& command, const Words& words) {
    const auto blank = command.name.find(' ');
    if (words.empty() || words[0] != command.name.substr(0, blank)) {
        return 0;
    }
    if (blank == std::string_view::npos) {
        return 1;
    }
    return words.size() > 1 && words[1] == command.name.substr(blank + 1) ? 2 : 0;
}

/// Refuses a first word that looks like a mistyped command and is no file either.
void refuse_mistyped_command(const std::string& word) {
    std::error_code
        ignored; // a path that cannot be asked is scanned, and the report tells why it fails
    if (is_option(word) ||
        std::filesystem::exists(std::filesystem::symlink_status(word, ignored))) {
        return;
    }
    Words names;
    for (const auto& command : kCommands) {
        names.emplace_back(command.name.substr(0, command.name.find(' ')));
    }
    if (std::ranges::find(names, word) != names.end()) { // "db" by itself
        throw UsageError(in_quotes(word) +
                         " is not a whole command; 'lambda-preflight --help' lists them");
    }
    if (const auto meant = find_suggestion(word, names)) {
        throw UsageError(in_quotes(word) + " is neither a command nor a file; did you mean '" +
                         *meant + "'?");
    }
}

/// Every spelling of every option of a command.
Words option_names(const CLI::App& app) {
    Words names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app) {
    const auto extra = app.remaining();
    const auto word = extra.empty() ? std::string() : extra.front();
    const auto name = word.substr(0, word.find('='));
    auto message = "what is " + in_quotes(word) + "?";
    if (const auto meant = find_suggestion(name, option_names(app))) {
        message += " Did you mean '" + *meant + "'?";
    }
    throw UsageError(message + " See 'lambda-preflight " + app.get_name() + " --help'.");
}

ExitCode run_command(const CommandRow& row, Words words, Environment& environment) {
    CLI::App app(std::string(row.summary));
    app.name("lambda-preflight " + std::string(row.name));
    const auto command = row.make();
    command->declare(app);
    std::ranges::reverse(words); // CLI11 takes them from the end
    try {
        app.parse(words);
    } catch (const CLI::CallForHelp&) {
        environment.output << app.help();
        return ExitCode::passed;
    } catch (const CLI::ExtrasError&) {
        app.name(std::string(row.name));
        refuse_extra(app);
    } catch (const CLI::ParseError& error) {
        throw UsageError(printable(error.what()));
    }
    return command->run(environment);
}

ExitCode dispatch(const Words& words, Environment& environment) {
    if (words.empty()) {
        print_usage(environment.errors);
        return ExitCode::usage;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        print_usage(environment.output);
        return ExitCode::passed;
    }
    if (words[0] == "--version") {
        environment.output << "lambda-preflight " << PREFLIGHT_VERSION << '\n';
        return ExitCode::passed;
    }
    for (const auto& command : kCommands) {
        if (const auto count = match_name(command, words); count > 0) {
            return run_command(command,
                               {words.begin() + static_cast<std::ptrdiff_t>(count), words.end()},
                               environment);
        }
    }
    refuse_mistyped_command(words[0]);
    return run_command(kCommands.front(), words, environment);
}

ExitCode explain(const std::exception& error, ExitCode code, Environment& environment) {
    environment.errors << "lambda-preflight: " << error.what() << '\n';
    return code;
}

} // namespace

ExitCode run(std::span<const std::string_view> arguments, Environment& environment) noexcept {
    try {
        return dispatch(Words(arguments.begin(), arguments.end()), environment);
    } catch (const UsageError& error) {
        return explain(error, ExitCode::usage, environment);
    } catch (const scan::UnrecognisedInput& error) {
        return explain(error, ExitCode::usage, environment);
    } catch (const std::exception& error) {
        return explain(error, ExitCode::not_completed, environment);
    }
}

Environment this_process() {
    return {.output = std::cout,
            .errors = std::cerr,
            .output_is_terminal = ::isatty(STDOUT_FILENO) == 1,
            .errors_are_terminal = ::isatty(STDERR_FILENO) == 1,
            .find_variable = [](std::string_view name) -> std::optional<std::string> {
                const char* const value = std::getenv(std::string(name).c_str());
                return value == nullptr ? std::nullopt : std::optional<std::string>(value);
            }};
}

} // namespace preflight::cli
