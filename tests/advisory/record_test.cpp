// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/record.hpp"
#include "preflight/python/version.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preflight::advisory {
namespace {

using Texts = std::vector<std::string>;

Result<Record> parse(std::string_view json) {
    return RecordParser().parse(as_bytes(json));
}

/// A record with one block for `demo`, with those members.
std::string record_of(const std::string& members, const std::string& block) {
    return R"({"id":"X-1","modified":"2024-01-02T03:04:05Z",)" + members +
           R"("affected":[{"package":{"ecosystem":"PyPI","name":"demo"})" + block + "}]}";
}

Advisory advisory_of(const std::string& members, const std::string& block) {
    const auto record = parse(record_of(members, block));
    EXPECT_TRUE(record) << record.error().message;
    return record && record->packages.size() == 1 ? record->packages[0].advisory : Advisory();
}

TEST(RecordParser, ReadsWhatMatchingNeeds) {
    const auto record = parse(R"({
        "schema_version": "1.7.0", "id": "GHSA-1", "modified": "2024-01-02T03:04:05.6Z",
        "aliases": ["CVE-1", "GHSA-1"], "summary": "first line\nsecond line", "details": 1,
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/x"}],
        "database_specific": {"severity": "Moderate"},
        "affected": [{"package": {"ecosystem": "PyPI", "name": "Demo_Pkg"},
                      "ranges": [{"type": "ECOSYSTEM",
                                  "events": [{"introduced": "0"}, {"fixed": "1.2"}]}],
                      "versions": ["1.0", "1.1", "1.5", "2004-summer"]}]})");

    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->id, "GHSA-1");
    EXPECT_EQ(record->modified, "2024-01-02T03:04:05.6Z");
    EXPECT_FALSE(record->is_withdrawn);
    ASSERT_EQ(record->packages.size(), 1);
    EXPECT_EQ(record->packages[0].name, "demo-pkg");
    const auto& advisory = record->packages[0].advisory;
    EXPECT_EQ(advisory.id, "GHSA-1");
    EXPECT_EQ(advisory.aliases, Texts{"CVE-1"});
    EXPECT_EQ(advisory.summary, "first line");
    EXPECT_EQ(advisory.severity_vectors, Texts{"CVSS:3.1/x"});
    EXPECT_EQ(advisory.label, Severity::medium);
    ASSERT_EQ(advisory.ranges.size(), 1);
    ASSERT_EQ(advisory.ranges[0].events.size(), 2);
    EXPECT_EQ(advisory.ranges[0].events[0].key, "");
    EXPECT_EQ(advisory.ranges[0].events[1].key, python::version_key("1.2"));
    EXPECT_EQ(advisory.versions.count, 2); // the others lie in the range
    EXPECT_TRUE(advisory.versions.holds_key(python::version_key("1.5.0")));
    EXPECT_FALSE(advisory.versions.holds_key(python::version_key("1.1")));
    EXPECT_TRUE(advisory.versions.holds_text("2004-summer"));
}

TEST(RecordParser, TakesNullForEveryList) {
    const auto record = parse(R"({"id":"A","modified":"x","aliases":null,"severity":null,
        "withdrawn":null,"database_specific":null,"affected":[{"severity":null,
        "package":{"ecosystem":"PyPI","name":"a"},"versions":null,
        "ranges":[{"type":"SEMVER","events":null}]},
        {"package":{"ecosystem":"PyPI","name":"b"},"ranges":null}]})");

    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->packages.size(), 2);
    EXPECT_TRUE(parse(R"({"id":"A","modified":"x","affected":null})"));
    EXPECT_TRUE(parse(R"({"id":"A","modified":"x"})"));
}

