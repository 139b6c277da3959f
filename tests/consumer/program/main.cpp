// SPDX-License-Identifier: Apache-2.0
#include <preflight/scan/scan.hpp>

#include <filesystem>
#include <iostream>

int main() {
    const preflight::scan::Request request{.deployments = {{.function = "broken.zip"}},
                                           .working_directory = std::filesystem::current_path()};
    for (const auto& finding : preflight::scan::scan(request).findings) {
        std::cout << finding.rule_id << '\n';
    }
}
