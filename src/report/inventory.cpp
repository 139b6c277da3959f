// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/text.hpp"
#include "preflight/report/report.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace preflight::report {

namespace {

constexpr std::size_t kColumns = 6;
using Row = std::array<std::string, kColumns>;

/// What becomes of a copy, in one word.
std::string describe(const Package& package) {
    if (package.state != "installed") {
        return package.state;
    }
    return package.effective ? "imported" : "shadowed";
}

Row make_row(const Package& package) {
    return {printable(package.package.name),
            printable(package.package.version.empty() ? "?" : package.package.version),
            package.origin + (package.host.empty() ? "" : " in " + printable(package.host)),
            describe(package),
            printable(package.artifact.empty() ? "the runtime" : package.artifact),
            printable(package.path)};
}

/// What pip would need to install it. A version that is none could add a marker or an option to the
/// line, and becomes a comment.
std::string make_pin(const Package& package) {
    constexpr std::string_view kAllowed =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.+!-_";
    const auto& version = package.package.version;
    const bool is_plain =
        !version.empty() && version.find_first_not_of(kAllowed) == std::string::npos;
    return (is_plain ? "" : "# no version that pip knows: ") + printable(package.package.name) +
           "==" + printable(version) + "\n";
}

} // namespace

std::string write_inventory_text(const Report& report) {
    std::vector<Row> rows = {{"NAME", "VERSION", "ORIGIN", "STATE", "ARTIFACT", "PATH"}};
    std::ranges::transform(report.packages, std::back_inserter(rows), make_row);
    std::array<std::size_t, kColumns> widths{};
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < kColumns; ++column) {
            widths.at(column) = std::max(widths.at(column), row.at(column).size());
        }
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t column = 0; column + 1 < kColumns; ++column) {
            text +=
                row.at(column) + std::string(widths.at(column) + 2 - row.at(column).size(), ' ');
        }
        text += row.back() + '\n';
    }
    for (const auto& item : report.incomplete) {
        text += "not looked at: " + item.what + ": " + item.why + '\n';
    }
    return text;
}

std::string write_inventory_requirements(const Report& report) {
    std::set<std::string> pins;
    for (const auto& package : report.packages) {
        const bool is_installed = package.effective && package.host.empty() &&
                                  package.origin != "runtime" && package.origin != "sbom";
        if (is_installed) {
            pins.insert(make_pin(package));
        }
    }
    std::string text;
    for (const auto& pin : pins) {
        text += pin;
    }
    for (const auto& item : report.incomplete) {
        text += "# not looked at: " + item.what + ": " + item.why + '\n';
    }
    return text;
}

} // namespace preflight::report
