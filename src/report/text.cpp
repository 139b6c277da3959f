// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/text.hpp"

#include "names.hpp"
#include "paint.hpp"

#include "preflight/report/report.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace preflight::report {

namespace {

constexpr std::size_t kSeverityWidth = 8; // as long as "critical"
constexpr std::string_view kDetailIndent = "                   ";

std::string join(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += text.empty() ? "" : ", ";
        text += printable(item);
    }
    return text;
}

std::string pad(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

Severity severity_of(const Finding& finding) {
    return finding.severity.value_or(Severity::critical);
}

/// The findings that touch the same deployments and are about the same copy of a distribution, or
/// about none.
struct Group {
    std::vector<const Finding*> findings; ///< The worst first.

    [[nodiscard]] const Finding& first() const { return *findings.front(); }
    [[nodiscard]] bool has_package() const { return first().package && first().advisory; }
};

bool belong_together(const Finding& left, const Finding& right) {
    const auto name = [](const Finding& finding) {
        return finding.package && finding.advisory ? finding.package->purl : std::string();
    };
    return left.deployments == right.deployments && name(left) == name(right) &&
           (name(left).empty() ||
            (left.artifact == right.artifact && left.location.path == right.location.path));
}

bool is_worse(const Finding* left, const Finding* right) {
    const auto rank = [](const Finding& finding) {
        return std::tuple(finding.gates, severity_of(finding), finding.score_tenths.value_or(0));
    };
    return rank(*left) > rank(*right);
}

/// Puts findings that belong together into groups, the group with the worst finding first.
std::vector<Group> make_groups(std::vector<const Finding*> findings) {
    const auto place = [](const Finding* finding) {
        const bool is_advisory = finding->package && finding->advisory;
        using Text = std::string_view;
        return std::tuple(is_advisory ? Text(finding->package->purl) : Text(),
                          is_advisory ? Text(finding->artifact) : Text(),
                          is_advisory ? Text(finding->location.path) : Text());
    };
    std::ranges::stable_sort(findings, {}, place);
    std::vector<Group> groups;
    for (const auto* finding : findings) {
        if (groups.empty() || !belong_together(groups.back().first(), *finding)) {
            groups.emplace_back();
        }
        groups.back().findings.push_back(finding);
    }
    for (auto& group : groups) {
        std::ranges::stable_sort(group.findings, is_worse);
    }
    std::ranges::stable_sort(groups, [](const Group& left, const Group& right) {
        return is_worse(&left.first(), &right.first());
    });
    return groups;
}

/// The findings that touch the same deployments.
struct Section {
    std::vector<std::string> deployments; ///< Names.
    const Deployment* deployment;         ///< Where it is but one; else nullptr.
    std::vector<const Finding*> findings;
};

/// A section for each deployment, then one for every other set of them that some finding touches.
std::vector<Section> make_sections(const Report& report) {
    std::vector<Section> sections;
    std::map<std::vector<std::string>, std::size_t> index_of;
    for (const auto& deployment : report.deployments) {
        index_of.emplace(std::vector{deployment.name}, sections.size());
        sections.push_back({.deployments = {deployment.name}, .deployment = &deployment});
    }
    for (const auto& finding : report.findings) {
        if (finding.deployments.empty()) {
            continue;
        }
        const auto [known, is_new] = index_of.try_emplace(finding.deployments, sections.size());
        if (is_new) {
            sections.push_back({.deployments = finding.deployments, .deployment = nullptr});
        }
        sections[known->second].findings.push_back(&finding);
    }
    return sections;
}

/// The packages of a report by what is asked of them.
class PackageTable {
public:
    explicit PackageTable(const Report& report) {
        for (const auto& package : report.packages) {
            by_place_.emplace(
                Place(package.artifact, package.path, package.line, package.package.name),
                &package);
            for (const auto& deployment : package.deployments) {
                ++count_of_[deployment];
            }
        }
    }

    /// The one that a finding is about.
    [[nodiscard]] const Package* find(const Finding& finding) const {
        const auto found = by_place_.find(Place(
            finding.artifact, finding.location.path, finding.location.line, finding.package->name));
        return found == by_place_.end() ? nullptr : found->second;
    }

    /// How many a deployment has.
    [[nodiscard]] std::size_t count(std::string_view deployment) const {
        const auto found = count_of_.find(deployment);
        return found == count_of_.end() ? 0 : found->second;
    }

private:
    /// Artifact, path, line and name.
    using Place = std::tuple<std::string_view, std::string_view, std::size_t, std::string_view>;

    std::map<Place, const Package*> by_place_;
    std::map<std::string_view, std::size_t> count_of_;
};

/// Writes one report.
class TextWriter {
public:
    TextWriter(const Report& report, const TextStyle& style)
        : report_(report), packages_(report), paint_(style.has_colour) {}

    [[nodiscard]] std::string write() && {
        for (const auto& section : make_sections(report_)) {
            write_section(section);
        }
        write_incomplete();
        write_footer();
        return std::move(text_);
    }

private:
    void write_section(const Section& section) {
        write_heading(section);
        for (const auto& group : make_groups(section.findings)) {
            write_group(group);
        }
        text_ += '\n';
    }

    void write_heading(const Section& section) {
        text_ += paint_.bold(join(section.deployments));
        if (const auto* deployment = section.deployment) {
            text_ += ": " + printable(deployment->function);
            for (const auto& layer : deployment->layers) {
                text_ += " + " + printable(layer);
            }
            text_ += ", " + deployment->runtime + " (" + deployment->runtime_source + "), " +
                     deployment->architecture + " (" + deployment->architecture_source + "), " +
                     counted_packages(deployment->name);
        }
        text_ += '\n';
    }

    [[nodiscard]] std::string counted_packages(std::string_view deployment) const {
        const auto count = packages_.count(deployment);
        return count == 0 ? "no Python distributions found"
                          : counted(count, "distribution", "distributions");
    }

    void write_group(const Group& group) {
        const bool names_upgrade = group.has_package() && write_package_line(group.first());
        for (const auto* finding : group.findings) {
            write_finding(*finding);
            const bool is_said =
                names_upgrade && finding->rule_id == "advisory.known-vulnerability";
            if (severity_of(*finding) > Severity::info && !is_said) {
                text_ += std::string(kDetailIndent) + finding->remedy + "\n";
            }
        }
    }

    /// Says whether the line names an upgrade, which then is the remedy of all findings below it.
    bool write_package_line(const Finding& finding) {
        const auto* package = packages_.find(finding);
        text_ +=
            "  " + paint_.bold(printable(finding.package->name + " " + finding.package->version));
        text_ += " in ";
        text_ += finding.artifact.empty() ? "the runtime" : printable(finding.artifact);
        if (finding.location.line > 0) { // of a requirements file, or of a list in the artifact
            text_ += finding.location.path.empty() ? "" : ", " + printable(finding.location.path);
            text_ += ":" + std::to_string(finding.location.line);
        }
        const bool names_upgrade = package != nullptr && !package->upgrade.empty();
        if (names_upgrade) {
            text_ += ", upgrade to " + paint_.bold(printable(package->upgrade));
        }
        text_ += '\n';
        return names_upgrade;
    }

    void write_finding(const Finding& finding) {
        const auto severity = severity_of(finding);
        text_ += finding.gates ? "  * " : "    ";
        text_ +=
            paint_.severity(severity, pad(std::string(to_string(severity)), kSeverityWidth)) + " ";
        text_ += pad(score_of(finding), 5) + " ";
        if (finding.advisory) {
            text_ += printable(finding.advisory->id);
            text_ += finding.advisory->aliases.empty()
                         ? ""
                         : " (" + join(finding.advisory->aliases) + ")";
        } else {
            text_ += finding.rule_id;
            text_ += finding.artifact.empty() ? "" : " in " + printable(finding.artifact);
        }
        if (finding.status != Status::open && finding.status != Status::below_threshold) {
            text_ += " [" + std::string(name_of(finding.status)) + "]";
        }
        text_ += "\n" + std::string(kDetailIndent) + finding.message + "\n";
    }

    [[nodiscard]] static std::string score_of(const Finding& finding) {
        if (finding.score_tenths) {
            return std::to_string(*finding.score_tenths / 10) + "." +
                   std::to_string(*finding.score_tenths % 10);
        }
        return finding.severity_source == SeveritySource::unknown ? "?" : "-";
    }

    void write_incomplete() {
        if (report_.incomplete.empty()) {
            return;
        }
        text_ += paint_.bold("not judged") + "\n";
        for (const auto& incomplete : report_.incomplete) {
            text_ += "    " + std::string(name_of(incomplete.kind)) + " ";
            text_ += incomplete.artifact.empty() || incomplete.kind == IncompleteKind::artifact
                         ? ""
                         : printable(incomplete.artifact) + (incomplete.line > 0 ? "" : ": ");
            text_ += incomplete.line > 0 ? ":" + std::to_string(incomplete.line) + ": " : "";
            text_ += incomplete.what + ": " + incomplete.why + "\n";
        }
        text_ += '\n';
    }

    void write_footer() {
        for (const auto& feed : report_.feeds) {
            text_ +=
                "feed: " + printable(feed.name) + " (" + feed.kind + "), " +
                counted(feed.records, "record", "records") +
                (feed.date.empty() ? "" : ", newest of " + printable(feed.date.substr(0, 10))) +
                "\n";
        }
        text_ += "examined: " + std::to_string(report_.stats.entries_examined) + " of " +
                 counted(report_.stats.entries, "entry", "entries") + " in " +
                 counted(report_.artifacts.size(), "artifact", "artifacts") + ", " +
                 counted(report_.packages.size(), "distribution", "distributions") + "\n";
        const auto gating = std::ranges::count_if(report_.findings, &Finding::gates);
        text_ += "verdict: " + paint_.verdict(report_.verdict) + " (" + std::to_string(gating) +
                 " gating of " + counted(report_.findings.size(), "finding", "findings") + ")\n";
    }

    const Report& report_;
    PackageTable packages_;
    Paint paint_;
    std::string text_;
};

} // namespace

std::string write_text(const Report& report, const TextStyle& style) {
    return TextWriter(report, style).write();
}

} // namespace preflight::report
