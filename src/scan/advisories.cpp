// SPDX-License-Identifier: Apache-2.0
#include "advisories.hpp"

#include "preflight/advisory/match.hpp"
#include "preflight/base/failure.hpp"
#include "preflight/base/text.hpp"

#include <map>
#include <utility>

namespace preflight::scan {

namespace {

constexpr std::string_view kHowToGetTheFullFeed =
    "only the starter feed was there, which is small and old: fetch all.zip of OSV's public PyPI "
    "export, compile it with "
    "'lambda-preflight db build --from all.zip --db index.db' and scan with '--db index.db', or "
    "write '--feed starter' if "
    "that one is enough";

Incomplete make_unusable(const std::string& feed, const std::string& why) {
    return {.kind = IncompleteKind::feed, .what = printable(feed), .why = why};
}

/// Opens one feed, or notes why that cannot be.
template <class Open>
void open_feed(const std::filesystem::path& path,
               const std::filesystem::path& working_directory,
               const Open& open,
               OpenedFeeds& opened) {
    const auto name = make_report_path(path, working_directory);
    try {
        auto feed = open();
        for (const auto& record : feed.unreadable()) {
            auto where = in_quotes(record.where);
            rename_path(where, path, name);
            opened.incomplete.push_back(
                make_unusable(where.substr(1, where.size() - 2), record.why));
        }
        opened.names.push_back(feed.facts().kind == "starter" ? feed.facts().source : name);
        opened.feeds.push_back(std::move(feed));
    } catch (const Failure& failure) {
        opened.incomplete.push_back(make_unusable(name, failure.what()));
        rename_path(opened.incomplete.back().why, path, name);
    }
}

/// Remembers what was found about a name and a version, since many deployments share both.
class Matcher {
public:
    explicit Matcher(std::span<const advisory::Feed> feeds) : feeds_(feeds) {}

    /// Throws Failure when a feed is damaged.
    [[nodiscard]] const advisory::MatchResult& match(const PackageName& package) {
        const std::pair key(package.name, package.version);
        if (const auto known = results_.find(key); known != results_.end()) {
            return known->second;
        }
        const auto advisories = advisory::find_advisories(feeds_, package.name, package.version);
        return results_.emplace(key, advisory::match(package, advisories)).first->second;
    }

private:
    std::span<const advisory::Feed> feeds_;
    std::map<std::pair<std::string, std::string>, advisory::MatchResult> results_;
};

/// Whether a finding in a distribution is one that may gate.
Status status_of(const Request& request, const PlacedDistribution& placed) {
    const bool is_effective = !placed.effective_in.empty();
    if (!is_effective && !request.includes_shadowed) {
        return Status::shadowed;
    }
    if (!placed.artifact) {
        return Status::runtime;
    }
    return request.ignores_vendored && placed.distribution->is_carried_along() ? Status::waived
                                                                               : Status::open;
}

Finding locate(Finding finding,
               const Request& request,
               const ArtifactSet& set,
               const PlacedDistribution& placed) {
    const bool is_effective = !placed.effective_in.empty();
    finding.artifact = id_of(set, placed);
    if (!placed.distribution->host.empty()) {
        finding.message +=
            " (a copy that " + printable(placed.distribution->host) + " carries along)";
    }
    finding.location = {.path = placed.distribution->path, .line = placed.distribution->line};
    finding.deployments =
        is_effective && !request.includes_shadowed ? placed.effective_in : placed.present_in;
    finding.status = status_of(request, placed);
    return finding;
}

} // namespace

OpenedFeeds open_feeds(const Request& request, Workers& workers) {
    OpenedFeeds opened;
    const auto& choice = request.feeds;
    const auto& folder = request.working_directory;
    for (const auto& index : choice.indexes) {
        open_feed(
            index, folder, [&] { return advisory::Feed::open_index(index); }, opened);
    }
    for (const auto& directory : choice.directories) {
        open_feed(
            directory,
            folder,
            [&] { return advisory::Feed::read_directory(directory, workers); },
            opened);
    }
    if (choice.has_starter || choice.names_nothing()) {
        open_feed(
            "starter",
            folder,
            [&] { return advisory::Feed::open_starter(choice.starter_image); },
            opened);
    }
    if (choice.names_nothing()) {
        opened.incomplete.push_back(make_unusable("starter", std::string(kHowToGetTheFullFeed)));
    }
    return opened;
}

Matches match_distributions(const Request& request,
                            const ArtifactSet& set,
                            const Layout& layout,
                            std::span<const advisory::Feed> feeds) {
    Matches matches{.upgrades = std::vector<std::string>(layout.distributions.size())};
    Matcher matcher(feeds);
    for (std::size_t index = 0; index < layout.distributions.size(); ++index) {
        const auto& placed = layout.distributions[index];
        if (placed.distribution->package.version.empty()) {
            continue; // a runtime's, of which nobody knows which one it is
        }
        try {
            const auto& result = matcher.match(placed.distribution->package);
            matches.upgrades[index] = result.upgrade;
            for (const auto& finding : result.findings) {
                matches.findings.push_back(locate(finding, request, set, placed));
            }
        } catch (const Failure& failure) {
            matches.incomplete.push_back(
                make_unusable(placed.distribution->package.name, failure.what()));
            for (const auto& feed : request.feeds.indexes) {
                rename_path(matches.incomplete.back().why,
                            feed,
                            make_report_path(feed, request.working_directory));
            }
        }
    }
    return matches;
}

} // namespace preflight::scan
