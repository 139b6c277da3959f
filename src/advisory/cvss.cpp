// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/cvss.hpp"

#include "cvss_versions.hpp"

namespace preflight::advisory {

Result<CvssScores> parse_cvss(std::string_view vector) {
    constexpr std::string_view kPrefix = "CVSS:";
    if (vector.starts_with(kPrefix)) {
        const auto prefix = vector.substr(0, std::string_view("CVSS:3.1/").size());
        if (prefix == "CVSS:3.1/") {
            return parse_cvss3(vector, prefix.size(), Cvss3Minor::one);
        }
        if (prefix == "CVSS:3.0/") {
            return parse_cvss3(vector, prefix.size(), Cvss3Minor::zero);
        }
        if (prefix == "CVSS:4.0/") {
            return parse_cvss4(vector, prefix.size());
        }
        return InputError{"expected CVSS version 3.0, 3.1 or 4.0 and '/'", kPrefix.size()};
    }
    // CVSS 2 guide, section 2.4, writes vectors bare; NVD put them in parentheses.
    if (vector.starts_with('(')) {
        if (!vector.ends_with(')')) {
            return InputError{"the parenthesis is not closed", vector.size()};
        }
        return parse_cvss2(vector.substr(0, vector.size() - 1), 1);
    }
    return parse_cvss2(vector, 0);
}

} // namespace preflight::advisory
