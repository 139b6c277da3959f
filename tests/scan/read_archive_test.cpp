// SPDX-License-Identifier: Apache-2.0
#include "scan_fixture.hpp"

#include <utility>

namespace preflight::scan {
namespace {

using ReadArchive = Scan;

TEST_F(ReadArchive, FindsWhatLiesInATar) {
    const std::string path = "demo-1.0.dist-info/METADATA";
    const auto tar = test::make_tar({{.name = path, .content = metadata("demo", "1.0")}});
    for (const auto& [name, bytes] :
         {std::pair("f.tar", tar), std::pair("g.tgz", test::gzip(tar))}) {
        request_.deployments = {{.function = folder_.write(name, bytes)}};

        const auto report = scan(request_);

        EXPECT_EQ(report.verdict, policy::Verdict::blocked) << name;
        EXPECT_EQ(report.artifacts[0].format, "tar");
        EXPECT_FALSE(report.artifacts[0].sha256.empty());
        EXPECT_EQ(report.stats.entries, 1U);
        EXPECT_EQ(report.stats.entries_examined, 1U);
    }
}

TEST_F(ReadArchive, RefusesATarAsAWhole) {
    request_.deployments = {
        {.function = folder_.write("f.tar",
                                   test::make_tar({{.name = "demo-1.0.dist-info/METADATA",
                                                    .content = metadata("demo", "1")},
                                                   {.name = "../evil"}}))}};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    EXPECT_NE(find(report, "unpack.name-component"), nullptr);
    EXPECT_TRUE(report.packages.empty());
    EXPECT_EQ(report.stats.entries_examined, 0U);
}

TEST_F(ReadArchive, DoesNotCompleteWhatIsNoTar) {
    request_.deployments = {{.function = folder_.write("f.tar", "hello")}};

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::incomplete);
    EXPECT_EQ(find(report, "unpack.not-tar")->status, Status::not_examined);
}

TEST_F(ReadArchive, TakesNoImageForATar) {
    request_.deployments = {
        {.function = folder_.write(
             "image.tgz",
             test::gzip(test::make_tar({{.name = "manifest.json", .content = "[]"}})))}};

    EXPECT_THROW(static_cast<void>(scan(request_)), UnrecognisedInput);
}

TEST_F(ReadArchive, NamesArchivesInsideThatItDidNotOpen) {
    add_function("f.zip",
                 {stored("app.py", "x = 1\n"), stored("a.zip", make_zip({stored("x", "")}))});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::passed);
    const auto* note = find(report, "unpack.nested-not-opened");
    ASSERT_NE(note, nullptr);
    EXPECT_NE(note->message.find("'a.zip'"), std::string::npos);
    EXPECT_EQ(note->artifact, "f.zip");
}

TEST_F(ReadArchive, AlwaysOpensTheRequirementsThatAPluginUnpacksAtImport) {
    add_function("f.zip",
                 {stored("app.py", ""),
                  deflated(".requirements.zip", make_zip(installed("", "demo", "1.0")))});

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    ASSERT_EQ(report.packages.size(), 1U);
    EXPECT_TRUE(report.packages[0].effective);
    EXPECT_EQ(report.packages[0].path, ".requirements.zip!/demo-1.0.dist-info");
    EXPECT_EQ(report.stats.entries, 5U);
    EXPECT_EQ(report.stats.entries_examined, 5U);
    EXPECT_EQ(find(report, "unpack.nested-not-opened"), nullptr);
}

TEST_F(ReadArchive, OpensArchivesInArchivesAsDeepAsItIsTold) {
    const auto inner = make_zip(installed("", "demo", "1.0"));
    const auto middle = test::make_tar({{.name = "inner.whl", .content = inner}});
    add_function("f.zip", {stored("middle.tar", middle)});

    for (const auto& [levels, packages] :
         {std::pair(0U, 0U), std::pair(1U, 0U), std::pair(2U, 1U)}) {
        request_.nested_levels = levels;

        const auto report = scan(request_);

        ASSERT_EQ(report.packages.size(), packages);
        EXPECT_EQ(find(report, "unpack.nested-not-opened") == nullptr, levels == 2);
        EXPECT_EQ(report.stats.entries, report.stats.entries_examined);
        EXPECT_EQ(report.verdict, policy::Verdict::passed); // nothing there is importable
        if (packages > 0) {
            EXPECT_EQ(report.packages[0].path, "middle.tar!/inner.whl!/demo-1.0.dist-info");
        }
    }
}

