// SPDX-License-Identifier: Apache-2.0
#include "taken_inventory.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::inventory {
namespace {

TEST(AddPathFiles, ReportsCodeThatRunsAtEveryStart) {
    for (const auto& [path, role] :
         {std::pair("evil.pth", deployment::Role::function),
          std::pair("python/evil.pth", deployment::Role::layer),
          std::pair("python/lib/python3.12/site-packages/evil.pth", deployment::Role::layer)}) {
        const auto inventory = take_inventory({{path, "# a\nimport os; os.system('x')\n"}}, role);

        const auto* const finding = find(inventory, "inventory.path-file");
        ASSERT_NE(finding, nullptr) << path;
        EXPECT_EQ(finding->severity, Severity::high) << path;
        EXPECT_EQ(finding->location.path, path);
        EXPECT_EQ(finding->location.line, 2U);
        EXPECT_EQ(finding->message,
                  "Python runs line 2 of '" + std::string(path) +
                      "' at every cold start: 'import os; os.system('x')'");
    }
}

TEST(AddPathFiles, NotesCodeWherePythonDoesNotLook) {
    for (const auto& [path, role] :
         {std::pair("pkg/evil.pth", deployment::Role::function),
          std::pair(".requirements.zip!/evil.pth", deployment::Role::function),
          std::pair("evil.pth", deployment::Role::layer)}) {
        const auto inventory = take_inventory({{path, "import os\n"}}, role);

        EXPECT_EQ(find(inventory, "inventory.path-file")->severity, Severity::info) << path;
    }
}

TEST(AddPathFiles, KnowsWhatSetuptoolsWrites) {
    const auto inventory = take_inventory(
        {{"distutils-precedence.pth",
          "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == "
          "'local'; enabled and __import__('_distutils_hack').add_shim(); "}});

    EXPECT_EQ(find(inventory, "inventory.path-file")->severity, Severity::info);
}

TEST(AddPathFiles, TakesUpWhatAPathFileAdds) {
    const auto inventory =
        take_inventory({{"a.pth", "vendor\n./eggs/demo.egg\n/opt/x\n"}, {"pkg/b.pth", "lib\n"}});

    EXPECT_EQ(inventory.added_folders, (std::vector<std::string>{"eggs/demo.egg", "vendor", "x"}));
    EXPECT_EQ(find(inventory, "inventory.path-file")->message,
              "'a.pth' adds 3 lines to the import path, the first is 'vendor'");
}

TEST(AddPathFiles, ReportsEditableInstalls) {
    const auto inventory = take_inventory({{"demo.egg-link", "/home/me/demo\n.\n"}});

    const auto* const finding = find(inventory, "inventory.not-from-index");
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->message,
              "'demo.egg-link' is an editable install whose code lies in '/home/me/demo', not in "
              "the package");
}

TEST(AddPathFiles, NamesWheelsThatLieInThePackage) {
    const auto inventory =
        take_inventory({{"dist/demo-1.0-py3-none-any.whl", "PK"}, {"x.whl", ""}});

    ASSERT_EQ(inventory.distributions.size(), 1U);
    EXPECT_EQ(inventory.distributions.front().package.purl, "pkg:pypi/demo@1.0");
    EXPECT_EQ(inventory.distributions.front().origin, Origin::wheel);
    EXPECT_EQ(inventory.distributions.front().state, State::packed);
}

TEST(AddPathFiles, TakesUpWhatIsDeclaredAndWhoImportsTheSdk) {
    const auto inventory =
        take_inventory({{"requirements.txt", "a==1\nb>=2\n"}, {"app.py", "import boto3\n"}});

    ASSERT_EQ(inventory.declarations.size(), 1U);
    EXPECT_EQ(inventory.declarations.front().pins.size(), 1U);
    EXPECT_TRUE(inventory.imports_sdk);
    EXPECT_FALSE(take_inventory({{"app.py", "import os\n"}}).imports_sdk);
}

} // namespace
} // namespace preflight::inventory
