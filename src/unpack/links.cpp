// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "path_index.hpp"
#include "rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace preflight::unpack {

namespace {

// What Linux follows before ELOOP: hostile-archives.md, section 11.
constexpr int kMaxHops = 40;

// All links of an archive together may take this many steps from one component of a path to the
// next. Honest archives take some hundred; without a bound, links that lead through each other cost
// the square of their number.
constexpr std::size_t kMaxSteps = 1'000'000;

/// A path of "/"-separated components that can be walked up and down. With the hash of every folder
/// on the way: where a link may stand is asked at each step.
class Walk {
public:
    /// `root` is "/" for an absolute path.
    explicit Walk(std::uint64_t hash_seed, std::string_view root = {})
        : root_(hash_seed), path_(root) {}

    [[nodiscard]] std::string_view path() const { return path_; }
    [[nodiscard]] bool is_at_root() const { return levels_.empty(); }
    /// Of the path, or of what lies below the folder that was declared a root last.
    [[nodiscard]] std::uint64_t hash() const { return last_hash().value(); }

    void enter(std::string_view component) {
        auto hash = last_hash();
        hash.add(component);
        levels_.push_back({.length = path_.size(), .hash = hash});
        if (!path_.empty() && !path_.ends_with('/')) {
            path_ += '/';
        }
        path_ += component;
    }

    void leave() {
        if (!levels_.empty()) {
            path_.resize(levels_.back().length);
            levels_.pop_back();
        }
    }

    /// Lets hashes begin anew below the folder entered last.
    void begin_hash_here() { levels_.back().hash = root_; }

private:
    struct Level {
        std::size_t length; ///< Of the path above.
        PathHash hash;
    };

    [[nodiscard]] PathHash last_hash() const {
        return levels_.empty() ? root_ : levels_.back().hash;
    }

    PathHash root_;
    std::string path_;
    std::vector<Level> levels_;
};

/// What is still to be walked: the rest of a target, and behind it the rests of those it was met
/// in.
class Itinerary {
public:
    void insert(std::string_view target) { rests_.push_back(target); }

    /// The next component that says something; empty at the end.
    [[nodiscard]] std::string_view next() {
        while (!rests_.empty()) {
            auto& rest = rests_.back();
            const auto begin = std::min(rest.find_first_not_of('/'), rest.size());
            const auto end = std::min(rest.find('/', begin), rest.size());
            const auto component = rest.substr(begin, end - begin);
            rest.remove_prefix(end);
            if (rest.empty()) {
                rests_.pop_back();
            }
            if (!component.empty() && component != ".") {
                return component;
            }
        }
        return {};
    }

private:
    std::vector<std::string_view> rests_;
};

PathIndex index_links(std::span<const Entry> entries, std::uint64_t hash_seed) {
    std::vector<PathIndex::Item> links;
    for (std::uint32_t index = 0; index < entries.size(); ++index) {
        if (entries[index].type == EntryType::link) {
            links.push_back({.hash = hash_path(hash_seed, entries[index].path), .entry = index});
        }
    }
    return PathIndex(std::move(links));
}

/// Follows links through the entries of one archive.
class Resolver {
public:
    Resolver(const Archive& archive, std::uint64_t hash_seed)
        : archive_(archive), hash_seed_(hash_seed),
          links_(index_links(archive.entries, hash_seed)) {}

