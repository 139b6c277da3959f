// SPDX-License-Identifier: Apache-2.0
#include "nesting.hpp"
#include "support/zip_builder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace preflight::scan {
namespace {

const std::string kZip = test::make_zip({test::stored("a.py", "1")});

std::vector<NestedArchive>
archives_of(const std::vector<std::pair<std::string, std::string>>& files,
            const Nesting& nesting = {}) {
    std::vector<NestedArchive> all;
    for (const auto& [path, bytes] : files) {
        if (auto archive = examine_nesting({.path = path, .bytes = as_bytes(bytes)}, nesting)) {
            all.push_back(*std::move(archive));
        }
    }
    return all;
}

TEST(Nesting, OpensAsDeepAsIsAskedForAndRequirementsAndEggsAlways) {
    EXPECT_FALSE((Nesting{.level = 0, .max_level = 0}.opens("a.zip")));
    EXPECT_TRUE((Nesting{.level = 0, .max_level = 1}.opens("a.zip")));
    EXPECT_FALSE((Nesting{.level = 1, .max_level = 1}.opens("a.zip")));
    EXPECT_TRUE((Nesting{.level = 2, .max_level = 3}.opens("a.zip")));
    EXPECT_TRUE((Nesting{.level = 0, .max_level = 0}.opens(".requirements.zip")));
    EXPECT_FALSE((Nesting{.level = 0, .max_level = 0}.opens("sub/.requirements.zip")));
    EXPECT_FALSE((Nesting{.level = 1, .max_level = 0}.opens(".requirements.zip")));
    EXPECT_TRUE((Nesting{.level = 0, .max_level = 0}.opens("lib/demo-1.0-py3.12.egg")));
    EXPECT_FALSE((Nesting{.level = 1, .max_level = 0}.opens("a.egg!/b.egg")));
}

TEST(ExamineNesting, KeepsACopyOfWhatIsToBeOpened) {
    const auto kept = archives_of({{"a.whl", kZip}}, {.level = 0, .max_level = 1});
    const auto left = archives_of({{"a.whl", kZip}});

    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(as_text(kept[0].bytes), kZip);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_TRUE(left[0].bytes.empty());
    EXPECT_TRUE(archives_of({{"a.py", "import os\n"}, {"a.pth", "import os\n"}}).empty());
}

TEST(ConcludeNesting, NamesWhatWasNotOpened) {
    const auto note = conclude_nesting(archives_of({{"b.zip", kZip}, {"a.jar", kZip}}), {});

    ASSERT_TRUE(note);
    EXPECT_EQ(note->rule_id, "unpack.nested-not-opened");
    EXPECT_EQ(note->severity, Severity::info);
    EXPECT_NE(note->message.find("'a.jar', 'b.zip'"), std::string::npos);
}

TEST(ConcludeNesting, IsMediumWherePythonImportsFromAnArchive) {
    const auto egg = archives_of({{"x.egg", kZip}}, {.level = 1, .max_level = 1});
    const auto zip = archives_of({{"lib/x.zip", kZip}});

    EXPECT_EQ(conclude_nesting(egg, {})->severity, Severity::medium);
    EXPECT_EQ(conclude_nesting(zip, {"lib/x.zip"})->severity, Severity::medium);
    EXPECT_EQ(conclude_nesting(zip, {"lib", "x.zip"})->severity, Severity::info);
}

TEST(ConcludeNesting, TakesADocumentForDataUnlessItIsImported) {
    EXPECT_FALSE(conclude_nesting(archives_of({{"weights.npz", kZip}, {"t.docx", kZip}}), {}));
    EXPECT_TRUE(conclude_nesting(archives_of({{"weights.npz", kZip}}), {"weights.npz"}));
}

TEST(ConcludeNesting, SaysNothingOfWhatIsOpened) {
    EXPECT_FALSE(
        conclude_nesting(archives_of({{"x.zip", kZip}}, {.level = 0, .max_level = 1}), {}));
    EXPECT_FALSE(conclude_nesting(archives_of({{"x.egg", kZip}}), {}));
}

} // namespace
} // namespace preflight::scan
