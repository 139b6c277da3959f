// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string_view>

namespace preflight::test {

void expect_golden(const std::filesystem::path& golden, std::string_view actual) {
    const char* update = std::getenv("PREFLIGHT_UPDATE_GOLDEN"); // NOLINT(concurrency-mt-unsafe)
    if (update != nullptr && std::string_view(update) == "1") {
        std::ofstream file(golden, std::ios::binary);
        file << actual;
        ASSERT_TRUE(file.flush()) << "cannot write " << golden;
        GTEST_SKIP() << "wrote " << golden << " anew";
    }

    ASSERT_TRUE(std::filesystem::exists(golden))
        << golden << " is missing; PREFLIGHT_UPDATE_GOLDEN=1 writes it. It would hold:\n"
        << actual;
    EXPECT_EQ(content_of(golden), actual) << "differs from " << golden;
}

} // namespace preflight::test
