// SPDX-License-Identifier: Apache-2.0
//
// R10 Names, as far as it concerns one of them.
#include "corpus.hpp"
#include "samples.hpp"

#include <array>
#include <string>
#include <string_view>

namespace preflight::hostile {
namespace {

using test::make_zip;
using test::stored;

using std::string_literals::operator""s;

std::string named(const std::string& name) {
    return make_zip({stored(name, name.ends_with('/') ? "" : "12345")});
}

/// Flag 11 clear, whatever the name.
std::string unflagged(const std::string& name) {
    return make_zip({stored(name, "12345").both({.flags = 0})});
}

/// RFC 3629, section 3.
std::string in_utf8(std::uint32_t character) {
    const auto tail = [&](unsigned shift) {
        return static_cast<char>(0x80U | (character >> shift & 0x3fU));
    };
    if (character < 0x80) {
        return {static_cast<char>(character)};
    }
    if (character < 0x800) {
        return {static_cast<char>(0xc0U | character >> 6U), tail(0)};
    }
    if (character < 0x10000) {
        return {static_cast<char>(0xe0U | character >> 12U), tail(6), tail(0)};
    }
    return {static_cast<char>(0xf0U | character >> 18U), tail(12), tail(6), tail(0)};
}

/// R10's ranges of characters that are not shown, or that turn the direction of writing (Unicode
/// Standard Annex 9, section 2), each with the characters to both sides of it.
struct Range {
    std::uint32_t first;
    std::uint32_t last;
    std::string_view verdict;
};

constexpr std::array kRanges = {
    Range{0x00, 0x1f, "name-control"},
    Range{0x20, 0x2e, kAccept},
    Range{0x7e, 0x7e, kAccept},
    Range{0x7f, 0x9f, "name-control"},
    Range{0xa0, 0xa1, kAccept},
    Range{0x200a, 0x200a, kAccept},
    Range{0x200b, 0x200d, "name-control"},
    Range{0x200e, 0x200f, "name-bidi"},
    Range{0x2010, 0x2010, kAccept},
    Range{0x2027, 0x2027, kAccept},
    Range{0x2028, 0x2029, "name-control"},
    Range{0x202a, 0x202e, "name-bidi"},
    Range{0x202f, 0x202f, kAccept},
    Range{0x205f, 0x205f, kAccept},
    Range{0x2060, 0x2065, "name-control"},
    Range{0x2066, 0x2069, "name-bidi"},
    Range{0x206a, 0x206a, kAccept},
    Range{0xfefc, 0xfefc, kAccept},
    Range{0xfeff, 0xfeff, "name-control"},
    Range{0xff01, 0xff01, kAccept},
    Range{0x10ffff, 0x10ffff, kAccept},
};

void add_characters(Corpus& corpus) {
    for (const auto& range : kRanges) {
        for (auto character = range.first; character <= range.last; ++character) {
            const auto about = "row " + std::string(character < 0x80 ? "27" : "57") +
                               ", R10: " + in_hex(character) + " in a name";
            const auto text = in_utf8(character);
            corpus.add(range.verdict, about, named("a" + text + "b.py"));
            if (character >= 0x80) {
                corpus.add(range.verdict, about + ", unflagged", unflagged("a" + text + "b.py"));
            }
        }
    }
    for (const auto& name : {"a.py\0.txt"s, "\0"s, "\0a"s, "a\0"s, "a/\0/b"s, "a.py\0/"s}) {
        corpus.add("name-control", "row 26, R10: a NUL in a name", named(name));
    }
    for (const auto& name : {"\x1b[2Ja"s,
                             "a\n::error::b"s,
                             "a\r\nb"s,
                             "a\tb"s,
                             "folder\x7f/a"s,
                             "a\xc2\x9bm"s,
                             "folder\n/"s}) {
        corpus.add("name-control", "row 27, R10: what a terminal or a log would obey", named(name));
    }
    corpus.add("name-bidi",
               "row 57, R10: a name that reads backwards",
               named("invoice\xe2\x80\xaeyp.txt"));
}

void add_separators(Corpus& corpus) {
    for (const auto& name : {"\\"s,
                             "a\\b"s,
                             "a\\"s,
                             "\\a"s,
                             "..\\a"s,
                             "a/b\\c"s,
                             "C:\\a"s,
                             "\\\\server\\share\\a"s,
                             "a\\/"s,
                             "\xc3\xa9\\a"s}) {
        corpus.add("name-backslash", "row 28, R10: a backslash in a name", named(name));
    }
    for (const auto& name : {"/"s,
                             "/a"s,
                             "//a"s,
                             "/a/"s,
                             "//server/share/a"s,
                             "/../a"s,
                             "/./a"s,
                             "C:"s,
                             "C:a"s,
                             "C:/a"s,
                             "c:/"s,
                             "1:a"s,
                             "::"s,
                             "./C:a"s,
                             "\xc3\xa9:a"s}) {
        corpus.add("name-absolute", "row 28, R10: an absolute name, or a drive", named(name));
    }
    for (const auto& name :
         {".."s,  "../"s, "../a"s, "../../a"s, "a/.."s,  "a/../"s, "a/../b"s, "a/b/../../../c"s,
          "."s,   "a/."s, "a/./"s, "a/./b"s,   "././a"s, "././"s,  "./../a"s, "./.."s,
          "./."s, ".//"s, ".//a"s, "a//"s,     "a//b"s,  "a///b"s, "a/b//"s,  "\xc3\xa9/../a"s}) {
        corpus.add(
            "name-component", "row 29, R10: a component that is empty, '.' or '..'", named(name));
    }
    for (const auto& name : {"./"s,
                             "./a"s,
                             "./a/"s,
                             "./a/b"s,
                             "..."s,
                             ".../a"s,
                             "a/.../b"s,
                             "..a"s,
                             "a.."s,
                             ".a"s,
                             "a/.b/..c"s,
                             ". "s,
                             "ab:c"s,
                             "a b"s,
                             "~"s,
                             "-rf"s,
                             "%2e%2e/a"s,
                             "a|b"s}) {
        corpus.add(kAccept, "row 29, R10: an odd name that means nothing else", named(name));
    }
    corpus.add("name-empty", "R10: no name", named(""));
    corpus.add("name-empty", "R10: no name, after another", make_zip({sample(), stored("", "x")}));
}

void add_encodings(Corpus& corpus) {
    for (const auto& bytes : {"\x80"s,
                              "\xbf"s,
                              "\xc3"s,
                              "\xe2\x82"s,
                              "\xf0\x9f\x98"s,
                              "\xc0\x80"s,
                              "\xc0\xae\xc0\xae/a"s,
                              "\xc0\xaf"s,
                              "\xc1\xbf"s,
                              "\xe0\x80\xaf"s,
                              "\xe0\x9f\xbf"s,
                              "\xf0\x80\x80\xaf"s,
                              "\xf0\x8f\xbf\xbf"s,
                              "\xed\xa0\x80"s,
                              "\xed\xbf\xbf"s,
                              "\xed\xa0\xbd\xed\xb8\x80"s,
                              "\xf4\x90\x80\x80"s,
                              "\xf5\x80\x80\x80"s,
                              "\xf8\x88\x80\x80\x80"s,
                              "\xfe"s,
                              "\xff"s,
                              "\xc3\xa9\xa9"s,
                              "\xa9\xc3"s,
                              "caf\xe9"s,
                              "\x82\xa0"s}) {
        corpus.add("name-not-utf8", "row 30, R10: no UTF-8, flagged", named("a" + bytes));
        corpus.add(
            "name-not-utf8", "row 30, R10: no UTF-8, unflagged", unflagged("a" + bytes + ".py"));
    }
    for (const auto& name : {"\xc3\xa9.py"s,
                             "\xea\xb0\x80.py"s,
                             "\xf0\x9f\x98\x80.py"s,
                             "\xe6\xbc\xa2.py"s,
                             "\xd0\x96.py"s}) {
        corpus.add(kAccept, "row 33, R10: composed, flagged", named(name));
        corpus.add(kAccept, "row 31, R10: composed, unflagged", unflagged(name));
        corpus.add(kAccept,
                   "row 54, R10: composed, flagged, from MS-DOS",
                   make_zip({stored(name, "x").central(
                       {.version_made_by = 0x0014, .external_attributes = 0})}));
    }
}

/// Unicode Standard Annex 15: what NFC would change. A letter and its accent, Hangul in parts,
/// letters that are another one, letters that are always taken apart, accents in another order.
void add_unicode_forms(Corpus& corpus) {
    const auto of = [](std::initializer_list<std::uint32_t> characters) {
        std::string text;
        for (const auto character : characters) {
            text += in_utf8(character);
        }
        return text;
    };
    for (const auto& name : {of({'e', 0x301}),
                             of({'A', 0x30a}),
                             of({'n', 0x303}),
                             of({0x1100, 0x1161}),
                             of({0xac00, 0x11a8}),
                             of({0x212a}),
                             of({0x212b}),
                             of({0x2126}),
                             of({0x340}),
                             of({0x374}),
                             of({0x958}),
                             of({0x2000}),
                             of({0xf900}),
                             of({0xfb1d}),
                             of({0x2f800}),
                             of({0x1d15e}),
                             of({'q', 0x307, 0x323}),
                             of({0x1e69, 0x301, 0x323}),
                             of({0x3b1, 0x345, 0x301})}) {
        corpus.add("name-not-nfc", "row 33, R10: not composed", named(name + ".py"));
        corpus.add("name-not-nfc",
                   "row 33, R10: not composed, unflagged, in a folder",
                   unflagged("a/" + name + "/b.py"));
    }
}

std::string_view at_most(std::size_t limit, std::size_t length) {
    return length > limit ? "name-too-long" : kAccept;
}

void add_lengths(Corpus& corpus) {
    for (const auto length : Sizes{254, 255, 256, 257}) {
        const auto verdict = at_most(255, length);
        const auto about = "row 42, R10: a component of " + std::to_string(length);
        corpus.add(verdict, about, named(text_of(length)));
        corpus.add(verdict, about + ", first", named(text_of(length) + "/a"));
        corpus.add(verdict, about + ", in the middle", named("a/" + text_of(length) + "/b"));
        corpus.add(verdict, about + ", a directory", named(text_of(length) + "/"));
        corpus.add(verdict, about + ", behind './'", named("./" + text_of(length)));
    }
    corpus.add("name-too-long",
               "row 42, R10: a component of 128 characters, 256 bytes",
               named(repeated("\xc3\xa9", 128)));
    corpus.add(kAccept,
               "row 42, R10: a component of 127 characters, 254 bytes",
               named(repeated("\xc3\xa9", 127)));
    for (const auto count : Sizes{127, 128, 129, 130}) {
        const auto verdict = at_most(128, count);
        const auto about = "row 42, R10: " + std::to_string(count) + " components";
        corpus.add(verdict, about, named(repeated("a/", count - 1) + "b"));
        corpus.add(verdict, about + ", a directory", named(repeated("a/", count)));
        corpus.add(verdict, about + ", behind './'", named("./" + repeated("a/", count - 1) + "b"));
    }
    const auto parents = repeated(text_of(199) + "/", 19); // 3,800 bytes
    for (const auto length : Sizes{3'999, 4'000, 4'001, 4'002}) {
        const auto verdict = at_most(4'000, length);
        const auto about = "row 42, R10: a path of " + std::to_string(length);
        const auto path = parents + text_of(length - parents.size());
        corpus.add(verdict, about, named(path));
        corpus.add(verdict, about + ", behind './'", named("./" + path));
    }
    for (const auto length : Sizes{4'096, 16'384, 65'534, 65'535}) {
        corpus.add("name-too-long",
                   "row 42, R10: a name of " + std::to_string(length),
                   named(text_of(length)));
        corpus.add("name-too-long",
                   "row 42, R10: a name of " + std::to_string(length) + ", many components",
                   named(repeated("a/", length / 2 - 1) + "b"));
    }
}

/// Row 50. Measured: Info-ZIP drops a semicolon without digits, too.
void add_version_suffixes(Corpus& corpus) {
    for (const auto& name : {"a.py;1"s,
                             "a.py;0"s,
                             "a.py;12345"s,
                             "a;b;2"s,
                             ";1"s,
                             "a/b;1"s,
                             "a;1/"s,
                             "./a;1"s,
                             "\xc3\xa9;1"s,
                             "a.py;"s}) {
        corpus.add("name-version-suffix", "row 50, R10: a name with a version", named(name));
    }
    for (const auto& name : {"a.py;1x"s, "a;1/b"s, "a.py;x"s, "a.py;1.0"s, "a.py,1"s, "a;-1"s}) {
        corpus.add(kAccept, "row 50, R10: a name nearly with a version", named(name));
    }
    corpus.add("name-version-suffix",
               "row 50, R10: a.py and a.py;1",
               make_zip({sample(), stored("a.py;1", "import os")}));
}

} // namespace

void add_names(Corpus& corpus) {
    add_characters(corpus);
    add_separators(corpus);
    add_encodings(corpus);
    add_unicode_forms(corpus);
    add_lengths(corpus);
    add_version_suffixes(corpus);
}

} // namespace preflight::hostile
