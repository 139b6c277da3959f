// SPDX-License-Identifier: Apache-2.0
#include "built_seeds.hpp"

#include "support/zip_builder.hpp"

namespace preflight::differential {

namespace {

using test::deflated;
using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipLayout;

constexpr std::string_view kText = "x = 1\nx = 1\nx = 1\nx = 1\n";

std::string make_described(bool has_signature, bool is_wide) {
    const test::DataDescriptor descriptor{.has_signature = has_signature, .is_wide = is_wide};
    return make_zip({deflated("a.py", kText).data_descriptor(descriptor),
                     stored("b.py", "y = 2\n").data_descriptor(descriptor),
                     directory("d/"),
                     deflated("d/c.py", kText)});
}

} // namespace

std::vector<std::string> make_built_seeds() {
    const std::string name = "caf\xc3\xa9.py";
    const test::HeaderChange unicode_path{.flags = 0,
                                          .extra = test::unicode_path_extra(name, name)};
    return {
        make_described(false, false),
        make_described(false, true),
        make_described(true, false),
        make_described(true, true),
        make_zip({stored("a.py", "1"), deflated("b.py", kText), link("l", "b.py")}),
        make_zip({directory("d/"), link("d/l", "../a.py"), stored("a.py", "x = 1\n")}),
        make_zip({directory("./"), stored("./a.py", "1"), stored("./b", "")}),
        make_zip({stored(name, "1").both(unicode_path)}),
        make_zip({stored(name, "1"), stored("\xc3\xbc/\xe6\x97\xa5.py", kText)}),
        make_zip({stored(name, "1").both({.flags = 0}), stored("b", "2")}),
        make_zip({stored("a.py", "1").both({.extra = test::zip64_extra({1, 1})})}),
        make_zip({deflated("a.py", kText).zip64(), stored("b.py", "2").zip64()}),
        make_zip(ZipLayout{.entries = {stored("a.py", "1"), deflated("b.py", kText).zip64()},
                           .zip64 = test::Zip64End{}}),
        make_zip(ZipLayout{.entries = {stored("a.py", "1"), stored("b.py", "2")},
                           .zip64 = test::Zip64End{.masks_end_record = false}}),
        make_zip(ZipLayout{.entries = {stored("a.py", "1"), stored("b.py", "2")},
                           .directory_order = {1, 0}}),
        make_zip(ZipLayout{.entries = {stored("a.py", "1")}, .end = {.comment = "a comment"}}),
        make_zip(ZipLayout{.entries = {stored("a.py", "1")}, .before = "#!/usr/bin/python3\n"}),
        make_zip({directory("d/").central({.external_attributes = 0xFFFF0000}),
                  stored("d/a.py", "1")
                      .central({.version_made_by = 0x0014, .external_attributes = 0x20})}),
        make_zip({stored("a.py", "1").both({.flags = 0}).mode(0104755), stored("A.py", "2")}),
        make_zip({directory("a/"), directory("a/"), deflated("b/", "").mode(040755)}),
        make_zip({stored("..a/b../.c", "1"), stored(" ", ""), stored("a;1/b;x", "")}),
        make_zip({stored("a.py", "12345")
                      .data_descriptor()
                      .local({.compressed_size = 0xFFFFFFFF,
                              .size = 0xFFFFFFFF,
                              .extra = test::zip64_extra({0, 0})})}),
        make_zip({stored("a.py", "1").central({.comment = "a comment"})}),
        make_zip(ZipLayout{}),
    };
}

} // namespace preflight::differential
