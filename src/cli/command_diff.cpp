// SPDX-License-Identifier: Apache-2.0
#include "command_diff.hpp"

#include "input_options.hpp"
#include "output.hpp"
#include "progress_line.hpp"

#include "preflight/report/comparison.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples = R"(  lambda-preflight diff deployed.zip build/function.zip
  lambda-preflight diff layer-3.zip layer-4.zip -o json
)";

class DiffCommand : public Command {
public:
    void declare(CLI::App& app) override {
        app.add_option("OLD", old_, "Zip, tar or directory")->required()->type_name("");
        app.add_option("NEW", new_, "What it is compared with")->required()->type_name("");
        inputs_.declare(app);
        app.add_option("-o,--output", format_, "text or json")
            ->type_name("FORMAT")
            ->capture_default_str()
            ->check(CLI::IsMember({"text", "json"}));
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        auto request = inputs_.make_request();
        request.deployments = {{.function = old_}, {.function = new_}};
        const auto comparison = with_progress(environment, [&](scan::Progress& progress) {
            return scan::compare(request, progress);
        });
        print(format_ == "json" ? report::write_comparison_json(comparison)
                                : report::write_comparison_text(comparison),
              environment);
        return comparison.incomplete.empty() ? ExitCode::passed : ExitCode::not_completed;
    }

private:
    InputOptions inputs_;
    std::filesystem::path old_;
    std::filesystem::path new_;
    std::string format_ = "text";
    std::string at_;
};

} // namespace

std::unique_ptr<Command> make_diff_command() {
    return std::make_unique<DiffCommand>();
}

} // namespace preflight::cli
