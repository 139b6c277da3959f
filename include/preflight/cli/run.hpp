// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The command line. Nothing below this module reads the environment or writes to a standard
/// stream.
///
/// Entry point: run(). To add a command, write command_<name>.cpp and add a row to kCommands in
/// run.cpp.
namespace preflight::cli {

/// What a command may use of the process it runs in.
struct Environment {
    std::ostream& output;
    std::ostream& errors;
    bool output_is_terminal = false;
    bool errors_are_terminal = false;
    std::function<std::optional<std::string>(std::string_view)> find_variable; ///< As getenv().
};

/// What the process ends with. Source: reliability.md, section 2.
enum class ExitCode { passed = 0, blocked = 1, usage = 2, not_completed = 3 };

/// Runs one command; `arguments` are those behind the program's name. Throws nothing: whatever goes
/// wrong becomes one sentence on `errors` and an exit code that is not 0.
[[nodiscard]] ExitCode run(std::span<const std::string_view> arguments,
                           Environment& environment) noexcept;

/// The environment of this process: standard streams and variables.
[[nodiscard]] Environment this_process();

} // namespace preflight::cli
