// SPDX-License-Identifier: Apache-2.0
#include "preflight/deployment/import_folder.hpp"

#include <gtest/gtest.h>

namespace preflight::deployment {
namespace {

TEST(FindImportFolder, FindsWhereAFunctionIsImportedFrom) {
    EXPECT_EQ(find_import_folder("app.py", Role::function), "");
    EXPECT_EQ(find_import_folder("python/app.py", Role::function), "");
    EXPECT_EQ(find_import_folder(".requirements.zip!", Role::function), ".requirements.zip!");
    EXPECT_EQ(find_import_folder(".requirements.zip!/a.py", Role::function), ".requirements.zip!");
    EXPECT_EQ(find_import_folder(".requirements.zip!x", Role::function), "");
}

TEST(FindImportFolder, FindsWhereALayerIsImportedFrom) {
    EXPECT_EQ(find_import_folder("python/a.py", Role::layer), "python");
    EXPECT_EQ(find_import_folder("python", Role::layer), "python");
    EXPECT_EQ(find_import_folder("python/lib/python3.9/x.py", Role::layer), "python");
    EXPECT_EQ(find_import_folder("python/lib/python3.9/site-packages", Role::layer),
              "python/lib/python3.9/site-packages");
    EXPECT_EQ(find_import_folder("python/lib/python3.9/site-packages/a/b.py", Role::layer),
              "python/lib/python3.9/site-packages");
    EXPECT_EQ(find_import_folder("python/lib/python3.9/site-packages2/a.py", Role::layer),
              "python");
    for (const auto* path : {"a.py", "pythonic/a.py", "lib/python3.9/site-packages/a.py", ""}) {
        EXPECT_FALSE(find_import_folder(path, Role::layer)) << path;
    }
}

} // namespace
} // namespace preflight::deployment
