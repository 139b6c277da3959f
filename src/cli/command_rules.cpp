// SPDX-License-Identifier: Apache-2.0
#include "command_rules.hpp"

#include "output.hpp"

#include "preflight/report/report.hpp"
#include "preflight/scan/scan.hpp"

#include <CLI/CLI.hpp>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples = R"(  lambda-preflight rules
  lambda-preflight rules -o json
)";

class RulesCommand : public Command {
public:
    void declare(CLI::App& app) override {
        app.add_option("-o,--output", format_, "text or json")
            ->type_name("FORMAT")
            ->capture_default_str()
            ->check(CLI::IsMember({"text", "json"}));
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        const auto rules = scan::all_rules();
        print(format_ == "json" ? report::write_rules_json(rules) : report::write_rules_text(rules),
              environment);
        return ExitCode::passed;
    }

private:
    std::string format_ = "text";
    std::string at_;
};

} // namespace

std::unique_ptr<Command> make_rules_command() {
    return std::make_unique<RulesCommand>();
}

} // namespace preflight::cli
