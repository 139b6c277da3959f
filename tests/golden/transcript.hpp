// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Sessions of the program as a user would see them in a terminal.
namespace preflight::golden {

/// One line of a command.txt: `NAME=value... argument...`, as a shell would part it. Single quotes
/// keep blanks together.
struct Command {
    std::string line;
    std::map<std::string, std::string, std::less<>> environment;
    std::vector<std::string> arguments;
};

/// What the program wrote, and how it ended.
struct Transcript {
    std::string output;
    std::string errors;
    int exit_code = 0;
};

/// The commands of a command.txt. Empty lines and those that begin with '#' are left out.
[[nodiscard]] std::vector<Command> parse_commands(std::string_view text);

/// Runs one command of the program, in this process and in the current directory. A variable
/// TERMINAL in front of it says that it writes to one.
[[nodiscard]] Transcript run_command(const Command& command);

/// Runs all commands, one after another, and writes down the session. `cat FILE` shows a file that
/// one of them left.
[[nodiscard]] std::string run_session(const std::vector<Command>& commands);

/// Copies the files of a case. A folder directly below `files` whose name ends in .zip, .whl, .pyz
/// or .egg becomes that archive; the same files give the same bytes, whatever the machine.
void lay_out(const std::filesystem::path& files, const std::filesystem::path& target);

} // namespace preflight::golden
