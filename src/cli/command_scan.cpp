// SPDX-License-Identifier: Apache-2.0
#include "command_scan.hpp"

#include "output.hpp"
#include "progress_line.hpp"

#include "preflight/advisory/starter_image.hpp"
#include "preflight/base/text.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples =
    R"(  lambda-preflight scan function.zip --layer deps.zip --runtime python3.12 --db index.db
  lambda-preflight scan build/ --arch arm64 --fail-on medium --feed starter
  lambda-preflight scan orders.zip billing.zip --layer shared.zip -o text -o json=report.json
  lambda-preflight scan requirements.txt --advisories our-advisories/
)";

/// The severity of that name. Throws UsageError.
Severity to_severity(std::string_view option, const std::string& name) {
    const auto severity = find_severity(name);
    if (!severity) {
        throw UsageError(std::string(option) + " " + in_quotes(name) +
                         " is none of info, low, medium, high, critical");
    }
    return *severity;
}

/// The value, or the reason why the option is refused as a UsageError.
template <class T>
T require(std::string_view option, const Result<T>& value) {
    if (!value) {
        throw UsageError(std::string(option) + ": " + value.error().message);
    }
    return *value;
}

/// Refuses what CLI11 would take for a number: `-1` is a very large one to it.
std::string explain_number(const std::string& text) {
    constexpr std::size_t kMaxDigits = 19; // below 2^64
    const bool is_number = !text.empty() && text.size() <= kMaxDigits &&
                           text.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::string() : in_quotes(text) + " is not a whole number";
}

class ScanCommand : public Command {
public:
    void declare(CLI::App& app) override {
        declare_inputs(app);
        declare_judgement(app);
        declare_limits(app);
        app.add_option("-o,--output", outputs_, "Write the report as text or json; may be repeated")
            ->type_name("FORMAT[=FILE]")
            ->allow_extra_args(false);
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        const auto outputs = parse_outputs(outputs_);
        auto report = scan_with_progress(environment);
        deliver(report, outputs, environment);
        return static_cast<ExitCode>(policy::exit_code(report.verdict));
    }

private:
    /// Somebody who waits at a terminal is told how far the scan is.
    [[nodiscard]] report::Report scan_with_progress(const Environment& environment) const {
        if (!environment.errors_are_terminal) {
            return scan::scan(make_request());
        }
        ProgressLine progress(environment.errors, [] {
            return std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now().time_since_epoch());
        });
        return scan::scan(make_request(), progress);
    }

    void declare_inputs(CLI::App& app) {
        app.add_option("FUNCTION",
                       request_.functions,
                       "Zip, tar, directory or requirements*.txt; each one is a deployment")
            ->required()
            ->type_name("");
        app.add_option("--layer",
                       request_.layers,
                       "Layer of all functions; repeat it in the order of merging")
            ->type_name("ARCHIVE|DIR")
            ->allow_extra_args(false);
        app.add_option(
               "--runtime", runtime_, "python3.9 to python3.14; guessed where it is not given")
            ->type_name("RUNTIME");
        app.add_option("--arch", architecture_, "x86_64 or arm64; guessed where it is not given")
            ->type_name("ARCH");
        app.add_option("--db",
                       request_.feeds.indexes,
                       "Index of advisories made by 'db build'; may be repeated")
            ->type_name("FILE")
            ->allow_extra_args(false);
        app.add_option(
               "--advisories",
               request_.feeds.directories,
               "Directory of OSV records, an organisation's own for instance; may be repeated")
            ->type_name("DIR")
            ->allow_extra_args(false);
        app.add_option("--feed", feeds_, "'starter': the advisories of 2024-10 that come along")
            ->type_name("NAME")
            ->allow_extra_args(false);
    }

    void declare_judgement(CLI::App& app) {
        app.add_option("--fail-on",
                       fail_on_,
                       "Lowest severity that blocks: none, low, medium, high or critical")
            ->type_name("SEVERITY")
            ->capture_default_str();
        app.add_option(
               "--unknown-severity", unknown_severity_, "What a finding of unknown severity counts")
            ->type_name("SEVERITY")
            ->capture_default_str();
        app.add_flag("--include-shadowed",
                     request_.includes_shadowed,
                     "Let code that is not imported block as well");
    }

    void declare_limits(CLI::App& app) {
        auto& limits = request_.limits;
        const auto add =
            [&](const std::string& name, std::uint64_t& limit, const std::string& what) {
                app.add_option(name, limit, what)
                    ->type_name("N")
                    ->check(explain_number)
                    ->capture_default_str();
            };
        add("--max-archive-bytes", limits.max_archive_bytes, "Size of a zip");
        add("--max-entries", limits.max_entries, "Entries of an artifact");
        add("--max-unpacked-bytes", limits.max_total_bytes, "Unpacked size of an artifact");
        add("--max-ratio", limits.max_ratio, "Unpacked bytes for each packed one");
        add("--max-path-bytes", limits.max_path_bytes, "Length of a path");
        app.add_option("--nested",
                       request_.nested_levels,
                       "How deep to look into archives in archives, 0 to 3; they share the limits")
            ->type_name("N")
            ->check(CLI::Range(0, kMaxNestedLevels))
            ->capture_default_str();
        app.add_option(
               "--threads", threads_, "How many threads to use; the result does not depend on it")
            ->type_name("N")
            ->check(CLI::Range(1, kMaxThreads));
    }

    [[nodiscard]] scan::Request make_request() const {
        auto request = request_;
        request.working_directory = std::filesystem::current_path();
        request.program_version = PREFLIGHT_VERSION;
        request.threads = threads_ > 0 ? threads_ : std::thread::hardware_concurrency();
        request.hash_seed = std::random_device()();
        request.feeds.starter_image = advisory::starter_image();
        for (const auto& feed : feeds_) {
            if (feed != "starter") {
                throw UsageError("--feed " + in_quotes(feed) + " is unknown; there is 'starter'");
            }
            request.feeds.has_starter = true;
        }
        if (!runtime_.empty()) {
            request.platform.runtime = require("--runtime", deployment::parse_runtime(runtime_));
        }
        if (!architecture_.empty()) {
            request.platform.architecture =
                require("--arch", deployment::parse_architecture(architecture_));
        }
        request.gate.unknown_severity = to_severity("--unknown-severity", unknown_severity_);
        request.gate.fail_on = make_threshold();
        return request;
    }

    [[nodiscard]] std::optional<Severity> make_threshold() const {
        if (fail_on_ == "none") {
            return std::nullopt;
        }
        if (fail_on_ == "info") {
            throw UsageError(
                "--fail-on 'info' is none of none, low, medium, high, critical: notes never block");
        }
        return to_severity("--fail-on", fail_on_);
    }

    static constexpr int kMaxThreads = 256;
    static constexpr int kMaxNestedLevels = 3;

    scan::Request request_;
    std::string runtime_;
    std::string architecture_;
    std::vector<std::string> feeds_;
    std::string fail_on_ = "high";
    std::string unknown_severity_ = "high";
    std::vector<std::string> outputs_;
    std::string at_;
    unsigned threads_ = 0;
};

} // namespace

std::unique_ptr<Command> make_scan_command() {
    return std::make_unique<ScanCommand>();
}

} // namespace preflight::cli
