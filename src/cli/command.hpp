// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/cli/run.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace CLI {
class App;
} // namespace CLI

namespace preflight::cli {

/// The command line asks for something that cannot be: one sentence, exit code 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One command: how it is called, and what it does.
class Command {
public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    Command(Command&&) = delete;
    Command& operator=(Command&&) = delete;
    virtual ~Command() = default;

    /// Declares options, help and examples. The values land in the object, which must outlive
    /// `app`.
    virtual void declare(CLI::App& app) = 0;
    /// Does what the options say. May throw UsageError and Failure.
    [[nodiscard]] virtual ExitCode run(Environment& environment) = 0;
};

/// Declares `--at`, which every command has.
void declare_time(CLI::App& app, std::string& at);

/// Refuses a time that is none, in `--at` or, where that is empty, in SOURCE_DATE_EPOCH. Source:
/// RFC 3339, section 5.6; reproducible-builds.org, "SOURCE_DATE_EPOCH specification".
void check_time(const std::string& at, const Environment& environment);

/// The text that `--help` ends with: one command a line below "Examples:".
[[nodiscard]] std::string make_footer(std::string_view examples);

} // namespace preflight::cli
