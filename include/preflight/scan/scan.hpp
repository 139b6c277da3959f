// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/base/bytes.hpp"
#include "preflight/deployment/platform_hint.hpp"
#include "preflight/deployment/runtime_packages.hpp"
#include "preflight/finding/rule.hpp"
#include "preflight/policy/gate.hpp"
#include "preflight/report/comparison.hpp"
#include "preflight/report/report.hpp"
#include "preflight/scan/progress.hpp"
#include "preflight/unpack/archive.hpp"

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

/// The pipeline: each artifact is read once, every file in it is shown once to every analyser, and
/// from what they kept the report is concluded.
///
/// Entry point: scan(). To add an analyser, add a member to FileFacts and a line to examine_file(),
/// and a line to the conclusions of scan.cpp.
namespace preflight::scan {

/// Which advisories a scan asks.
struct FeedChoice {
    std::vector<std::filesystem::path> indexes;     ///< `--db FILE`
    std::vector<std::filesystem::path> directories; ///< `--advisories DIR`
    bool has_starter = false;                       ///< `--feed starter`
    ByteView starter_image; ///< The index that comes along; asked when nothing is named, too.

    [[nodiscard]] bool names_nothing() const {
        return indexes.empty() && directories.empty() && !has_starter;
    }
};

/// One function over its layers.
struct DeploymentRequest {
    std::string name;               ///< Where it is empty, the file name of the function gives it.
    std::filesystem::path function; ///< A zip, a tar, a directory, or a requirements file.
    std::vector<std::filesystem::path> layers; ///< In the order of merging.
    deployment::GivenPlatform platform;        ///< What it does not say, that of the request does.
    std::string handler;
};

/// What to scan, and how to judge it.
struct Request {
    std::vector<DeploymentRequest> deployments;
    std::filesystem::path working_directory; ///< Absolute; reports name paths relative to it.
    deployment::GivenPlatform platform;
    std::vector<std::filesystem::path> wheels; ///< Folders of wheels that code is recognised by.
    std::vector<deployment::RuntimeFacts> runtimes; ///< What runtimes bring along, each once.
    FeedChoice feeds;
    policy::Gate gate;
    bool includes_shadowed = false; ///< Whether code that is not imported gates as well.
    bool ignores_vendored = false;  ///< Whether copies that packages carry along never gate.
    unpack::Limits limits;
    unsigned nested_levels = 0;  ///< How deep to look into archives in archives.
    std::uint64_t hash_seed = 0; ///< As in unpack::ParseOptions; the report does not depend on it.
    unsigned threads = 1;        ///< The report does not depend on it.
    std::string program_version;
};

/// An input is of a type that nothing here is for. A mistake on the command line: exit code 2.
class UnrecognisedInput : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Scans and judges. What goes wrong with one artifact or feed stands in the report, and the others
/// are scanned all the same. Throws UnrecognisedInput.
[[nodiscard]] report::Report scan(const Request& request, Progress& progress);

/// The same, and tells nobody how far it is.
[[nodiscard]] report::Report scan(const Request& request);

/// The artifacts, deployments and distributions of a scan that asks no advisories and judges
/// nothing. The verdict is passed, or incomplete. Throws UnrecognisedInput.
[[nodiscard]] report::Report take_inventory(const Request& request, Progress& progress);

/// What differs between the functions of the first deployment and of the second. Throws
/// UnrecognisedInput.
[[nodiscard]] report::Comparison compare(const Request& request, Progress& progress);

/// The rules of all modules, in order of id.
[[nodiscard]] std::vector<Rule> all_rules();

} // namespace preflight::scan