TEST(RecordParser, TakesOnlyBlocksOfExactlyPyPI) {
    const auto record = parse(R"({"id":"A","modified":"x","affected":[
        {"package":{"ecosystem":"npm","name":"a"},"versions":7},
        {"package":{"ecosystem":"Root:PyPI","name":"b"}}, {"package":{"ecosystem":"pypi","name":"c"}},
        {"ranges":[{"type":"GIT"}]}, {"package":null}, {"package":{"ecosystem":"PyPI","name":"d"}}]})");

    ASSERT_TRUE(record) << record.error().message;
    ASSERT_EQ(record->packages.size(), 1);
    EXPECT_EQ(record->packages[0].name, "d");
}

TEST(RecordParser, JoinsBlocksAndSpellingsOfOnePackage) {
    const auto record = parse(R"({"id":"A","modified":"x","affected":[
        {"package":{"ecosystem":"PyPI","name":"Demo.x"},"versions":["1"]},
        {"package":{"ecosystem":"PyPI","name":"other"},"versions":["2"]},
        {"package":{"ecosystem":"PyPI","name":"demo_X"},"versions":["3"],
         "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"4"}]}]}]})");

    ASSERT_TRUE(record) << record.error().message;
    ASSERT_EQ(record->packages.size(), 2);
    EXPECT_EQ(record->packages[0].name, "demo-x");
    EXPECT_EQ(record->packages[0].advisory.versions.count, 2);
    EXPECT_EQ(record->packages[0].advisory.ranges.size(), 1);
    EXPECT_EQ(record->packages[1].name, "other");
}

TEST(RecordParser, SortsEventsByVersionAndThenByKind) {
    const auto advisory =
        advisory_of("", R"(,"ranges":[{"type":"ECOSYSTEM","events":[{"limit":"*"},{"fixed":"2"},
        {"last_affected":"2.0"},{"introduced":"2"},{"fixed":"1.10"},{"introduced":"1.9"}]}])");

    ASSERT_EQ(advisory.ranges.size(), 1);
    Texts versions;
    for (const auto& event : advisory.ranges[0].events) {
        versions.push_back(event.version);
    }
    EXPECT_EQ(versions, (Texts{"1.9", "1.10", "2", "2.0", "2", "*"}));
    EXPECT_EQ(advisory.ranges[0].events[2].kind, EventKind::introduced);
    EXPECT_EQ(advisory.ranges[0].events[3].kind, EventKind::last_affected);
    EXPECT_EQ(advisory.ranges[0].events[4].kind, EventKind::fixed);
    EXPECT_EQ(advisory.ranges[0].events[5].key, kInfinity);
}

TEST(RecordParser, LeavesOutEndsWithoutAValueAndKeepsBeginnings) {
    const auto advisory = advisory_of(
        "", R"(,"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":""},{"introduced":null},
        {"introduced":"not a version"},{"fixed":""},{"fixed":null},{"last_affected":""},
        {"limit":""},{"unknown":1},{}]}])");

    ASSERT_EQ(advisory.ranges.size(), 1);
    ASSERT_EQ(advisory.ranges[0].events.size(), 3);
    for (const auto& event : advisory.ranges[0].events) {
        EXPECT_EQ(event.kind, EventKind::introduced);
        EXPECT_EQ(event.key, "");
    }
}

TEST(RecordParser, LeavesGitRangesAloneHoweverMalformed) {
    const auto advisory = advisory_of(
        "",
        R"(,"ranges":[{"type":"GIT","events":7,"events":8},{"type":"GIT","repo":1},{"type":"NEW"}])");

    EXPECT_TRUE(advisory.ranges.empty());
}

