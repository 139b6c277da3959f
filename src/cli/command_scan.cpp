// SPDX-License-Identifier: Apache-2.0
#include "command_scan.hpp"

#include "input_options.hpp"
#include "output.hpp"
#include "progress_line.hpp"

#include "preflight/advisory/starter_image.hpp"
#include "preflight/base/text.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples =
    R"(  lambda-preflight scan function.zip --layer deps.zip --runtime python3.12 --db index.db
  lambda-preflight scan build/ --arch arm64 --fail-on medium --feed starter
  lambda-preflight scan orders.zip billing.zip --layer shared.zip -o text -o json=report.json
  lambda-preflight scan requirements.txt --advisories our-advisories/
  lambda-preflight scan --deployments deployments.yaml --runtime-packages runtimes.yaml --db index.db
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

class ScanCommand : public Command {
public:
    void declare(CLI::App& app) override {
        inputs_.declare_deployments(app);
        declare_feeds(app);
        declare_judgement(app);
        inputs_.declare(app);
        app.add_option("-o,--output", outputs_, "Write the report as text or json; may be repeated")
            ->type_name("FORMAT[=FILE]")
            ->allow_extra_args(false);
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        const auto outputs = parse_outputs(outputs_);
        const auto request = make_request();
        auto report = with_progress(
            environment, [&](scan::Progress& progress) { return scan::scan(request, progress); });
        deliver(report, outputs, environment);
        return static_cast<ExitCode>(policy::exit_code(report.verdict));
    }

private:
    void declare_feeds(CLI::App& app) {
        app.add_option("--db",
                       feed_choice_.indexes,
                       "Index of advisories made by 'db build'; may be repeated")
            ->type_name("FILE")
            ->allow_extra_args(false);
        app.add_option(
               "--advisories",
               feed_choice_.directories,
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
                     includes_shadowed_,
                     "Let code that is not imported block as well");
        app.add_option(
               "--vendored",
               vendored_,
               "Whether copies that packages carry along for themselves block: gate, ignore")
            ->type_name("WORD")
            ->check(CLI::IsMember({"gate", "ignore"}))
            ->capture_default_str();
    }

    [[nodiscard]] scan::Request make_request() const {
        auto request = inputs_.make_request();
        if (request.deployments.empty()) {
            throw UsageError("nothing to scan: name a function, or a file with --deployments");
        }
        request.feeds = feed_choice_;
        request.feeds.starter_image = advisory::starter_image();
        for (const auto& feed : feeds_) {
            if (feed != "starter") {
                throw UsageError("--feed " + in_quotes(feed) + " is unknown; there is 'starter'");
            }
            request.feeds.has_starter = true;
        }
        request.includes_shadowed = includes_shadowed_;
        request.ignores_vendored = vendored_ == "ignore";
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

    InputOptions inputs_;
    scan::FeedChoice feed_choice_;
    bool includes_shadowed_ = false;
    std::string vendored_ = "gate";
    std::vector<std::string> feeds_;
    std::string fail_on_ = "high";
    std::string unknown_severity_ = "high";
    std::vector<std::string> outputs_;
    std::string at_;
};

} // namespace

std::unique_ptr<Command> make_scan_command() {
    return std::make_unique<ScanCommand>();
}

} // namespace preflight::cli
