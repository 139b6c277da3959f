// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preflight/advisory/index.hpp"

#include <string>
#include <vector>

/// Advisories and records that the tests of this module share. They are made up.
namespace preflight::advisory::sample {

/// One in which no member is empty.
[[nodiscard]] inline Advisory full_advisory() {
    Advisory advisory{.id = "PYSEC-2024-1",
                      .modified = "2024-05-06T07:08:09.5Z",
                      .aliases = {"CVE-2024-1", "GHSA-aaaa-bbbb-cccc"},
                      .summary = "sample before 1.2 trusts its input",
                      .severity_vectors = {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
                      .label = Severity::high,
                      .ranges = {Range{{Event{EventKind::introduced, "0", ""},
                                        Event{EventKind::fixed, "1.2", "12"}}},
                                 Range{}}};
    for (const auto* version : {"1.0", "1.1", "2004-beta"}) {
        advisory.versions.add(version);
    }
    return advisory;
}

/// Packages `package-0` to `package-<count - 1>`, with one to three records each.
[[nodiscard]] inline RowsByName many_rows(int count) {
    RowsByName rows;
    for (int package = 0; package < count; ++package) {
        std::vector<Advisory> records;
        for (int record = 0; record <= package % 3; ++record) {
            auto advisory = full_advisory();
            advisory.id = "PYSEC-2024-" + std::to_string(1000 + 10 * package + record);
            records.push_back(std::move(advisory));
        }
        rows["package-" + std::to_string(package)] = encode_advisories(records);
    }
    return rows;
}

/// A record as OSV writes it, of one package that is affected below 2.0.
[[nodiscard]] inline std::string record_text(const std::string& id,
                                             const std::string& package,
                                             const std::string& modified = "2024-01-02T03:04:05Z",
                                             const std::string& further = "") {
    return R"({"id":")" + id + R"(","modified":")" + modified + R"(",)" + further +
           R"("affected":[{"package":{"ecosystem":"PyPI","name":")" + package +
           R"("},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0"}]}]}]})";
}

} // namespace preflight::advisory::sample
