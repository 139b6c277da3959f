// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/json.hpp"
#include "preflight/report/comparison.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight::report {
namespace {

Comparison make_comparison() {
    return {.old_path = "old.zip",
            .new_path = "new.zip",
            .is_known = true,
            .distributions = {{.name = "demo", .old_versions = "1.0", .new_versions = "2.0"},
                              {.name = "gone", .old_versions = "1.0, 1.1"},
                              {.name = "tiny", .host = "demo", .new_versions = "3.0"}},
            .files = {{.kind = FileChangeKind::changed, .path = "app.py"},
                      {.kind = FileChangeKind::added, .path = "b.py"},
                      {.kind = FileChangeKind::removed, .path = "c.py"}}};
}

TEST(WriteComparisonText, NamesEachChangeOnALineOfItsOwn) {
    EXPECT_EQ(write_comparison_text(make_comparison()),
              "old.zip -> new.zip\n"
              "\n"
              "distributions\n"
              "  ~ demo 1.0 -> 2.0\n"
              "  - gone 1.0, 1.1\n"
              "  + tiny in demo 3.0\n"
              "\n"
              "files that no RECORD vouches for\n"
              "  ~ app.py\n"
              "  + b.py\n"
              "  - c.py\n");
}

TEST(WriteComparisonText, SaysThatNothingDiffers) {
    EXPECT_EQ(write_comparison_text({.old_path = "a.zip", .new_path = "b.zip", .is_known = true}),
              "a.zip -> b.zip\n\nthe same distributions\n\nno other file differs\n");
}

TEST(WriteComparisonText, SaysWhatWasNotLookedAt) {
    Comparison comparison;
    comparison.old_path = "old.zip";
    comparison.new_path = "new.zip";
    comparison.incomplete = {{.what = "old.zip", .why = "it is gone"}};

    EXPECT_EQ(write_comparison_text(comparison),
              "old.zip -> new.zip\n\nnot looked at\n  old.zip: it is gone\n");

    comparison.is_known = true;
    EXPECT_EQ(write_comparison_text(comparison),
              "old.zip -> new.zip\n\nthe same distributions\n\nno other file differs\n\n"
              "not looked at\n  old.zip: it is gone\n");
}

TEST(WriteComparisonText, EscapesHostileNames) {
    const Comparison comparison{
        .old_path = "a\n::error::.zip",
        .new_path = "\x1b[2J.zip",
        .is_known = true,
        .distributions = {{.name = "x\ny", .host = "h\ni", .old_versions = "1\n2"}},
        .files = {{.kind = FileChangeKind::added, .path = "p\r\n::set-output"}}};

    const auto text = write_comparison_text(comparison);

    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\r'), std::string::npos);
    EXPECT_EQ(text.find("\n::"), std::string::npos);
    EXPECT_EQ(text.find("x\ny"), std::string::npos);
    EXPECT_EQ(text.find("h\ni"), std::string::npos);
    EXPECT_EQ(text.find("1\n2"), std::string::npos);
}

TEST(WriteComparisonJson, IsTheContract) {
    auto comparison = make_comparison();
    comparison.files.resize(1);
    comparison.distributions.erase(comparison.distributions.begin());
    comparison.incomplete = {{.what = "new.zip", .why = "it is gone", .artifact = "new.zip"}};

    EXPECT_EQ(write_comparison_json(comparison), R"({
  "schema_version": 1,
  "old": "old.zip",
  "new": "new.zip",
  "compared": true,
  "distributions": [
    {
      "change": "removed",
      "name": "gone",
      "host": null,
      "old_versions": "1.0, 1.1",
      "new_versions": null
    },
    {
      "change": "added",
      "name": "tiny",
      "host": "demo",
      "old_versions": null,
      "new_versions": "3.0"
    }
  ],
  "files": [
    {
      "change": "changed",
      "path": "app.py"
    }
  ],
  "incomplete": [
    {
      "kind": "artifact",
      "what": "new.zip",
      "why": "it is gone",
      "artifact": "new.zip",
      "path": null,
      "line": null
    }
  ]
}
)");
}

TEST(WriteComparisonJson, IsValidWhateverBytesNamesHold) {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
    }
    const Comparison comparison{.old_path = bytes,
                                .new_path = bytes,
                                .distributions = {{.name = "demo", .old_versions = bytes}},
                                .files = {{.path = bytes}}};

    EXPECT_TRUE(document::parse_json(as_bytes(write_comparison_json(comparison))));
}

} // namespace
} // namespace preflight::report
