// SPDX-License-Identifier: Apache-2.0
#include "about.hpp"

#include "preflight/base/text.hpp"

#include <utility>

namespace preflight::inventory {

Finding make_about(const Rule& rule,
                   const Distribution& distribution,
                   std::string path,
                   std::string message) {
    auto finding = make_finding(rule, {.path = std::move(path)});
    finding.package = distribution.package;
    finding.message = std::move(message);
    return finding;
}

Finding make_about(const Rule& rule, const Distribution& distribution, std::string message) {
    return make_about(rule, distribution, distribution.path, std::move(message));
}

Incomplete make_unread(std::string path, std::string why) {
    auto what = printable(path);
    return {.kind = IncompleteKind::entry,
            .what = std::move(what),
            .why = std::move(why),
            .path = std::move(path)};
}

} // namespace preflight::inventory
