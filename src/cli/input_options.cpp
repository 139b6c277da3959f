// SPDX-License-Identifier: Apache-2.0
#include "input_options.hpp"

#include "preflight/base/text.hpp"
#include "preflight/deployment/deployments_file.hpp"
#include "preflight/document/yaml.hpp"
#include "preflight/source/read_file.hpp"

#include <CLI/CLI.hpp>

#include <random>
#include <thread>
#include <utility>

namespace preflight::cli {

namespace {

constexpr int kMaxThreads = 256;
constexpr int kMaxNestedLevels = 3;

/// Refuses what CLI11 would take for a number: `-1` is a very large one to it.
std::string explain_number(const std::string& text) {
    constexpr std::size_t kMaxDigits = 19; // below 2^64
    const bool is_number = !text.empty() && text.size() <= kMaxDigits &&
                           text.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::string() : in_quotes(text) + " is not a whole number";
}

/// What a configuration file says, read by `parse`. Throws UsageError with the place of a mistake.
template <class Parse>
auto read_document(const std::filesystem::path& path, const Parse& parse) {
    const auto file = source::read_file(path, document::kMaxYamlBytes);
    auto parsed = parse(file.view());
    if (!parsed) {
        const auto& error = parsed.error();
        throw UsageError(printable(path.string()) + ":" + std::to_string(error.place.line) + ":" +
                         std::to_string(error.place.column) + ": " + error.message);
    }
    return *std::move(parsed);
}

} // namespace

void InputOptions::declare(CLI::App& app) {
    app.add_option("--wheels",
                   request_.wheels,
                   "Folder of wheels by which code without metadata is recognised; may be repeated")
        ->type_name("DIR")
        ->allow_extra_args(false);
    declare_limits(app);
}

void InputOptions::declare_deployments(CLI::App& app) {
    app.add_option("FUNCTION",
                   functions_,
                   "Zip, tar, directory or requirements*.txt; each one is a deployment")
        ->type_name("");
    app.add_option("--layer", layers_, "Layer of all functions; repeat it in the order of merging")
        ->type_name("ARCHIVE|DIR")
        ->allow_extra_args(false);
    app.add_option("--deployments",
                   deployments_file_,
                   "YAML or JSON that lists functions with their layers; paths are relative to it")
        ->type_name("FILE");
    app.add_option("--runtime", runtime_, "python3.9 to python3.14; guessed where it is not given")
        ->type_name("RUNTIME");
    app.add_option("--arch", architecture_, "x86_64 or arm64; guessed where it is not given")
        ->type_name("ARCH");
    app.add_option("--runtime-packages",
                   runtime_packages_file_,
                   "YAML or JSON that says what runtimes bring along; findings in it never block")
        ->type_name("FILE");
}

void InputOptions::declare_limits(CLI::App& app) {
    auto& limits = request_.limits;
    const auto add = [&](const std::string& name, std::uint64_t& limit, const std::string& what) {
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

scan::Request InputOptions::make_request() const {
    auto request = request_;
    request.working_directory = std::filesystem::current_path();
    request.program_version = PREFLIGHT_VERSION;
    request.threads = threads_ > 0 ? threads_ : std::thread::hardware_concurrency();
    request.hash_seed = std::random_device()();
    if (!runtime_.empty()) {
        request.platform.runtime = require("--runtime", deployment::parse_runtime(runtime_));
    }
    if (!architecture_.empty()) {
        request.platform.architecture =
            require("--arch", deployment::parse_architecture(architecture_));
    }
    if (!runtime_packages_file_.empty()) {
        request.runtimes =
            read_document(runtime_packages_file_, deployment::parse_runtime_packages);
    }
    add_deployments(request);
    return request;
}

void InputOptions::add_deployments(scan::Request& request) const {
    if (deployments_file_.empty()) {
        for (const auto& function : functions_) {
            request.deployments.push_back({.function = function, .layers = layers_});
        }
        return;
    }
    if (!functions_.empty() || !layers_.empty()) {
        throw UsageError("--deployments lists functions and layers already; write them there or on "
                         "the command line, not both");
    }
    const auto folder = deployments_file_.parent_path();
    for (auto& entry : read_document(deployments_file_, deployment::parse_deployments_file)) {
        scan::DeploymentRequest deployment{
            .name = std::move(entry.name),
            .function = folder / entry.function,
            .platform = {.runtime = entry.runtime, .architecture = entry.architecture},
            .handler = std::move(entry.handler)};
        for (const auto& layer : entry.layers) {
            deployment.layers.push_back(folder / layer);
        }
        request.deployments.push_back(std::move(deployment));
    }
}

} // namespace preflight::cli
