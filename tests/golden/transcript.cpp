// SPDX-License-Identifier: Apache-2.0
#include "golden/transcript.hpp"

#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

#include "preflight/cli/run.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace preflight::golden {

namespace {

namespace fs = std::filesystem;

/// The words of a line: parted by blanks, with single quotes as in a shell.
std::vector<std::string> split_words(std::string_view line) {
    std::vector<std::string> words;
    std::optional<std::string> word;
    bool is_quoted = false;
    for (const char character : line) {
        if (character == '\'') {
            is_quoted = !is_quoted;
            word = word.value_or("");
        } else if (character == ' ' && !is_quoted) {
            if (word) {
                words.push_back(*std::exchange(word, std::nullopt));
            }
        } else {
            word = word.value_or("") + character;
        }
    }
    if (is_quoted) {
        throw std::invalid_argument("no closing quote: " + std::string(line));
    }
    if (word) {
        words.push_back(*word);
    }
    return words;
}

/// Whether a word sets a variable for the command that follows, as `NO_COLOR=1` does.
bool is_assignment(std::string_view word) {
    const auto equals = word.find('=');
    return equals != std::string_view::npos && equals > 0 &&
           word.substr(0, equals).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
               std::string_view::npos;
}

bool is_archive_name(const fs::path& path) {
    constexpr std::array<std::string_view, 4> kExtensions = {".zip", ".whl", ".pyz", ".egg"};
    return std::ranges::find(kExtensions, path.extension().string()) != kExtensions.end();
}

bool is_executable(const fs::path& path) {
    return (fs::status(path).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

test::ZipEntry make_entry(const fs::path& root, const fs::path& path) {
    constexpr std::uint32_t kFile = 0100644;
    constexpr std::uint32_t kProgram = 0100755;
    auto name = path.lexically_relative(root).generic_string();
    if (fs::is_symlink(path)) {
        return test::link(std::move(name), fs::read_symlink(path).string());
    }
    return test::stored(std::move(name), test::content_of(path))
        .mode(is_executable(path) ? kProgram : kFile);
}

std::string pack(const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const auto& item : fs::recursive_directory_iterator(folder)) {
        if (item.is_symlink() || !item.is_directory()) {
            paths.push_back(item.path());
        }
    }
    std::ranges::sort(paths, {}, &fs::path::native);

    std::vector<test::ZipEntry> entries;
    for (const auto& path : paths) {
        entries.push_back(make_entry(folder, path));
    }
    return test::make_zip(entries);
}

/// Permissions as a umask of 022 would have left them, whatever the one of the checkout was.
void set_usual_permissions(const fs::path& tree) {
    for (const auto& item : fs::recursive_directory_iterator(tree)) {
        if (!item.is_symlink()) {
            const bool is_open = item.is_directory() || is_executable(item.path());
            fs::permissions(item.path(), fs::perms{is_open ? 0755U : 0644U});
        }
    }
}

} // namespace

std::vector<Command> parse_commands(std::string_view text) {
    std::vector<Command> commands;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        Command command{.line = line};
        for (auto& word : split_words(line)) {
            if (command.arguments.empty() && is_assignment(word)) {
                const auto equals = word.find('=');
                command.environment[word.substr(0, equals)] = word.substr(equals + 1);
            } else {
                command.arguments.push_back(std::move(word));
            }
        }
        commands.push_back(std::move(command));
    }
    return commands;
}

Transcript run_command(const Command& command) {
    const std::vector<std::string_view> arguments(command.arguments.begin(),
                                                  command.arguments.end());
    std::ostringstream output;
    std::ostringstream errors;
    const auto find_variable = [&command](std::string_view name) -> std::optional<std::string> {
        const auto variable = command.environment.find(name);
        return variable == command.environment.end() ? std::nullopt
                                                     : std::optional(variable->second);
    };
    cli::Environment environment{.output = output,
                                 .errors = errors,
                                 .output_is_terminal = command.environment.contains("TERMINAL"),
                                 .find_variable = find_variable};
    const auto exit_code = static_cast<int>(cli::run(std::span(arguments), environment));
    return {output.str(), errors.str(), exit_code};
}

std::string run_session(const std::vector<Command>& commands) {
    std::string session;
    for (const auto& command : commands) {
        if (command.arguments.size() == 2 && command.arguments.front() == "cat") {
            session += "$ " + command.line + '\n' + test::content_of(command.arguments.back());
            continue;
        }
        const auto transcript = run_command(command);
        session += "$ lambda-preflight " + command.line + '\n' + transcript.output +
                   transcript.errors + "exit " + std::to_string(transcript.exit_code) + '\n';
    }
    return session;
}

void lay_out(const fs::path& files, const fs::path& target) {
    if (!fs::exists(files)) {
        return;
    }
    for (const auto& item : fs::directory_iterator(files)) {
        const auto place = target / item.path().filename();
        if (item.is_directory() && is_archive_name(item.path())) {
            std::ofstream(place, std::ios::binary) << pack(item.path());
        } else {
            fs::copy(
                item.path(), place, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
        }
    }
    set_usual_permissions(target);
}

} // namespace preflight::golden
