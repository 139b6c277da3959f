// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/tar_builder.hpp"
#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

#include "preflight/scan/scan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::scan {

using test::deflated;
using test::make_zip;
using test::stored;
using test::ZipEntry;

inline std::string metadata(std::string_view name, std::string_view version) {
    return "Metadata-Version: 2.1\nName: " + std::string(name) +
           "\nVersion: " + std::string(version) + "\n\n";
}

/// The files of an installed distribution below `folder`, which is empty or ends in '/'.
inline std::vector<ZipEntry>
installed(const std::string& folder, const std::string& name, const std::string& version) {
    return {
        deflated(folder + name + "/__init__.py", "pass\n"),
        deflated(folder + name + "-" + version + ".dist-info/METADATA", metadata(name, version)),
        stored(folder + name + "-" + version + ".dist-info/INSTALLER", "pip\n")};
}

inline std::vector<ZipEntry> operator+(std::vector<ZipEntry> left,
                                       const std::vector<ZipEntry>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

/// A record that says that `name` is affected below 2.0.
inline std::string record(const std::string& id, const std::string& name) {
    return R"({"id": ")" + id +
           R"(", "modified": "2026-01-01T00:00:00Z", "severity": [{"type": "CVSS_V3",
        "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}], "affected": [{"package": {"ecosystem": "PyPI",
        "name": ")" +
           name + R"("}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"},
        {"fixed": "2.0"}]}]}]})";
}

class Scan : public testing::Test {
protected:
    Scan() {
        folder_.write("advisories/a.json", record("X-1", "demo"));
        request_.working_directory = folder_.path();
        request_.feeds.directories = {folder_.path() / "advisories"};
        request_.platform = {.runtime = deployment::Runtime{12},
                             .architecture = deployment::Architecture::x86_64};
    }

    void add_function(const std::string& name, const std::vector<ZipEntry>& entries) {
        request_.deployments.push_back(
            {.function = folder_.write(name, make_zip(entries)), .layers = layers_});
    }

    void add_layer(const std::string& name, const std::vector<ZipEntry>& entries) {
        layers_.push_back(folder_.write(name, make_zip(entries)));
        for (auto& deployment : request_.deployments) {
            deployment.layers = layers_;
        }
    }

    [[nodiscard]] static const Finding* find(const report::Report& report, std::string_view rule) {
        const auto found = std::ranges::find(report.findings, rule, &Finding::rule_id);
        return found == report.findings.end() ? nullptr : &*found;
    }

    test::TemporaryDirectory folder_;
    Request request_;

private:
    std::vector<std::filesystem::path> layers_; ///< Of all functions.
};

} // namespace preflight::scan
