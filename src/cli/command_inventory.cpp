// SPDX-License-Identifier: Apache-2.0
#include "command_inventory.hpp"

#include "input_options.hpp"
#include "output.hpp"
#include "progress_line.hpp"

#include "preflight/report/report.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples =
    R"(  lambda-preflight inventory function.zip --layer shared.zip
  lambda-preflight inventory function.zip --wheels wheelhouse/ -o requirements
  lambda-preflight inventory --deployments deployments.yaml -o json
)";

class InventoryCommand : public Command {
public:
    void declare(CLI::App& app) override {
        inputs_.declare_deployments(app);
        inputs_.declare(app);
        app.add_option("-o,--output", format_, "text, json or requirements")
            ->type_name("FORMAT")
            ->capture_default_str()
            ->check(CLI::IsMember({"text", "json", "requirements"}));
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        const auto request = inputs_.make_request();
        if (request.deployments.empty()) {
            throw UsageError("nothing to list: name a package, or a file with --deployments");
        }
        const auto report = with_progress(environment, [&](scan::Progress& progress) {
            return scan::take_inventory(request, progress);
        });
        print(render(report), environment);
        return static_cast<ExitCode>(policy::exit_code(report.verdict));
    }

private:
    [[nodiscard]] std::string render(const report::Report& report) const {
        if (format_ == "json") {
            return report::write_inventory_json(report);
        }
        return format_ == "text" ? report::write_inventory_text(report)
                                 : report::write_inventory_requirements(report);
    }

    InputOptions inputs_;
    std::string format_ = "text";
    std::string at_;
};

} // namespace

std::unique_ptr<Command> make_inventory_command() {
    return std::make_unique<InventoryCommand>();
}

} // namespace preflight::cli