TEST(RecordParser, PrefersTheSeverityOfABlock) {
    const auto record = parse(R"({"id":"A","modified":"x",
        "severity":[{"type":"CVSS_V2","score":"of the record"}],
        "affected":[
         {"package":{"ecosystem":"PyPI","name":"a"},"severity":[{"type":"CVSS_V3","score":"of a"}]},
         {"package":{"ecosystem":"PyPI","name":"b"},"severity":[{"type":"Ubuntu","score":"low"}]},
         {"package":{"ecosystem":"PyPI","name":"c"},"severity":[{"type":"CVSS_V4","score":"of c"}]},
         {"package":{"ecosystem":"PyPI","name":"c"}}]})");

    ASSERT_TRUE(record) << record.error().message;
    ASSERT_EQ(record->packages.size(), 3);
    EXPECT_EQ(record->packages[0].advisory.severity_vectors, Texts{"of a"});
    EXPECT_EQ(record->packages[1].advisory.severity_vectors, Texts{"of the record"});
    EXPECT_EQ(record->packages[2].advisory.severity_vectors, (Texts{"of c", "of the record"}));
}

TEST(RecordParser, PassesOverSeveritiesThatItCannotRead) {
    const auto advisory = advisory_of(
        R"("severity":[7,{"type":"CVSS_V3"},{"type":1,"score":"a"},{"type":"CVSS_V3","score":"good"}],)",
        R"(,"severity":{})");

    EXPECT_EQ(advisory.severity_vectors, Texts{"good"});
}

TEST(RecordParser, ReadsLabelsInAnyCase) {
    const std::vector<std::pair<std::string, std::optional<Severity>>> labels = {
        {R"("LOW")", Severity::low},
        {R"("moderate")", Severity::medium},
        {R"("Medium")", Severity::medium},
        {R"("high")", Severity::high},
        {R"("CRITICAL")", Severity::critical},
        {R"("severe")", std::nullopt},
        {R"("")", std::nullopt},
        {"7", std::nullopt}};
    for (const auto& [label, expected] : labels) {
        EXPECT_EQ(advisory_of(R"("database_specific":{"severity":)" + label + "},", "").label,
                  expected)
            << label;
    }
}

TEST(RecordParser, KnowsAWithdrawnRecordByItsDate) {
    const auto withdrawn = parse(R"({"id":"A","modified":"x","withdrawn":"0001-01-01T00:00:00Z"})");

    ASSERT_TRUE(withdrawn) << withdrawn.error().message;
    EXPECT_TRUE(withdrawn->is_withdrawn);
}

TEST(RecordParser, CutsTheSummaryBetweenCharacters) {
    const std::string filler(kMaxSummaryBytes - 1, 'a');

    EXPECT_EQ(advisory_of(R"("summary":")" + filler + R"(b",)", "").summary, filler + "b");
    EXPECT_EQ(advisory_of(R"("summary":")" + filler + R"(ä",)", "").summary, filler);
    EXPECT_EQ(advisory_of(R"("summary":7,)", "").summary, "");
}

TEST(RecordParser, ForgetsTheRecordBefore) {
    RecordParser parser;
    const auto broken = parser.parse(as_bytes(R"({"id": "A", "modified": )"));
    const auto first = parser.parse(as_bytes(record_of(R"("aliases":["B"],)", "")));
    const auto second = parser.parse(as_bytes(record_of("", "")));

    EXPECT_FALSE(broken);
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->packages[0].advisory.aliases.empty());
}

TEST(RecordParser, TakesAByteOrderMark) {
    EXPECT_TRUE(parse("\xEF\xBB\xBF{\"id\":\"A\",\"modified\":\"x\"}"));
}

struct Refusal {
    std::string_view name;
    std::string_view json;
    std::string_view message;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.json;
}

class RecordParserRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(RecordParserRefuses, NamingTheField) {
    const auto record = parse(GetParam().json);