TEST_F(ReadArchive, JudgesANestedArchiveByTheSameRules) {
    const auto bad = make_zip({stored("../evil.py", "")});
    add_function("f.zip", {stored("app.py", ""), stored("lib/bad.zip", bad)});
    request_.nested_levels = 1;

    const auto report = scan(request_);

    EXPECT_EQ(report.verdict, policy::Verdict::blocked);
    const auto* refusal = find(report, "unpack.name-component");
    ASSERT_NE(refusal, nullptr);
    EXPECT_EQ(refusal->location.path, "lib/bad.zip!/../evil.py");
    EXPECT_TRUE(refusal->message.starts_with("in 'lib/bad.zip': ")) << refusal->message;
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_EQ(report.incomplete[0].path, "lib/bad.zip");
}

TEST_F(ReadArchive, LetsNestedArchivesShareOneBudget) {
    const auto inner = make_zip({stored("a", "12345"), stored("b", "12345")});
    add_function("f.zip", {stored("x.zip", inner), stored("y.zip", inner)});
    request_.nested_levels = 1;

    request_.limits.max_total_bytes = 2 * inner.size() + 20;
    request_.limits.max_entries = 6;
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);

    request_.limits.max_total_bytes = 2 * inner.size() + 19;
    EXPECT_NE(find(scan(request_), "unpack.too-large"), nullptr);

    request_.limits.max_total_bytes = 2 * inner.size() + 20;
    request_.limits.max_entries = 5;
    EXPECT_NE(find(scan(request_), "unpack.too-many-entries"), nullptr);
}

TEST_F(ReadArchive, AllowsALineOfAnInterpreterBeforeANestedZipAlone) {
    const auto zip = make_zip(
        test::ZipLayout{.entries = {stored("a.py", "1")}, .before = "#!/usr/bin/python3\n"});
    add_function("f.zip", {stored("app.pyz", zip)});
    request_.nested_levels = 1;
    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);

    request_.deployments = {{.function = folder_.write("g.zip", zip)}};
    EXPECT_NE(find(scan(request_), "unpack.gap"), nullptr);
}

TEST_F(ReadArchive, LooksIntoDirectoriesAndLinksForDataThatAreDamaged) {
    struct Row {
        const char* rule_id;
        ZipEntry entry;
    };
    const std::vector<Row> rows = {
        {"unpack.deflate-length", deflated("a/", "").data(test::deflate("import os\n"))},
        {"unpack.deflate-length", deflated("a/", "").data(test::deflate("") + "more")},
        {"unpack.deflate-corrupt", deflated("a/", "").data(std::string(100, '\x07'))},
        {"unpack.crc-bad", test::directory("a/").both({.crc32 = 1})},
        {"unpack.crc-bad", test::link("a", "app.py").both({.crc32 = 1})},
    };
    for (const auto& row : rows) {
        request_.deployments = {
            {.function = folder_.write("f.zip", make_zip({stored("app.py", ""), row.entry}))}};

        const auto report = scan(request_);

        EXPECT_EQ(report.verdict, policy::Verdict::blocked);
        EXPECT_NE(find(report, row.rule_id), nullptr) << row.rule_id;
        EXPECT_EQ(find(report, "unpack.parser-differential"), nullptr);
        EXPECT_EQ(report.stats.entries_examined, 1U);
        ASSERT_EQ(report.incomplete.size(), 1U);
        EXPECT_EQ(report.incomplete[0].path, "a");
    }
}

TEST_F(ReadArchive, AcceptsDirectoriesThatWereDeflated) {
    add_function("f.zip", {deflated("a/", ""), stored("a/app.py", "")}); // as jar writes them

    EXPECT_EQ(scan(request_).verdict, policy::Verdict::passed);
}

TEST_F(ReadArchive, SaysOfANoteInWhichArchiveItIs) {
    const auto inner =
        make_zip(test::ZipLayout{.entries = {stored("./a", "")}, .end = {.comment = "c"}});
    add_function("f.zip", {stored("x.zip", inner)});
    request_.nested_levels = 1;

    const auto report = scan(request_);

    EXPECT_EQ(find(report, "unpack.archive-comment")->location.path, "x.zip");
    EXPECT_EQ(find(report, "unpack.name-dot-prefix")->location.path, "x.zip!/./a");
}

TEST_F(ReadArchive, SaysNothingOfModesInANestedArchive) {
    const auto closed = stored("a", "").mode(0100600); // which nobody unpacks onto a disk
    add_function("f.zip", {stored("x.zip", make_zip({closed}))});
    request_.nested_levels = 1;
    EXPECT_EQ(find(scan(request_), "unpack.mode-unreadable"), nullptr);

    request_.deployments.clear();
    add_function("g.zip", {closed});
    EXPECT_NE(find(scan(request_), "unpack.mode-unreadable"), nullptr);
}

} // namespace
} // namespace preflight::scan
