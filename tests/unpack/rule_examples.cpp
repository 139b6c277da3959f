// SPDX-License-Identifier: Apache-2.0
#include "rule_examples.hpp"

#include "verdict.hpp"

#include <iterator>
#include <utility>

namespace preflight::unpack {
namespace {

using test::deflated;
using test::directory;
using test::extra_field;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;
using test::ZipLayout;

using std::string_literals::operator""s;

std::string with_end(const test::EndRecord& end) {
    return make_zip(ZipLayout{.entries = {sample()}, .end = end});
}

std::string with_zip64(const test::Zip64End& zip64, const test::EndRecord& end = {}) {
    return make_zip(ZipLayout{.entries = {sample()}, .zip64 = zip64, .end = end});
}

std::string named(std::string name) {
    return make_zip({stored(std::move(name), "12345")});
}

std::string with_extra(const std::string& extra) {
    return make_zip({sample().both({.extra = extra})});
}

std::vector<RuleExample> end_record_examples() {
    const auto good = make_zip({sample()});
    return {
        {"unpack.too-small", "PK\5\6"s + std::string(17, '\0'), make_zip(ZipLayout{})},
        {"unpack.no-eocd", make_zip(ZipLayout{.entries = {sample()}, .has_end = false}), good},
        {"unpack.eocd-not-at-end", good + "x", with_end({.comment = "x"})},
        {"unpack.eocd-in-comment",
         with_end({.comment = "..PK\5\6.."}),
         with_end({.comment = "..PK\5\7.."})},
        {"unpack.multi-disk", with_end({.disk = 1}), with_end({.disk = 0})},
        {"unpack.eocd-counts", with_end({.entries_here = 2}), with_end({.entries_here = 1})},
        {"unpack.zip64-locator", with_zip64({.disks = 2}), with_zip64({.disks = 1})},
        {"unpack.zip64-eocd-misplaced", with_zip64({.between = "x"}), with_zip64({})},
        {"unpack.zip64-ext", with_zip64({.record_size = 45}), with_zip64({.record_size = 44})},
        {"unpack.zip64-eocd-disagree",
         with_zip64({.entries = 2, .masks_end_record = false}, {.entries = 1}),
         with_zip64({.entries = 1, .masks_end_record = false}, {.entries = 1})},
        {"unpack.zip64-missing",
         with_end({.entries = 0xFFFF}),
         with_zip64({}, {.entries = 0xFFFF})},
        {"unpack.cd-not-adjacent",
         make_zip(ZipLayout{.entries = {sample()}, .after_directory = "x"}),
         good},
    };
}

std::vector<RuleExample> directory_examples() {
    const auto good = make_zip({sample()});
    const auto second = stored("b.py", "67890");
    return {
        {"unpack.eocd-count-mismatch", with_end({.entries = 2}), with_end({.entries = 1})},
        {"unpack.cd-overrun", make_zip({sample().central({.name_length = 5})}), good},
        {"unpack.cd-signature", make_zip({sample().central({.signature = 0x02014b51})}), good},
        {"unpack.lfh-overrun", make_zip({sample().both({.compressed_size = 6})}), good},
        {"unpack.lfh-signature", make_zip({sample().central({.offset = 1})}), good},
        {"unpack.gap", make_zip({sample(), second.junk_before("x")}), make_zip({sample(), second})},
        {"unpack.overlap",
         make_zip({sample(), second.shares_local_header_of(0)}),
         make_zip({sample(), second})},
    };
}

std::vector<RuleExample> agreement_examples() {
    const auto good = make_zip({sample()});
    const auto described = sample().data_descriptor();
    const auto zipped = deflated("a.py", "12345");
    const auto treacherous = stored("a.py",
                                    "12PK\7\x08"
                                    "34")
                                 .data_descriptor();
    return {
        {"unpack.name-mismatch", make_zip({sample().local({.name = "b.py"})}), good},
        {"unpack.method-mismatch", make_zip({zipped.local({.method = 0})}), make_zip({zipped})},
        {"unpack.flags-mismatch",
         make_zip({sample().local({.flags = 0x800})}),
         make_zip({sample().local({.flags = 6})})},
        {"unpack.dd-flag-cd-only",
         make_zip({sample().central({.flags = 8})}),
         make_zip({described.central({.flags = 0})})},
        {"unpack.crc-mismatch", make_zip({sample().local({.crc32 = 1})}), good},
        {"unpack.csize-mismatch", make_zip({sample().local({.compressed_size = 4})}), good},
        {"unpack.usize-mismatch", make_zip({zipped.local({.size = 6})}), make_zip({zipped})},
        {"unpack.dd-lfh-values",
         make_zip({described.local({.size = 1})}),
         make_zip({described.local({.size = 5})})},
        {"unpack.data-descriptor",
         make_zip({sample().data_descriptor({.size = 6})}),
         make_zip({described})},
        {"unpack.stored-dd-ambiguous",
         make_zip({treacherous}),
         make_zip({treacherous.local({.compressed_size = 8})})},
    };
}

std::vector<RuleExample> feature_examples() {
    const auto good = make_zip({sample()});
    return {
        {"unpack.flags-unsupported",
         make_zip({sample().both({.flags = 1})}),
         make_zip({sample().both({.flags = 0x806})})},
        {"unpack.method-unsupported",
         make_zip({deflated("a.py", "1").both({.method = 0x0108})}),
         make_zip({deflated("a.py", "1")})},
        {"unpack.version-needed",
         make_zip({sample().both({.version_needed = 46})}),
         make_zip({sample().both({.version_needed = 0x032D})})},
        {"unpack.stored-size", make_zip({sample().both({.size = 6})}), good},
        {"unpack.comment-not-utf8",
         make_zip({sample().central({.comment = "caf\x82"})}),
         make_zip({sample().central({.comment = "caf\xc3\xa9"})})},
    };
}

std::vector<RuleExample> extra_examples() {
    const auto good = make_zip({sample()});
    const auto field = extra_field(0xCAFE, "");
    std::string most;
    for (std::uint16_t id = 1; id <= 64; ++id) {
        most += extra_field(0x5000 + id, "");
    }
    return {
        {"unpack.extra-malformed", with_extra(field + "abc"), with_extra(field)},
        {"unpack.extra-overflow", with_extra("\xfe\xca\2\0x"s), with_extra("\xfe\xca\1\0x"s)},
        {"unpack.extra-duplicate",
         with_extra(field + field),
         with_extra(field + extra_field(0xCAFF, ""))},
        {"unpack.extra-too-many", with_extra(most + field), with_extra(most)},
        {"unpack.zip64-extra-missing", make_zip({sample().central({.size = 0xFFFFFFFF})}), good},
        {"unpack.zip64-extra-length",
         make_zip({sample().both({.size = 0xFFFFFFFF, .extra = test::zip64_extra({5, 5})})}),
         make_zip({sample().both({.size = 0xFFFFFFFF, .extra = test::zip64_extra({5})})})},
        {"unpack.zip64-extra-unneeded",
         with_extra(test::zip64_extra({6})),
         with_extra(test::zip64_extra({5}))},
        {"unpack.unicode-path-differs",
         with_extra(test::unicode_path_extra("a.py", "b.py")),
         with_extra(test::unicode_path_extra("a.py", "a.py"))},
        {"unpack.extra-forbidden",
         with_extra(extra_field(0x6C78, "x")),
         with_extra(extra_field(0x6C79, "x"))},
    };
}

std::vector<RuleExample> name_examples() {
    return {
        {"unpack.name-empty", named(""), named("a")},
        {"unpack.name-control", named("a\x1f"), named("a ")},
        {"unpack.name-bidi", named("a\xe2\x80\xae"), named("a\xe2\x80\xaf")},
        {"unpack.name-backslash", named("a\\b"), named("a|b")},
        {"unpack.name-not-utf8", named("a\xc3"), named("a\xc3\xa9")},
        {"unpack.name-not-nfc", named("e\xcc\x81"), named("\xc3\xa9")},
        {"unpack.name-absolute", named("/a"), named("a/b")},
        {"unpack.name-component", named("a/../b"), named("a/...")},
        {"unpack.name-too-long", named(text_of(256)), named(text_of(255))},
        {"unpack.name-version-suffix", named("a.py;1"), named("a.py;1x")},
        {"unpack.duplicate",
         make_zip({sample(), sample()}),
         make_zip({sample(), stored("A.py", "")})},
        {"unpack.file-as-directory",
         make_zip({stored("a", ""), stored("a.b", ""), stored("a/b", "")}),
         make_zip({directory("a/"), stored("a.b", ""), stored("a/b", "")})},
    };
}

std::vector<RuleExample> type_examples() {
    const auto good = make_zip({sample()});
    return {
        {"unpack.special-file",
         make_zip({sample().mode(0140644)}),
         make_zip({sample().mode(0644)})},
        {"unpack.dir-attr-mismatch", make_zip({sample().mode(040755)}), good},
        {"unpack.dos-dir-attr",
         make_zip({sample().central({.external_attributes = 0x10})}),
         make_zip({sample().central({.external_attributes = 0x20})})},
        {"unpack.dir-with-data",
         make_zip({stored("a/", "x").mode(040755)}),
         make_zip({directory("a/")})},
        {"unpack.symlink-target", make_zip({link("l", "")}), make_zip({link("l", "x")})},
        {"unpack.symlink-escape",
         make_zip({link("a/l", "../../x")}),
         make_zip({link("a/l", "../x")})},
    };
}

std::vector<RuleExample> content_examples() {
    const auto text = deflated("a", std::string(1000, 'x'));
    auto stream = test::deflate(std::string(1000, 'x'));
    stream.front() = '\x06'; // a block of type 3 does not exist: RFC 1951, section 3.2.3
    const auto one_byte = stored("a", "x").both({.method = 8});
    return {
        {"unpack.too-many-entries",
         make_zip({sample(), stored("b", "")}),
         make_zip({sample()}),
         {.max_entries = 1}},
        {"unpack.too-large",
         make_zip({stored("a", "123456")}),
         make_zip({sample()}),
         {.max_total_bytes = 5}},
        {"unpack.ratio-impossible",
         make_zip({one_byte.both({.size = 2 * 1032 + 1})}),
         make_zip({text})},
        {"unpack.deflate-corrupt", make_zip({text.data(stream)}), make_zip({text})},
        {"unpack.deflate-length", make_zip({text.both({.size = 999})}), make_zip({text})},
        {"unpack.crc-bad", make_zip({sample().both({.crc32 = 1})}), make_zip({sample()})},
    };
}

} // namespace

std::vector<RuleExample> refusal_examples() {
    std::vector<RuleExample> all;
    for (auto part : {end_record_examples(),
                      directory_examples(),
                      agreement_examples(),
                      feature_examples(),
                      extra_examples(),
                      name_examples(),
                      type_examples(),
                      content_examples()}) {
        std::ranges::move(part, std::back_inserter(all));
    }
    return all;
}

} // namespace preflight::unpack
