// SPDX-License-Identifier: Apache-2.0
#include "preflight/base/hex.hpp"
#include "preflight/python/record_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace preflight::python {
namespace {

using Problems = std::vector<std::string>;
using Paths = std::vector<std::string>;

/// SHA-256 of nothing. Source: FIPS 180-4, an empty message.
constexpr std::string_view kEmptyDigest = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
constexpr std::string_view kEmptyDigestHex =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

struct Record {
    Paths paths;
    std::vector<std::size_t> lines;
    Problems problems;
};

Record read(std::string_view text) {
    Record record;
    RecordReader reader(text);
    while (const auto row = reader.next()) {
        record.paths.emplace_back(row->path);
        record.lines.push_back(row->line);
    }
    record.problems = reader.problems();
    return record;
}

TEST(RecordReader, ReadsPathDigestAndSize) {
    const std::string text = "demo/__init__.py,sha256=" + std::string(kEmptyDigest) +
                             ",1204\n../../bin/demo,sha384=abc,18446744073709551615\nRECORD,,\n";
    RecordReader reader(text);

    const auto first = reader.next();
    ASSERT_TRUE(first && first->sha256);
    EXPECT_EQ(first->path, "demo/__init__.py");
    EXPECT_EQ(to_hex(*first->sha256), kEmptyDigestHex);
    EXPECT_FALSE(first->has_other_digest);
    EXPECT_EQ(first->size, 1204);
    EXPECT_EQ(first->line, 1);

    const auto second = reader.next();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->path, "../../bin/demo");
    EXPECT_FALSE(second->sha256);
    EXPECT_TRUE(second->has_other_digest);
    EXPECT_EQ(second->size, UINT64_MAX);
    EXPECT_EQ(second->line, 2);

    const auto third = reader.next();
    ASSERT_TRUE(third);
    EXPECT_EQ(third->path, "RECORD");
    EXPECT_FALSE(third->sha256 || third->size || third->has_other_digest);
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.next());
    EXPECT_EQ(reader.problem_count(), 0);
}

struct Row {
    const char* name;
    const char* text;
    Paths paths;
};

class RecordReaderQuoting : public testing::TestWithParam<Row> {};

TEST_P(RecordReaderQuoting, IsThatOfCsvReader) {
    const auto record = read(GetParam().text);

    EXPECT_EQ(record.paths, GetParam().paths);
    EXPECT_EQ(record.problems, Problems{});
}

