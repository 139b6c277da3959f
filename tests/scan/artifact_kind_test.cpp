// SPDX-License-Identifier: Apache-2.0
#include "artifact_kind.hpp"
#include "support/tar_builder.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight::scan {
namespace {

struct Kind {
    const char* name;
    std::string path;
    std::string bytes;
    ArtifactKind expected;
};

class FindKind : public testing::TestWithParam<Kind> {};

TEST_P(FindKind, GoesByNameThenByTheFirstBytes) {
    const auto& kind = GetParam();

    EXPECT_EQ(find_kind(kind.path, as_bytes(kind.bytes)), kind.expected);
}

INSTANTIATE_TEST_SUITE_P(
    ,
    FindKind,
    testing::Values(
        Kind{"ZipByName", "a/b.zip", "no zip at all", ArtifactKind::zip},
        Kind{"EmptyZip", "b.zip", "", ArtifactKind::zip},
        Kind{"Wheel", "x-1.0-py3-none-any.whl", "", ArtifactKind::zip},
        Kind{"Pyz", "app.pyz", "#!/usr/bin/python3\nPK", ArtifactKind::zip},
        Kind{"Egg", "x.egg", "", ArtifactKind::zip},
        Kind{"ZipByContent", "package", "PK\x03\x04", ArtifactKind::zip},
        Kind{"Requirements", "requirements.txt", "", ArtifactKind::requirements},
        Kind{"RequirementsDev", "requirements-dev.txt", "", ArtifactKind::requirements},
        Kind{"PrefixedRequirements", "a/dev-requirements.txt", "PK", ArtifactKind::requirements},
        Kind{"TarByName", "layer.tar", "no tar at all", ArtifactKind::tar},
        Kind{"CompressedTar", "x-1.0.tar.gz", "", ArtifactKind::tar},
        Kind{"ShortCompressedTar", "layer.tgz", "", ArtifactKind::tar},
        Kind{"TarByContent",
             "layer",
             test::make_tar({{.name = "python/x.py", .content = "1"}}),
             ArtifactKind::tar},
        Kind{"CompressedByContentOnly", "layer.gz", test::gzip("x"), ArtifactKind::unrecognised},
        Kind{"Text", "notes.txt", "hello", ArtifactKind::unrecognised},
        Kind{"NothingAtAll", "x", "", ArtifactKind::unrecognised}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(IsPartOfImage, LooksAtTheTopOnly) {
    EXPECT_TRUE(is_part_of_image("manifest.json"));
    EXPECT_TRUE(is_part_of_image("oci-layout"));
    EXPECT_FALSE(is_part_of_image("pkg/manifest.json"));
}

TEST(IsOciLayout, WantsBothFiles) {
    const test::TemporaryDirectory folder;

    folder.write("oci-layout", "{}");
    EXPECT_FALSE(is_oci_layout(folder.path()));

    folder.write("index.json", "{}");
    EXPECT_TRUE(is_oci_layout(folder.path()));
}

} // namespace
} // namespace preflight::scan