    /// Whether the link at `path` ends inside the archive or below a folder of Lambda.
    [[nodiscard]] bool is_contained(std::string_view path, std::string_view target) {
        if (target.starts_with('/')) {
            return stays_below_lambda_root(target);
        }
        Walk walk(hash_seed_);
        Itinerary way_there;
        way_there.insert(path);
        for (auto component = way_there.next(); !component.empty(); component = way_there.next()) {
            walk.enter(component);
        }
        walk.leave();
        Itinerary itinerary;
        itinerary.insert(target);
        int hops = 0;
        for (auto component = itinerary.next(); !component.empty(); component = itinerary.next()) {
            if (++steps_ > kMaxSteps || (component == ".." && walk.is_at_root())) {
                return false;
            }
            if (component == "..") {
                walk.leave();
                continue;
            }
            walk.enter(component);
            const auto met = find_link(walk.hash(), walk.path());
            if (!met) {
                continue;
            }
            if (++hops > kMaxHops) {
                return false;
            }
            if (met->starts_with('/')) {
                return stays_below_lambda_root(*met, itinerary);
            }
            walk.leave();
            itinerary.insert(*met);
        }
        return true;
    }

private:
    /// Whether an absolute path stays below the folders of Lambda. What lies there is known only as
    /// far as this archive goes, so nothing may go up again from behind one of its links: where
    /// that leads depends on where the archive is unpacked.
    [[nodiscard]] bool stays_below_lambda_root(std::string_view target, Itinerary itinerary = {}) {
        itinerary.insert(target);
        Walk walk(hash_seed_, "/");
        bool has_met_link = false;
        for (auto component = itinerary.next(); !component.empty(); component = itinerary.next()) {
            if (++steps_ > kMaxSteps || (component == ".." && has_met_link)) {
                return false;
            }
            if (component == "..") {
                walk.leave();
                continue;
            }
            walk.enter(component);
            const auto path = find_path_in_artifact(walk.path());
            has_met_link = has_met_link || (path && find_link(walk.hash(), *path));
            if (path && path->empty()) {
                walk.begin_hash_here();
            }
        }
        return find_path_in_artifact(walk.path()).has_value();
    }

    /// The target of the link at `path`, if there is one.
    [[nodiscard]] std::optional<std::string_view> find_link(std::uint64_t hash,
                                                            std::string_view path) const {
        const auto found = links_.find(
            hash, [&](std::uint32_t index) { return archive_.entries[index].path == path; });
        return found ? std::optional<std::string_view>(archive_.target_of(archive_.entries[*found]))
                     : std::nullopt;
    }

    const Archive& archive_;
    std::uint64_t hash_seed_;
    PathIndex links_;
    std::size_t steps_ = 0;
};

} // namespace

std::optional<std::string_view> find_path_in_artifact(std::string_view path) {
    for (const std::string_view root : {"/var/task", "/opt"}) {
        if (path == root) {
            return std::string_view();
        }
        if (path.starts_with(root) && path[root.size()] == '/') {
            return path.substr(root.size() + 1);
        }
    }
    return std::nullopt;
}

std::optional<Breach> read_link_targets(Archive& archive) {
    std::optional<Breach> breach;
    const auto see = [&](const Entry& link) {
        breach = first_of(
            breach, Breach{.rule = &kSymlinkTarget, .offset = link.offset, .name = link.path});
    };
    std::optional<Inflater> inflater;
    auto left = kMaxTargetsBytes;
    for (auto& entry : archive.entries) {
        if (entry.type != EntryType::link) {
            continue;
        }
        entry.link = static_cast<std::uint32_t>(archive.link_targets.size());
        auto& target = archive.link_targets.emplace_back();
        if (entry.size == 0 || entry.size > kMaxTargetBytes || entry.size > left) {
            see(entry);
            continue;
        }
        left -= entry.size;
        if (!inflater) {
            inflater.emplace();
        }
        // Damaged data are reported by R13 when it comes to them.
        if (const auto bytes = inflater->inflate(entry)) {
            target = as_text(*bytes);
            if (target.find('\0') != std::string::npos) {
                see(entry);
            }
        }
    }
    archive.inflated_bytes += inflater ? inflater->inflated_bytes() : 0;
    return breach;
}

std::optional<Breach> find_escape(const Archive& archive, std::uint64_t hash_seed) {
    std::optional<Breach> breach;
    if (archive.link_targets.empty()) {
        return breach;
    }
    Resolver resolver(archive, hash_seed);
    for (const auto& entry : archive.entries) {
        if (entry.type == EntryType::link && !archive.target_of(entry).empty() &&
            !resolver.is_contained(entry.path, archive.target_of(entry))) {
            breach = first_of(
                breach,
                Breach{.rule = &kSymlinkEscape, .offset = entry.offset, .name = entry.path});
        }
    }
    return breach;
}

} // namespace preflight::unpack