    ASSERT_FALSE(record);
    EXPECT_TRUE(record.error().message.starts_with(GetParam().message)) << record.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    ,
    RecordParserRefuses,
    testing::Values(
        Refusal{"Empty", "", "not JSON: "},
        Refusal{"Cut", R"({"id":"A")", "not JSON: "},
        Refusal{"MoreBehind", R"({"id":"A","modified":"x"} x)", "not JSON: "},
        Refusal{"NoUtf8", "{\"id\":\"\xFF\",\"modified\":\"x\"}", "not JSON: "},
        Refusal{"List", "[]", "expected an object"},
        Refusal{"NoId", R"({"modified":"x"})", "'id' is missing"},
        Refusal{"EmptyId", R"({"id":"","modified":"x"})", "'id' is empty"},
        Refusal{"IdOfNumber", R"({"id":7,"modified":"x"})", "'id' is not a text"},
        Refusal{"IdTwice", R"({"id":"A","id":"A","modified":"x"})", "'id' is given twice"},
        Refusal{"NoModified", R"({"id":"A"})", "'modified' is missing"},
        Refusal{"WithdrawnWord",
                R"({"id":"A","modified":"x","withdrawn":"no"})",
                "'withdrawn' is not a date and time"},
        Refusal{"WithdrawnTruth",
                R"({"id":"A","modified":"x","withdrawn":true})",
                "'withdrawn' is not a text"},
        Refusal{"WithdrawnTwice",
                R"({"id":"A","modified":"x","withdrawn":null,"withdrawn":null})",
                "'withdrawn' is given twice"},
        Refusal{"AliasOfNumber",
                R"({"id":"A","modified":"x","aliases":["B",7]})",
                "aliases[1]: 'alias' is not a text"},
        Refusal{"AffectedObject",
                R"({"id":"A","modified":"x","affected":{}})",
                "'affected' is not a list"},
        Refusal{"NoEcosystem",
                R"({"id":"A","modified":"x","affected":[{"package":{"name":"a"}}]})",
                "affected[0].package: 'ecosystem' is missing"},
        Refusal{"NoName",
                R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI"}}]})",
                "affected[0].package: 'name' is missing"},
        Refusal{
            "VersionOfNumber",
            R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"versions":[1.0]}]})",
            "affected[0].versions[0]: 'version' is not a text"},
        Refusal{
            "NoType",
            R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"events":[]}]}]})",
            "affected[0].ranges[0]: 'type' is missing"},
        Refusal{
            "FixedNumber",
            R"({"id":"A","modified":"x","affected":[{},{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"type":"ECOSYSTEM","events":[{"fixed":2}]}]}]})",
            "affected[1].ranges[0].events[0]: 'fixed' is not a text"},
        Refusal{
            "FixedTwice",
            R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"type":"ECOSYSTEM","events":[{"fixed":"1","fixed":"2"}]}]}]})",
            "affected[0].ranges[0].events[0]: 'fixed' is given twice"},
        Refusal{
            "EventsTwice",
            R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"ranges":[{"type":"ECOSYSTEM","events":[],"events":[]}]}]})",
            "affected[0].ranges[0]: 'events' is given twice"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RecordParserLimits, EndAtTheBytesOfARecord) {
    auto json = record_of("", "");
    json.resize(kMaxRecordBytes - 1, ' ');

    EXPECT_TRUE(parse(json));
    EXPECT_TRUE(parse(json + " "));
    EXPECT_FALSE(parse(json + "  "));
}

TEST(RecordParserLimits, EndAtTheEntriesOfAList) {
    std::string versions = R"(,"versions":["1")";
    for (std::size_t count = 1; count < kMaxListEntries - 1; ++count) {
        versions += R"(,"1")";
    }

    EXPECT_TRUE(parse(record_of("", versions + "]")));
    EXPECT_TRUE(parse(record_of("", versions + R"(,"1"])")));
    EXPECT_FALSE(parse(record_of("", versions + R"(,"1","1"])")));
}