// Each row was given to csv.reader of Python 3.11.7, which gave the same paths.
INSTANTIATE_TEST_SUITE_P(
    ,
    RecordReaderQuoting,
    testing::Values(Row{"Empty", "", {}},
                    Row{"Plain", "a b.py,,\n", {"a b.py"}},
                    Row{"NoLineEnd", "a,,", {"a"}},
                    Row{"ByteOrderMark", "\xEF\xBB\xBF\"a\",,\n", {"a"}},
                    Row{"LineEnds", "a,,\r\nb,,\rc,,\n\n\r\r\nd,,", {"a", "b", "c", "d"}},
                    Row{"Quoted", "\"a,b\",\"\",\"1\"\n", {"a,b"}},
                    Row{"DoubledQuote", "\"a\"\"b\"\"\",,\n", {"a\"b\""}},
                    Row{"QuoteAlone", "\"\"\"\",,\n", {"\""}},
                    Row{"LineEndInQuotes", "\"a\r\nb\nc\rd\",,\n", {"a\r\nb\nc\rd"}},
                    Row{"QuoteInside", "a\"b\",,\n", {"a\"b\""}},
                    Row{"QuoteBehindBlank", " \"a\",,\n", {" \"a\""}},
                    Row{"TextBehindQuote", "\"a\"b,,\n\"c\" ,,\n", {"ab", "c "}},
                    Row{"QuotesBehindQuote", "\"a\"b\"\"c\",,\n", {"ab\"\"c\""}},
                    Row{"QuoteNotClosed", "a,,\"1", {"a"}},
                    Row{"Unicode", "\xC3\xA9.py,,\n", {"\xC3\xA9.py"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RecordReader, GivesTheFirstLineOfARow) {
    const auto record = read("\n\"a\nb\",,\n\"c\r\nd\",\"\r\",\r\n\re,,\n");

    EXPECT_EQ(record.paths, (Paths{"a\nb", "c\r\nd", "e"}));
    EXPECT_EQ(record.lines, (std::vector<std::size_t>{2, 4, 8}));
}

TEST(RecordReader, LeavesOutRowsThatHaveNotThreeFields) {
    const auto record = read("a\nb,\nc,,\nd,,,\ne,,1,f,,\n\"g\n,,\n\n" + std::string(10, ','));

    EXPECT_EQ(record.paths, Paths{"c"});
    EXPECT_EQ(record.problems,
              (Problems{"line 1: one field instead of three",
                        "line 2: two fields instead of three",
                        "line 4: four fields instead of three",
                        "line 5: six fields instead of three",
                        "line 6: one field instead of three"}));

    EXPECT_EQ(read(std::string(10, ',')).problems, Problems{"line 1: 11 fields instead of three"});
}

TEST(RecordReader, LeavesOutPathsThatCanBeNone) {
    using namespace std::string_view_literals;
    const auto record = read(",,\n\"\",,\na\0b,,\nc,,\n"sv);

    EXPECT_EQ(record.paths, Paths{"c"});
    EXPECT_EQ(
        record.problems,
        (Problems{"line 1: path is empty", "line 2: path is empty", "line 3: path holds a NUL"}));
}

TEST(RecordReader, HandsOutAPathThatIsNotUtf8) {
    const auto record = read("a\xFF,,\n");

    EXPECT_EQ(record.paths, Paths{"a\xFF"});
    EXPECT_EQ(record.problems, Problems{"line 1: path is not UTF-8"});
}

class RecordReaderPathLimit : public testing::TestWithParam<std::string> {};

TEST_P(RecordReaderPathLimit, Is4096Bytes) {
    const auto& quote = GetParam();
    const std::string row_end = (quote.empty() ? "" : "\"") + std::string(",,\n");
    const std::string path(kMaxRecordPathBytes - quote.size() / 2, 'p');

    EXPECT_EQ(read(quote + path.substr(1) + row_end).paths.size(), 1);
    EXPECT_EQ(read(quote + path + row_end).paths.size(), 1);
    EXPECT_EQ(read(quote + path + "p" + row_end).problems,
              Problems{"line 1: path has more than 4096 bytes"});
    EXPECT_EQ(read(quote + path + path + path + row_end).problems,
              Problems{"line 1: path has more than 4096 bytes"});
}

// Plain, quoted, and with a doubled quote, which is copied. The size of the text before the path
// halved is how many bytes of the path stand in it.
INSTANTIATE_TEST_SUITE_P(, RecordReaderPathLimit, testing::Values("", "\"", "\"\"\""));

struct BadField {
    const char* name;
    std::string fields;
    const char* problem;
};

class RecordReaderField : public testing::TestWithParam<BadField> {};

TEST_P(RecordReaderField, IsLeftOutWhenItCannotBeRead) {
    const std::string text = "a," + GetParam().fields + "\n";
    RecordReader reader(text);

    const auto row = reader.next();

    ASSERT_TRUE(row);
    EXPECT_EQ(row->path, "a");
    EXPECT_FALSE(row->sha256 || row->size || row->has_other_digest);
    EXPECT_EQ(reader.problems(), Problems{std::string("line 1: ") + GetParam().problem});
}

INSTANTIATE_TEST_SUITE_P(
    ,
    RecordReaderField,
    testing::Values(
        BadField{"SizeIsWord", ",x", "size 'x' is no number"},
        BadField{"SizeIsNegative", ",-1", "size '-1' is no number"},
        BadField{"SizeHasSign", ",+1", "size '+1' is no number"},
        BadField{"SizeHasBlank", ", 1", "size ' 1' is no number"},
        BadField{"SizeHasFraction", ",1.0", "size '1.0' is no number"},
        BadField{"SizeIsOneTooMany",
                 ",18446744073709551616",
                 "size '18446744073709551616' is no number"},
        BadField{"SizeIsCutInTheProblem",
                 "," + std::string(70, 'x'),
                 "size 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' is no "
                 "number"},
        BadField{"DigestHasNoEquals", "sha256,", "digest 'sha256' is not '<algorithm>=<digest>'"},
        BadField{"DigestHasNoAlgorithm", "=a,", "digest '=a' is not '<algorithm>=<digest>'"},
        BadField{"DigestIsEmpty", "md5=,", "digest 'md5=' is not '<algorithm>=<digest>'"},
        BadField{"DigestIsTooShort",
                 "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuF,",
                 "digest 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuF' is no SHA-256 in "
                 "URL-safe base64"},
        BadField{"DigestIsTooLong",
                 "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUA,",
                 "digest 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUA' is no SHA-256 in "
                 "URL-safe base64"},
        BadField{"DigestIsInOrdinaryBase64",
                 "sha256=47DEQpj8HBSa+_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,",
                 "digest 'sha256=47DEQpj8HBSa+_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' is no SHA-256 in "
                 "URL-safe base64"},
        BadField{"DigestEndsInBitsThatStandForNothing",
                 "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV,",
                 "digest 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFV' is no SHA-256 in "
                 "URL-safe base64"},
        BadField{"DigestHasTwoPads",
                 "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU==,",
                 "digest 'sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU==' is no SHA-256 in "
                 "URL-safe base64"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RecordReader, LetsOnePaddingCharacterPass) {
    const std::string text = "a,\"sha256=" + std::string(kEmptyDigest) + "=\",\n";
    RecordReader reader(text);

    const auto row = reader.next();

    ASSERT_TRUE(row && row->sha256);
    EXPECT_EQ(to_hex(*row->sha256), kEmptyDigestHex);
    EXPECT_EQ(reader.problem_count(), 0);
}

TEST(RecordReader, KeepsTenProblemsAndCountsAll) {
    for (const std::size_t count : {9U, 10U, 11U}) {
        std::string text;
        for (std::size_t line = 0; line < count; ++line) {
            text += "a\n";
        }
        RecordReader reader(text);

        EXPECT_FALSE(reader.next());
        EXPECT_EQ(reader.problems().size(), std::min<std::size_t>(count, 10));
        EXPECT_EQ(reader.problem_count(), count);
    }
}

} // namespace
} // namespace preflight::python
