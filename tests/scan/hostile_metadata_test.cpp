// SPDX-License-Identifier: Apache-2.0
//
// Metadata that are made to be long, many, deep or unprintable, in whole artifacts: all of them are
// read to an end, with as few findings as say it.
#include "scan_fixture.hpp"

#include "preflight/base/text.hpp"
#include "preflight/inventory/conclude.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace preflight::scan {
namespace {

using policy::Verdict;
using report::Report;

constexpr std::string_view kDemo = "demo-1.0.dist-info/";
constexpr std::string_view kRecordMissing = "inventory.record-missing";
constexpr std::size_t kMaxForEach = 25; // Findings of one kind about one distribution or file.

std::string number(std::size_t value) {
    return std::to_string(value);
}

/// `count` pieces of text, one behind the other.
template <class Piece>
std::string repeat(std::size_t count, const Piece& piece) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index) {
        text += piece(index);
    }
    return text;
}

/// A distribution named demo, and one more file among its metadata.
std::vector<ZipEntry> demo_with(std::string_view file, std::string_view bytes) {
    return installed("", "demo", "1.0") +
           std::vector{deflated(std::string(kDemo) + std::string(file), bytes)};
}

/// A zip of more entries than a number of 16 bits counts needs the longer end record.
std::optional<test::Zip64End> zip64_of(const std::vector<ZipEntry>& entries) {
    return entries.size() < 0xFFFF ? std::nullopt : std::optional(test::Zip64End());
}

class HostileMetadata : public Scan {
protected:
    HostileMetadata() { request_.feeds.directories = {folder_.path() / "none"}; }

    [[nodiscard]] Report scan_function(const std::vector<ZipEntry>& entries) {
        request_.deployments.push_back(
            {.function = folder_.write(
                 "f.zip", make_zip({.entries = entries, .zip64 = zip64_of(entries)}))});
        return scan(request_);
    }

    [[nodiscard]] Report scan_directory() {
        request_.deployments.push_back({.function = folder_.path() / "tree"});
        return scan(request_);
    }

    void write(const std::string& path, std::string_view bytes) const {
        folder_.write("tree/" + path, bytes);
    }

    [[nodiscard]] static std::size_t count(const Report& report, std::string_view rule) {
        return static_cast<std::size_t>(
            std::ranges::count(report.findings, rule, &Finding::rule_id));
    }

    [[nodiscard]] static std::size_t count_origin(const Report& report, std::string_view origin) {
        return static_cast<std::size_t>(
            std::ranges::count(report.packages, origin, &report::Package::origin));
    }

private:
    // A feed that names nothing of what is packed here.
    std::filesystem::path feed_ = folder_.write("none/a.json", record("X-2", "unused"));
};

TEST_F(HostileMetadata, ARecordOfAMillionRowsIsReadToItsEnd) {
    const auto rows =
        repeat(1'000'000, [](std::size_t index) { return "a" + number(index % 10) + ",,\n"; });

    const auto report = scan_function(demo_with("RECORD", rows));

    EXPECT_EQ(report.verdict, Verdict::passed);
    ASSERT_EQ(count(report, kRecordMissing), 1U);
    const auto* const missing = find(report, kRecordMissing);
    EXPECT_EQ(missing->severity, Severity::info);
    EXPECT_TRUE(missing->message.starts_with("1000000 files of demo 1.0 were left out"));
}

