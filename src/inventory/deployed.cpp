// SPDX-License-Identifier: Apache-2.0
#include "preflight/inventory/deployed.hpp"

#include "package_name.hpp"
#include "rules.hpp"

#include "preflight/base/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace preflight::inventory {

namespace {

/// Whether a distribution is one that somebody meant to install.
bool is_installed(const Distribution& distribution) {
    return !distribution.is_carried_along() && distribution.state == State::installed;
}

Finding make_drift(const Declaration& declaration, std::size_t line, const std::string& message) {
    auto finding = make_finding(kDrift, {.path = declaration.path, .line = line});
    finding.message =
        (declaration.path.empty() ? "in the requirements.txt beside the package: " : "") + message;
    return finding;
}

/// What the file says besides what is installed, if that differs.
std::vector<Finding>
compare_pins(const Declaration& declaration,
             const std::map<std::string_view, std::set<std::string_view>>& versions) {
    std::vector<Finding> findings;
    for (const auto& pin : declaration.pins) {
        const auto package = make_package_name(pin.name, pin.version);
        const auto found = versions.find(package.name);
        if (found == versions.end()) {
            findings.push_back(make_drift(
                declaration, pin.line, to_label(package) + " is declared and not installed"));
        } else if (!found->second.contains(package.version)) {
            findings.push_back(make_drift(declaration,
                                          pin.line,
                                          to_label(package) + " is declared, and " +
                                              printable(*found->second.begin()) + " is installed"));
        } else {
            continue;
        }
        findings.back().package = package;
    }
    return findings;
}

} // namespace

std::vector<Finding> find_drift(const Declaration& declaration,
                                std::span<const Distribution> artifact,
                                std::span<const Distribution* const> all) {
    if (declaration.pins.empty()) {
        return {};
    }
    std::map<std::string_view, std::set<std::string_view>> versions;
    for (const auto* const distribution : all) {
        if (is_installed(*distribution)) {
            versions[distribution->package.name].insert(distribution->package.version);
        }
    }
    auto findings = compare_pins(declaration, versions);
    std::set<std::string_view> declared;
    for (const auto& pin : declaration.pins) {
        declared.insert(pin.name);
    }
    std::set<std::string_view> undeclared;
    for (const auto& distribution : artifact) {
        const auto& name = distribution.package.name;
        if (is_installed(distribution) && !declared.contains(name)) {
            undeclared.insert(name);
        }
    }
    if (!undeclared.empty()) {
        auto finding = make_drift(declaration,
                                  0,
                                  std::to_string(undeclared.size()) +
                                      " installed distributions are not declared, the first is " +
                                      printable(*undeclared.begin()));
        finding.severity = Severity::info;
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<Finding> find_partial_sdk(std::span<const Distribution* const> imported,
                                      bool imports_sdk) {
    constexpr std::array<std::string_view, 7> kParts = {
        "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3"};
    constexpr std::array<std::string_view, 2> kOwn = {"boto3", "s3transfer"};
    std::map<std::string_view, const Distribution*> packed;
    for (const auto* const distribution : imported) {
        const std::string_view name = distribution->package.name;
        if (is_installed(*distribution) && std::ranges::find(kParts, name) != kParts.end()) {
            packed.emplace(name, distribution);
        }
    }
    if (packed.empty() || packed.contains("botocore")) {
        return {};
    }
    std::string names;
    for (const auto& [name, distribution] : packed) {
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    auto finding = make_finding(kPartialSdk);
    finding.package = packed.begin()->second->package;
    finding.message = names + " packed without botocore: the SDK that the runtime brings along " +
                      (packed.size() == 1 ? "runs with this one" : "runs with these");
    const bool is_used = imports_sdk || std::ranges::any_of(kOwn, [&](std::string_view name) {
                             return packed.contains(name);
                         });
    if (!is_used) {
        finding.severity = Severity::info;
        finding.message += " if something imports it, which no code of the package does";
    }
    return {finding};
}

} // namespace preflight::inventory
