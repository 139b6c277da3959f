// SPDX-License-Identifier: Apache-2.0
#include "artifact_kind.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <string>

namespace preflight::scan {
namespace {

/// The first block of a POSIX tar for one entry of `size` bytes.
std::string tar_header(std::string_view name, std::string_view octal_size) {
    std::string block(512, '\0');
    block.replace(0, name.size(), name);
    block.replace(124, octal_size.size(), octal_size);
    block.replace(257, 5, "ustar");
    return block;
}

std::string tar_entry(std::string_view name, std::size_t blocks) {
    return tar_header(name, blocks == 0 ? "00000000000" : "00000001000") +
           std::string(512 * blocks, 'x');
}

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
        Kind{"Image",
             "image.tar",
             tar_entry("blobs/", 0) + tar_entry("manifest.json", 1),
             ArtifactKind::container_image},
        Kind{"ImageBehindContent",
             "image.tar",
             tar_entry("layer.tar", 1) + tar_entry("oci-layout", 1),
             ArtifactKind::container_image},
        Kind{"OtherTar", "layer.tar", tar_entry("python/x.py", 1), ArtifactKind::unrecognised},
        Kind{"TarWhoseSizeLies",
             "layer.tar",
             tar_header("a", "77777777777"),
             ArtifactKind::unrecognised},
        Kind{"Text", "notes.txt", "hello", ArtifactKind::unrecognised},
        Kind{"NothingAtAll", "x", "", ArtifactKind::unrecognised}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(IsOciLayout, WantsBothFiles) {
    const test::TemporaryDirectory folder;

    folder.write("oci-layout", "{}");
    EXPECT_FALSE(is_oci_layout(folder.path()));

    folder.write("index.json", "{}");
    EXPECT_TRUE(is_oci_layout(folder.path()));
}

} // namespace
} // namespace preflight::scan