TEST_F(HostileMetadata, ARowThatIsWrongAHundredThousandTimesIsFewFindings) {
    const auto row = "demo/__init__.py,sha256=" + std::string(43, 'A') + ",5\n";
    const auto rows = repeat(100'000, [&](std::size_t) { return row; });

    const auto report = scan_function(demo_with("RECORD", rows));

    EXPECT_EQ(report.verdict, Verdict::blocked);
    EXPECT_GE(count(report, "inventory.record-modified"), 1U);
    EXPECT_LE(count(report, "inventory.record-modified"), kMaxForEach);
}

TEST_F(HostileMetadata, ARecordIsReadUpToItsLimit) {
    constexpr auto kLimit = inventory::kMaxRecordBytes;
    auto rows =
        repeat(kLimit / 17 + 1, [](std::size_t) { return std::string("a_longer_name1,,\n"); });
    for (const auto size : {kLimit, kLimit + 1}) {
        SCOPED_TRACE(size);
        rows.resize(size, '\n');
        request_.deployments.clear();

        const auto report = scan_function(demo_with("RECORD", rows));

        const bool is_read = size <= kLimit;
        EXPECT_EQ(report.verdict, is_read ? Verdict::passed : Verdict::incomplete);
        ASSERT_EQ(report.incomplete.size(), is_read ? 0U : 1U);
        EXPECT_EQ(count(report, kRecordMissing), is_read ? 1U : 0U);
        EXPECT_EQ(report.packages.size(), 1U);
    }
}

TEST_F(HostileMetadata, MetadataOf100MegabytesStillNameTheirDistribution) {
    constexpr std::size_t kBytes = 100'000'000;
    const std::array<std::pair<std::string, std::string>, 3> kForms = {
        std::pair("\n", "A line of a long description.\n"),
        std::pair("", "Requires-Dist: other\n"),
        std::pair("Summary: text\n", " and more of it\n")};

    write("demo/__init__.py", "pass\n");
    request_.deployments.push_back({.function = folder_.path() / "tree"});
    for (const auto& [start, line] : kForms) {
        SCOPED_TRACE(line);
        auto text = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n" + start;
        while (text.size() < kBytes) {
            text += line;
        }
        write(std::string(kDemo) + "METADATA", text);

        const auto report = scan(request_);

        EXPECT_EQ(report.verdict, Verdict::passed);
        ASSERT_EQ(report.packages.size(), 1U);
        EXPECT_EQ(report.packages[0].package.purl, "pkg:pypi/demo@1.0");
        EXPECT_EQ(report.findings.size(), start == "\n" ? 0U : 1U);
    }
}

TEST_F(HostileMetadata, TwentyThousandVersionsOfOneNameAreOneFinding) {
    std::vector<ZipEntry> entries = {stored("demo/__init__.py", "pass\n")};
    for (std::size_t index = 0; index < 20'000; ++index) {
        const auto version = "1." + number(index);
        entries.push_back(
            stored("demo-" + version + ".dist-info/METADATA", metadata("demo", version)));
    }

    const auto report = scan_function(entries);

    EXPECT_EQ(report.verdict, Verdict::passed);
    EXPECT_EQ(report.packages.size(), 20'000U);
    EXPECT_EQ(count(report, "inventory.metadata-disagrees"), 1U);
}

TEST_F(HostileMetadata, TwentyThousandGhostsAreNamedAsSuch) {
    std::vector<ZipEntry> entries = {stored("app.py", "pass\n")};
    for (std::size_t index = 0; index < 20'000; ++index) {
        const auto name = "ghost" + number(index);
        entries.push_back(stored(name + "-1.dist-info/METADATA", metadata(name, "1")));
        entries.push_back(stored(name + "-1.dist-info/RECORD", name + "/__init__.py,,\n"));
    }

    const auto report = scan_function(entries);

    EXPECT_EQ(report.verdict, Verdict::passed);
    EXPECT_EQ(std::ranges::count(report.packages, "ghost", &report::Package::state), 20'000);
    EXPECT_EQ(count(report, "inventory.ghost-metadata"), 20'000U);
}

constexpr std::array<std::string_view, 3> kOddStarts = {"\x1B[31m", "a\u202E", "::error::"};

std::string odd_name(std::size_t index) {
    return std::string(kOddStarts.at(index % kOddStarts.size())) + number(index);
}

/// Whether each line of a text can be printed.
bool is_printable_by_line(std::string_view text) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        if (printable(line) != line) {
            return false;
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return true;
}

TEST_F(HostileMetadata, TenThousandOddNamesArePrintedEscaped) {
    constexpr std::size_t kNames = 10'000;
    for (std::size_t index = 0; index < kNames; ++index) {
        const auto name = odd_name(index);
        write(name + "-1.dist-info/METADATA", metadata(name, "1"));
        write(name + ".py", "pass\n");
        write(name + ".pth", "import " + name + "\n");
    }

    const auto report = scan_directory();

    EXPECT_EQ(report.verdict, Verdict::blocked);
    EXPECT_EQ(report.incomplete.size(), kNames); // of none is the name valid
    EXPECT_EQ(count(report, "inventory.path-file"), kNames);
    for (const auto& finding : report.findings) {
        ASSERT_EQ(printable(finding.message), finding.message);
        ASSERT_EQ(printable(finding.remedy), finding.remedy);
    }
    for (const auto& incomplete : report.incomplete) {
        ASSERT_EQ(printable(incomplete.what), incomplete.what);
        ASSERT_EQ(printable(incomplete.why), incomplete.why);
    }
    EXPECT_TRUE(is_printable_by_line(report::write_text(report)));
    EXPECT_TRUE(is_printable_by_line(report::write_json(report)));
}

TEST_F(HostileMetadata, OddVersionsAndFoldersArePrintedEscaped) {
    for (std::size_t index = 0; index < 1'000; ++index) {
        const auto odd = odd_name(index);
        write("name" + number(index) + "-1.dist-info/METADATA",
              metadata("name" + number(index), odd));
        write(odd + "/other-1.dist-info/METADATA", metadata("other", "1"));
        write(odd + "/other-1.dist-info/RECORD", odd + ".py,,\n");
    }

    const auto report = scan_directory();

    EXPECT_EQ(report.packages.size(), 2'000U);
    for (const auto& finding : report.findings) {
        ASSERT_EQ(printable(finding.message), finding.message);
    }
    EXPECT_TRUE(is_printable_by_line(report::write_text(report)));
    EXPECT_TRUE(is_printable_by_line(report::write_json(report)));
    EXPECT_TRUE(is_printable_by_line(report::write_inventory_text(report)));
    EXPECT_TRUE(is_printable_by_line(report::write_inventory_json(report)));
    EXPECT_TRUE(is_printable_by_line(report::write_inventory_requirements(report)));
}

std::vector<ZipEntry> egg_entries(std::size_t level, const std::vector<std::string>& inner) {
    const auto name = "level" + number(level);
    std::vector<ZipEntry> entries = {stored("EGG-INFO/PKG-INFO", metadata(name, "1.0")),
                                     stored(name + ".py", "pass\n")};
    for (std::size_t index = 0; index < inner.size(); ++index) {
        entries.push_back(deflated("copy" + number(index) + "-1.0-py3.12.egg", inner[index]));
    }
    return entries;
}

/// An egg that holds `copies` of an egg that holds as many of another, and so on.
std::string nested_egg(std::size_t levels, std::size_t copies) {
    auto egg = make_zip(egg_entries(levels, {}));
    for (auto level = levels; level > 0; --level) {
        egg = make_zip(egg_entries(level - 1, std::vector(copies, egg)));
    }
    return egg;
}

struct NestingCase {
    unsigned levels = 0;
    std::size_t copies = 0;
    std::size_t packages = 0;
};

TEST_F(HostileMetadata, EggsInEggsAreOpenedAsDeepAsIsAskedFor) {
    add_function("f.zip", {stored("top-1.0-py3.12.egg", nested_egg(50, 1))});
    for (const auto& row :
         {NestingCase{.levels = 0, .packages = 1}, NestingCase{.levels = 3, .packages = 3}}) {
        SCOPED_TRACE(row.levels);
        request_.nested_levels = row.levels;

        const auto report = scan(request_);

        EXPECT_EQ(report.packages.size(), row.packages);
        EXPECT_EQ(count_origin(report, "egg"), row.packages);
        ASSERT_EQ(count(report, "unpack.nested-not-opened"), 1U);
        EXPECT_EQ(find(report, "unpack.nested-not-opened")->severity, Severity::medium);
    }
}

TEST_F(HostileMetadata, EggsThatHoldTenOfTheirKindKeepTheLimitsOfTheWhole) {
    add_function("f.zip", {stored("top-1.0-py3.12.egg", nested_egg(5, 10))});
    request_.nested_levels = 3;

    const auto all = scan(request_);
    request_.limits.max_entries = 1'000;
    const auto few = scan(request_);

    EXPECT_EQ(all.packages.size(), 111U); // of three levels: 1, 10 and 100
    EXPECT_EQ(all.incomplete.size(), 0U);
    EXPECT_LT(few.packages.size(), 111U);
    EXPECT_NE(few.verdict, Verdict::passed);
    EXPECT_LE(few.stats.entries, 1'000U);
}

TEST_F(HostileMetadata, AMillionLinesOfPathFilesAreFewFindings) {
    constexpr std::size_t kFiles = 1'000;
    for (const std::string_view line : {"import os; os.getpid()\n", "./lib\n"}) {
        SCOPED_TRACE(line);
        const auto text = repeat(kFiles, [&](std::size_t) { return std::string(line); });
        std::vector<ZipEntry> entries;
        for (std::size_t index = 0; index < kFiles; ++index) {
            entries.push_back(deflated("a" + number(index) + ".pth", text));
        }
        request_.deployments.clear();

        const auto report = scan_function(entries);

        const bool is_code = line.starts_with("import");
        EXPECT_EQ(report.verdict, is_code ? Verdict::blocked : Verdict::passed);
        EXPECT_GE(count(report, "inventory.path-file"), kFiles);
        EXPECT_LE(count(report, "inventory.path-file"), kFiles * kMaxForEach);
    }
}

TEST_F(HostileMetadata, AListOfCopiesIsReadUpToItsLimit) {
    constexpr auto kLimit = inventory::kMaxListBytes;
    auto pins = repeat(10'000, [](std::size_t index) { return "n" + number(index) + "==1\n"; });
    pins += "# ";
    for (const auto size : {kLimit - 1, kLimit, kLimit + 1}) {
        SCOPED_TRACE(size);
        pins.resize(size, '.');
        request_.deployments.clear();

        const auto report = scan_function(installed("", "pip", "24.0") +
                                          std::vector{deflated("pip/_vendor/vendor.txt", pins)});

        const bool is_read = size <= kLimit;
        EXPECT_EQ(count_origin(report, "vendored"), is_read ? 10'000U : 0U);
        EXPECT_EQ(report.incomplete.size(), is_read ? 0U : 1U);
    }
}

std::string sbom_of(std::size_t components) {
    auto list = repeat(components, [](std::size_t index) {
        return R"({"name": "c)" + number(index) + R"(", "purl": "pkg:pypi/c)" + number(index) +
               R"(@1"},)";
    });
    list.back() = ' ';
    return R"({"bomFormat": "CycloneDX", "components": [)" + list + "]}";
}

TEST_F(HostileMetadata, AnSbomIsReadUpToItsLimitOfBytes) {
    constexpr auto kLimit = inventory::kMaxSbomBytes;
    auto sbom = sbom_of(10);
    for (const auto size : {kLimit - 1, kLimit, kLimit + 1}) {
        SCOPED_TRACE(size);
        sbom.resize(size, ' ');
        request_.deployments.clear();

        const auto report = scan_function(demo_with("sboms/x.json", sbom));

        const bool is_read = size <= kLimit;
        EXPECT_EQ(count_origin(report, "sbom"), is_read ? 10U : 0U);
        EXPECT_EQ(report.incomplete.size(), is_read ? 0U : 1U);
    }
}

TEST_F(HostileMetadata, AnSbomIsReadUpToItsLimitOfComponents) {
    constexpr std::size_t kLimit = 10'000;
    for (const auto components : {kLimit, kLimit + 1}) {
        SCOPED_TRACE(components);
        request_.deployments.clear();

        const auto report = scan_function(demo_with("sboms/x.json", sbom_of(components)));

        EXPECT_EQ(count_origin(report, "sbom"), kLimit);
        EXPECT_EQ(report.incomplete.size(), components - kLimit);
    }
}

TEST_F(HostileMetadata, CopiesAreCarriedAlongUpToTheirLimit) {
    constexpr auto kLimit = inventory::kMaxCarried;
    for (const auto copies : {kLimit - 1, kLimit, kLimit + 1}) {
        SCOPED_TRACE(copies);
        request_.deployments.clear();
        const auto half = copies / 2;
        const auto list = [](std::size_t count) {
            return repeat(count, [](std::size_t index) { return "c" + number(index) + "==1\n"; });
        };

        const auto report =
            scan_function(installed("", "pip", "24.0") +
                          std::vector{deflated("pip/_vendor/vendor.txt", list(half)),
                                      deflated("other/_vendor/vendor.txt", list(copies - half))});

        EXPECT_EQ(count_origin(report, "vendored"), std::min(copies, kLimit));
        EXPECT_EQ(report.incomplete.size(), copies > kLimit ? 1U : 0U);
    }
}

TEST_F(HostileMetadata, AHundredThousandFilesThatNoRecordListsAreFewFindings) {
    constexpr std::size_t kFiles = 100'000;
    auto entries = demo_with("RECORD", "demo/__init__.py,,\n");
    for (std::size_t index = 0; index < kFiles; ++index) {
        entries.push_back(stored("demo/m" + number(index) + ".py", "1\n"));
    }

    const auto report = scan_function(entries);

    EXPECT_EQ(report.verdict, Verdict::passed);
    ASSERT_EQ(count(report, "inventory.record-unlisted"), 21U);
    EXPECT_TRUE(std::ranges::any_of(report.findings, [](const Finding& finding) {
        return finding.message.starts_with("99980 more of the same in demo 1.0");
    }));
}

TEST_F(HostileMetadata, AHundredThousandModulesOfNobodyAreOneFinding) {
    constexpr std::size_t kFiles = 100'000;
    std::vector<ZipEntry> entries;
    for (std::size_t index = 0; index < kFiles; ++index) {
        entries.push_back(stored("m" + number(index) + ".py", "1\n"));
    }

    const auto report = scan_function(entries);

    EXPECT_EQ(report.verdict, Verdict::passed);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_TRUE(report.findings[0].message.starts_with("100000 modules belong to no distribution"));
}

TEST_F(HostileMetadata, NamespacesOfAsManyFoldersAsAZipMayHaveAreOneFinding) {
    const auto deep = repeat(
        126, [](std::size_t) { return "a/"; }); // of 128 parts of a path, of which a name has 16
    std::vector<ZipEntry> entries;
    for (std::size_t index = 0; index < 10'000; ++index) {
        entries.push_back(stored(deep + "x" + number(index) + ".py", "1\n"));
        entries.push_back(stored("b" + number(index) + "/" + deep + "x.py", "1\n"));
    }

    const auto report = scan_function(entries);

    EXPECT_EQ(report.verdict, Verdict::passed);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_TRUE(report.findings[0].message.starts_with("10001 modules belong to no distribution"));
}

TEST_F(HostileMetadata, ADirectoryOf500FoldersInEachOtherIsIncomplete) {
    const auto deep = repeat(500, [](std::size_t) { return "a/"; });
    for (std::size_t index = 0; index < 1'000; ++index) {
        write(deep + "x" + number(index) + ".py", "1\n");
    }

    const auto report = scan_directory();

    EXPECT_EQ(report.verdict, Verdict::incomplete);
    ASSERT_EQ(report.incomplete.size(), 1U);
    EXPECT_NE(report.incomplete[0].why.find("levels deep"), std::string::npos);
}

} // namespace
} // namespace preflight::scan
