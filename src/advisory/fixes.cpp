// SPDX-License-Identifier: Apache-2.0
#include "fixes.hpp"

#include "affected.hpp"

#include "preflight/python/version.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <utility>

namespace preflight::advisory {

namespace {

void sort_each_once(std::vector<std::string>& keys) {
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

bool comes_before(const Event* left, const Event* right) {
    return std::tie(left->key, left->version) < std::tie(right->key, right->version);
}

bool is_same_version(const Event* left, const Event* right) {
    return left->key == right->key;
}

void append_fixes(const Range& range, std::string_view above, std::vector<const Event*>& fixes) {
    for (const auto& event : range.events) {
        if (event.kind == EventKind::fixed && event.key > above) {
            fixes.push_back(&event);
        }
    }
}

/// The versions that are named, in ascending order. Of two spellings of one version the shorter or
/// first one.
std::vector<python::Version> find_named(std::string_view above,
                                        std::span<const Advisory* const> naming) {
    std::vector<const Event*> events;
    for (const auto* advisory : naming) {
        for (const auto& range : advisory->ranges) {
            append_fixes(range, above, events);
        }
    }
    std::ranges::sort(events, comes_before);
    events.erase(std::unique(events.begin(), events.end(), is_same_version), events.end());

    std::vector<python::Version> versions;
    for (const auto* event : events) {
        if (auto version = python::parse_version(event->version)) {
            versions.push_back(*std::move(version));
        }
    }
    return versions;
}

/// The keys under which a version is judged: its own, and that of its public part.
std::vector<std::string> keys_of(const python::Version& version) {
    std::vector<std::string> keys = {version.key()};
    if (version.has_local()) {
        keys.push_back(python::version_key(version.public_text()));
    }
    return keys;
}

} // namespace

std::vector<Fix> find_fixes(std::string_view key,
                            std::span<const Advisory* const> naming,
                            std::span<const Advisory* const> affecting) {
    const auto versions = find_named(key, naming);
    std::vector<std::string> keys;
    for (const auto& version : versions) {
        std::ranges::move(keys_of(version), std::back_inserter(keys));
    }
    sort_each_once(keys);
    const auto is_affected = find_affected(keys, affecting);

    std::vector<Fix> fixes;
    for (const auto& version : versions) {
        const bool is_clear = std::ranges::none_of(keys_of(version), [&](const std::string& own) {
            const auto place = std::ranges::lower_bound(keys, own);
            return is_affected[static_cast<std::size_t>(place - keys.begin())];
        });
        if (is_clear) {
            fixes.push_back({version.text(), version.is_prerelease()});
        }
    }
    return fixes;
}

std::string choose_fix(std::span<const Fix> fixes) {
    const auto final_release =
        std::ranges::find_if_not(fixes, [](const Fix& fix) { return fix.is_prerelease; });
    if (final_release != fixes.end()) {
        return final_release->text;
    }
    return fixes.empty() ? "" : fixes.front().text;
}

} // namespace preflight::advisory
