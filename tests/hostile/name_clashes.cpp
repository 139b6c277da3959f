// SPDX-License-Identifier: Apache-2.0
//
// R10 Names, as far as it concerns several of them.
#include "corpus.hpp"
#include "samples.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace preflight::hostile {
namespace {

using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;

/// Both ways round: which of two comes first must not matter.
void add_both_ways(Corpus& corpus,
                   std::string_view verdict,
                   const std::string& about,
                   std::vector<ZipEntry> entries) {
    corpus.add(verdict, about, make_zip(entries));
    std::ranges::reverse(entries);
    corpus.add(verdict, about + ", the other way round", make_zip(entries));
}

void add_duplicates(Corpus& corpus) {
    const auto other = stored("a.py", "import os\n");
    add_both_ways(corpus, "duplicate", "row 32, R10: one name twice", {sample(), other});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name twice, the same contents",
                  {sample(), sample()});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name twice, others between",
                  {sample(), packed_sample(), stored("A.py", ""), other});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name twice, once behind './'",
                  {sample(), stored("./a.py", "import os\n")});
    add_both_ways(
        corpus, "duplicate", "row 32, R10: one name three times", {sample(), other, sample()});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: a file and a link of one name",
                  {stored("a", "x"), link("a", "b")});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name twice in a folder",
                  {directory("f/"), stored("f/a", "x"), stored("f/a", "y")});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name outside ASCII twice",
                  {stored("\xc3\xa9", "x"), stored("\xc3\xa9", "y")});
    add_both_ways(corpus,
                  "duplicate",
                  "row 32, R10: one name outside ASCII twice, once unflagged",
                  {stored("\xc3\xa9", "x"), stored("\xc3\xa9", "y").both({.flags = 0})});
    add_both_ways(corpus,
                  kAccept,
                  "row 32, R10: a directory twice",
                  {directory("f/"), stored("f/a", "x"), directory("f/")});
    for (const auto count : Sizes{10, 100, 1000}) {
        std::vector<ZipEntry> entries;
        for (std::size_t number = 0; number < count; ++number) {
            entries.push_back(stored("f" + std::to_string(number), ""));
        }
        corpus.add(kAccept, "row 32, R10: " + std::to_string(count) + " names", make_zip(entries));
        entries.push_back(stored("f" + std::to_string(count / 2), "x"));
        add_both_ways(corpus,
                      "duplicate",
                      "row 32, R10: one of " + std::to_string(count) + " names twice",
                      entries);
    }
}

void add_case_collisions(Corpus& corpus) {
    add_both_ways(
        corpus, kAccept, "row 33, R10: names that differ in case", {sample(), stored("A.py", "x")});
    add_both_ways(corpus,
                  kAccept,
                  "row 33, R10: folders that differ in case",
                  {stored("f/a", "x"), stored("F/a", "x")});
    // NFC refuses the second of them by itself.
    add_both_ways(corpus,
                  "name-not-nfc",
                  "row 33, R10: one name composed and taken apart",
                  {stored("\xc3\xa9", "x"), stored("e\xcc\x81", "y")});
}

/// Row 53: what Python makes of an unflagged name, by code page 437.
void add_code_page(Corpus& corpus) {
    const auto old = [](const std::string& name) { return stored(name, "x").both({.flags = 0}); };
    const std::string seen = "\xe2\x94\x9c\xe2\x8c\x90"; // C3 A9, which is an accented e in UTF-8
    add_both_ways(corpus,
                  "duplicate",
                  "row 53, R10: Python reads one name twice",
                  {old("caf\xc3\xa9.py"), stored("caf" + seen + ".py", "y")});
    add_both_ways(corpus,
                  "duplicate",
                  "row 53, R10: Python reads one name twice, behind './'",
                  {old("./\xc3\xa9"), stored(seen, "y")});
    add_both_ways(corpus,
                  "duplicate",
                  "row 53, R10: Python reads one name twice, in a folder",
                  {old("f/\xc3\xa9"), stored("f/" + seen, "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 53, R10: Python reads a file below a file",
                  {old("\xc3\xa9"), stored(seen + "/a", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 53, R10: Python reads a file below a file, the other unflagged",
                  {old("\xc3\xa9/a"), stored(seen, "y")});
    add_both_ways(corpus,
                  kAccept,
                  "row 53, R10: both flagged: two names",
                  {stored("\xc3\xa9", "x"), stored(seen, "y")});
    add_both_ways(corpus,
                  kAccept,
                  "row 53, R10: both unflagged: two names",
                  {old("\xc3\xa9"), old("\xc3\xa8")});
}

void add_files_as_directories(Corpus& corpus) {
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file below a file",
                  {stored("a", "x"), stored("a/b", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file far below a file",
                  {stored("a", "x"), stored("a/b/c/d", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a directory below a file",
                  {stored("a", "x"), directory("a/b/")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file that is a directory",
                  {stored("a", "x"), directory("a/")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file below a file, behind './'",
                  {stored("./a", "x"), stored("a/b", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file below a link",
                  {link("l", "f"), stored("l/x", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file below a link to a directory",
                  {directory("f/"), link("l", "f"), stored("l/x", "y")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a link below a link",
                  {link("l", "f"), link("l/m", "f")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: names between that sort between",
                  {stored("a", "x"),
                   stored("a!", ""),
                   stored("a-b", ""),
                   stored("a.b", ""),
                   stored("a/b", "y"),
                   stored("a0", "")});
    add_both_ways(corpus,
                  "file-as-directory",
                  "row 34, R10: a file below a file, which lies below a directory",
                  {directory("p/"), stored("p/a", "x"), stored("p/a/b", "y")});
    add_both_ways(corpus,
                  kAccept,
                  "row 34, R10: a file below a directory",
                  {directory("a/"), stored("a/b", "y")});
    add_both_ways(corpus,
                  kAccept,
                  "row 34, R10: names that begin like a file's",
                  {stored("a", "x"), stored("ab/c", "y"), stored("a.b/c", "y")});
}

} // namespace

void add_name_clashes(Corpus& corpus) {
    add_duplicates(corpus);
    add_case_collisions(corpus);
    add_code_page(corpus);
    add_files_as_directories(corpus);
}

} // namespace preflight::hostile
