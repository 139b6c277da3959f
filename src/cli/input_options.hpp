// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command.hpp"

#include "preflight/base/result.hpp"
#include "preflight/scan/scan.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace preflight::cli {

/// The value, or the reason why the option is refused as a UsageError.
template <class T>
[[nodiscard]] T require(std::string_view option, const Result<T>& value) {
    if (!value) {
        throw UsageError(std::string(option) + ": " + value.error().message);
    }
    return *value;
}

/// The options that say what is looked at, and how far: those of every command that reads packages.
class InputOptions {
public:
    void declare(CLI::App& app);
    /// How functions, layers and runtimes are named. A command that names its packages otherwise
    /// leaves it out.
    void declare_deployments(CLI::App& app);

    /// The request as far as these options say it. Throws UsageError, and Failure where a file that
    /// an option names cannot be read.
    [[nodiscard]] scan::Request make_request() const;

private:
    void declare_limits(CLI::App& app);
    void add_deployments(scan::Request& request) const;

    scan::Request request_; ///< Limits and folders, as CLI11 fills them in.
    std::vector<std::filesystem::path> functions_;
    std::vector<std::filesystem::path> layers_;
    std::filesystem::path deployments_file_;
    std::filesystem::path runtime_packages_file_;
    std::string runtime_;
    std::string architecture_;
    unsigned threads_ = 0;
};

} // namespace preflight::cli
