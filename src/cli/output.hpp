// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/cli/run.hpp"
#include "preflight/report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace preflight::cli {

enum class Format { text, json };

/// One `-o FORMAT[=PATH]`.
struct Output {
    Format format = Format::text;
    std::string path; ///< Empty: standard output.
};

/// Reads the values of `-o`; without any, text on standard output. Throws UsageError for an unknown
/// format, two formats on standard output, and two into one file.
[[nodiscard]] std::vector<Output> parse_outputs(const std::vector<std::string>& values);

/// Writes the report to every output: to all of them the same one. Where one cannot be written, the
/// report says so, is no longer a pass, and goes to the others like that. Files are complete or not
/// there.
void deliver(report::Report& report, const std::vector<Output>& outputs, Environment& environment);

/// Writes a text to standard output. Throws Failure where that is closed or full.
void print(std::string_view text, Environment& environment);

} // namespace preflight::cli