TEST(RecordParserLimits, EndWhereManyPackagesRepeatManyAliases) {
    std::string json = R"({"id":"A","modified":"x","aliases":["0")";
    for (int alias = 1; alias < 10'000; ++alias) {
        json += ",\"" + std::to_string(alias) + '"';
    }
    json += R"(],"affected":[{})";
    for (int package = 0; package < 10'000; ++package) {
        json += R"(,{"package":{"ecosystem":"PyPI","name":"p)" + std::to_string(package) + "\"}}";
    }

    const auto record = parse(json + "]}");

    ASSERT_FALSE(record);
    EXPECT_EQ(record.error().message, "its aliases and vectors are too many for 10000 packages");
}

TEST(RecordParserLimits, EndAtDeepNesting) {
    EXPECT_FALSE(parse(std::string(100'000, '[')));
}

TEST(ListedVersions, KeepEntriesOfEveryLength) {
    for (const std::size_t length : {1U, 253U, 254U, 255U, 256U, 70'000U}) {
        ListedVersions versions;
        versions.add("1.0");
        versions.add(std::string(length, '-'));
        versions.add("x-" + std::string(length, '-'));

        EXPECT_TRUE(versions.holds_text(std::string(length, '-'))) << length;
        EXPECT_TRUE(versions.holds_text("x-" + std::string(length, '-'))) << length;
        EXPECT_FALSE(versions.holds_text(std::string(length + 1, '-'))) << length;
        EXPECT_TRUE(versions.holds_key(python::version_key("1")));
        EXPECT_EQ(versions.count, 3);
    }
}

/// Ranges from 1 (with it) to 2 (without it) that together have so many events.
std::string ranges_of(std::size_t events) {
    std::string list = R"({"introduced":"1"},{"fixed":"2"})";
    for (std::size_t event = 2; event < events; ++event) {
        list += R"(,{"fixed":"2"})";
    }
    return R"("ranges":[{"type":"ECOSYSTEM","events":[)" + list + "]}]";
}

TEST(RecordParser, KeepsOfTheListedVersionsThoseOutsideTheRanges) {
    const auto count_kept = [](const std::string& ranges, const std::string& versions) {
        const auto record = parse(
            R"({"id":"A","modified":"x","affected":[{"package":{"ecosystem":"PyPI","name":"a"},)" +
            ranges + R"(,"versions":[)" + versions + "]}]}");
        EXPECT_TRUE(record);
        return record->packages.at(0).advisory.versions.count;
    };

    EXPECT_EQ(count_kept(ranges_of(2), R"("0.9","1","1.5","2.dev1","2","2.0.post1")"), 3);
    EXPECT_EQ(count_kept(ranges_of(2), R"("1.5-odd")"), 1);
    EXPECT_EQ(count_kept(R"("ranges":[])", R"("1.5")"), 1);
    // Ranges that would take long to look through are left alone: one of them counts, too.
    EXPECT_EQ(count_kept(ranges_of(62), R"("1.5")"), 0);
    EXPECT_EQ(count_kept(ranges_of(63), R"("1.5")"), 0);
    EXPECT_EQ(count_kept(ranges_of(64), R"("1.5")"), 1);
}

TEST(ListedVersions, KeepLongKeys) {
    ListedVersions versions;
    std::string text = "1";
    for (int part = 0; part < 300; ++part) {
        text += ".7";
    }
    versions.add(text);
    versions.add("2");

    EXPECT_TRUE(versions.holds_key(python::version_key(text)));
    EXPECT_TRUE(versions.holds_key(python::version_key("2")));
    EXPECT_FALSE(versions.holds_key(python::version_key("3")));
}

TEST(ListedVersions, EndAtACutEntry) {
    using std::string_literals::operator""s;
    for (const auto& block : {"\x05"s,
                              "\x05"
                              "ABCD"s,
                              "\xFF"s,
                              "\xFF\x01\x00\x00"s,
                              "\xFF\xFF\xFF\xFF\xFF"s}) {
        ListedVersions versions;
        versions.keys = block;

        EXPECT_FALSE(versions.holds_key("ABCD"));
        EXPECT_FALSE(versions.holds_key(""));
    }
}

} // namespace
} // namespace preflight::advisory
