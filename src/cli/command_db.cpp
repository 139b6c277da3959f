// SPDX-License-Identifier: Apache-2.0
#include "command_db.hpp"

#include "preflight/advisory/feed.hpp"
#include "preflight/advisory/index.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/scan/threads.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

namespace preflight::cli {

namespace {

constexpr std::string_view kExamples = R"(  lambda-preflight db build --from all.zip --db index.db
  lambda-preflight db build --from all.zip --from our-advisories/ --db index.db
)";

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

class DbBuildCommand : public Command {
public:
    void declare(CLI::App& app) override {
        app.add_option(
               "--from",
               sources_,
               "OSV records: a zip as OSV exports it, a directory, or one .json; may be repeated")
            ->required()
            ->type_name("PATH");
        app.add_option("--db", index_, "The index to write; an old one is replaced in one step")
            ->required()
            ->type_name("FILE");
        declare_time(app, at_);
        app.footer(make_footer(kExamples));
    }

    ExitCode run(Environment& environment) override {
        check_time(at_, environment);
        scan::Threads workers(std::thread::hardware_concurrency());
        const auto loaded = advisory::load_records(sources_, workers);
        for (const auto& record : loaded.unreadable) {
            environment.errors << "lambda-preflight: warning: " << record.where << ": "
                               << record.why << "; the record was left out\n";
        }
        advisory::write_index(index_, loaded.rows, loaded.sources);

        environment.output << index_.string() << ": "
                           << counted(advisory::count_records(loaded.sources), "record")
                           << " about " << counted(loaded.rows.size(), "package") << ", "
                           << loaded.unreadable.size() << " unreadable\n";
        if (!environment.output.flush()) {
            throw Failure("cannot write to standard output: it is closed or full");
        }
        return ExitCode::passed;
    }

private:
    std::vector<std::filesystem::path> sources_;
    std::filesystem::path index_;
    std::string at_;
};

} // namespace

std::unique_ptr<Command> make_db_build_command() {
    return std::make_unique<DbBuildCommand>();
}

} // namespace preflight::cli
