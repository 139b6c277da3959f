// SPDX-License-Identifier: Apache-2.0
#include "checks.hpp"
#include "rules.hpp"

#include <algorithm>
#include <string_view>

namespace preflight::unpack {

namespace {

constexpr std::uint64_t kMaxTargetBytes =
    4'095;                   // hostile-archives.md, section 11: PATH_MAX without its NUL
constexpr int kMaxHops = 40; // likewise: what Linux follows before ELOOP

// All links of an archive together may take this many steps from one component of a path to the
// next. Honest archives take some hundred; without a bound, links that lead through each other cost
// the square of their number.
constexpr std::size_t kMaxSteps = 1'000'000;

/// The folders that Lambda unpacks to. A link to somewhere in them is the user's business.
bool is_below_lambda_root(std::string_view path) {
    return path == "/var/task" || path == "/opt" || path.starts_with("/var/task/") ||
           path.starts_with("/opt/");
}

/// A path of "/"-separated components that can be walked up and down.
class Walk {
public:
    [[nodiscard]] std::string_view path() const { return path_; }
    [[nodiscard]] bool is_at_root() const { return path_.empty(); }

    void enter(std::string_view component) {
        if (!path_.empty()) {
            path_ += '/';
        }
        path_ += component;
    }

    void leave() {
        const auto slash = path_.rfind('/');
        path_.resize(slash == std::string::npos ? 0 : slash);
    }

private:
    std::string path_;
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

/// The part of a path behind "var/task/" or "opt/": where it lies in the archive, if that is
/// unpacked there.
std::string_view path_in_archive(std::string_view path) {
    for (const std::string_view root : {"var/task/", "opt/"}) {
        if (path.starts_with(root)) {
            return path.substr(root.size());
        }
    }
    return {};
}

/// Follows links through the entries of one archive.
class Resolver {
public:
    Resolver(const Directory& directory, const LinkTargets& targets) : targets_(targets) {
        for (std::uint32_t index = 0; index < targets.size(); ++index) {
            if (is_link(directory.entries[index])) {
                links_.push_back({directory.entries[index].path, index});
            }
        }
        std::ranges::sort(links_, {}, &Link::path);
    }

    /// Whether the link at `path` ends inside the archive or below a folder of Lambda.
    [[nodiscard]] bool is_contained(std::string_view path, std::string_view target) {
        if (target.starts_with('/')) {
            return stays_below_lambda_root(target);
        }
        Walk walk;
        walk.enter(path);
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
            const auto* const link = find_link(walk.path());
            if (link == nullptr) {
                continue;
            }
            const std::string_view met = targets_[link->index];
            if (++hops > kMaxHops) {
                return false;
            }
            if (met.starts_with('/')) {
                return stays_below_lambda_root(met, itinerary);
            }
            walk.leave();
            itinerary.insert(met);
        }
        return true;
    }

private:
    struct Link {
        std::string_view path;
        std::uint32_t index = 0;
    };

    /// Whether an absolute path stays below the folders of Lambda. What lies there is known only as
    /// far as this archive goes, so nothing may go up again from behind one of its links: where
    /// that leads depends on where the archive is unpacked.
    [[nodiscard]] bool stays_below_lambda_root(std::string_view target, Itinerary itinerary = {}) {
        itinerary.insert(target);
        Walk walk;
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
            has_met_link = has_met_link || find_link(path_in_archive(walk.path())) != nullptr;
        }
        return is_below_lambda_root("/" + std::string(walk.path()));
    }

    [[nodiscard]] const Link* find_link(std::string_view path) const {
        const auto found = std::ranges::lower_bound(links_, path, {}, &Link::path);
        return found != links_.end() && found->path == path ? &*found : nullptr;
    }

    const LinkTargets& targets_;
    std::vector<Link> links_;
    std::size_t steps_ = 0;
};

/// The text of a link, or nothing where it breaks a rule: R11 says which texts are none, R13 which
/// data are none.
const Rule* read_target(Inflater& inflater, const Headers& entry, std::string& target) {
    if (entry.central.size == 0 || entry.central.size > kMaxTargetBytes) {
        return &kSymlinkTarget;
    }
    const auto bytes = inflater.inflate(make_entry(entry));
    if (!bytes) {
        return nullptr; // its data are damaged, which R13 reports when it comes to them
    }
    target = as_text(*bytes);
    return target.find('\0') != std::string::npos ? &kSymlinkTarget : nullptr;
}

} // namespace

std::optional<Finding> check_links(const Directory& directory, LinkTargets& targets) {
    const auto& entries = directory.entries;
    targets.resize(entries.size());
    if (std::ranges::none_of(entries, is_link)) {
        return std::nullopt;
    }
    std::vector<const Rule*> broken(entries.size(), nullptr);
    Inflater inflater;
    for (std::size_t index = 0; index < entries.size(); ++index) {
        if (is_link(entries[index])) {
            broken[index] = read_target(inflater, entries[index], targets[index]);
        }
    }
    Resolver resolver(directory, targets);
    for (const auto index : directory.by_offset) {
        const auto& entry = entries[index];
        if (broken[index] == nullptr && !targets[index].empty() &&
            !resolver.is_contained(entry.path, targets[index])) {
            broken[index] = &kSymlinkEscape;
        }
        if (broken[index] != nullptr) {
            return refuse(*broken[index], entry.begin, entry.central.name);
        }
    }
    return std::nullopt;
}

} // namespace preflight::unpack
