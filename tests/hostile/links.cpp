// SPDX-License-Identifier: Apache-2.0
//
// R11 Types: symbolic links, and where they lead.
#include "corpus.hpp"
#include "samples.hpp"

#include <string>
#include <utility>
#include <vector>

namespace preflight::hostile {
namespace {

using test::deflated;
using test::directory;
using test::link;
using test::make_zip;
using test::stored;
using test::ZipEntry;

using std::string_literals::operator""s;

constexpr std::uint32_t kLinkMode = 0120777;

ZipEntry packed_link(const std::string& name, const std::string& target) {
    return deflated(name, target).mode(kLinkMode);
}

std::string number(std::size_t value) {
    return std::to_string(value);
}

void add_target_texts(Corpus& corpus) {
    corpus.add("symlink-target", "row 35, R11: no target", make_zip({link("l", "")}));
    corpus.add(
        "symlink-target", "row 35, R11: no target, deflated", make_zip({packed_link("l", "")}));
    for (const auto& target : {"\0"s, "a\0"s, "\0a"s, "a\0b"s, "a/\0/b"s, "../\0"s, "/opt\0"s}) {
        corpus.add(
            "symlink-target", "row 35, R11: a NUL in a target", make_zip({link("l", target)}));
        corpus.add("symlink-target",
                   "row 35, R11: a NUL in a target, deflated",
                   make_zip({packed_link("l", target)}));
    }
    for (const auto length :
         Sizes{1, 4'094, 4'095, 4'096, 4'097, 8'192, 65'535, 65'536, 70'000, 1'000'000}) {
        const auto verdict = length > 4'095 ? "symlink-target" : kAccept;
        const auto about = "row 35, R11: a target of " + number(length);
        corpus.add(verdict, about, make_zip({link("l", text_of(length))}));
        corpus.add(verdict, about + ", deflated", make_zip({packed_link("l", text_of(length))}));
    }
}

void add_absolute_targets(Corpus& corpus) {
    for (const auto& target : {"/"s,
                               "/etc/passwd"s,
                               "/etc"s,
                               "//etc"s,
                               "/tmp/x"s,
                               "/var"s,
                               "/var/"s,
                               "/var/tas"s,
                               "/var/taskx"s,
                               "/var/task2/x"s,
                               "/op"s,
                               "/optx"s,
                               "/opt2/x"s,
                               "/opt/.."s,
                               "/opt/../etc/passwd"s,
                               "/opt/a/../../etc"s,
                               "/var/task/.."s,
                               "/var/task/../../etc"s,
                               "/var/task/../../opt2"s,
                               "/../etc"s,
                               "/./etc"s,
                               "/proc/self/environ"s,
                               "/OPT/x"s,
                               "/var/runtime/x"s}) {
        corpus.add(
            "symlink-escape", "row 35, R11: to '" + target + "'", make_zip({link("l", target)}));
        corpus.add("symlink-escape",
                   "row 35, R11: from a folder, to '" + target + "'",
                   make_zip({sample(), packed_link("a/b/l", target)}));
    }
    for (const auto& target : {"/opt"s,
                               "/opt/"s,
                               "/opt/lib/x.so"s,
                               "/opt/./x"s,
                               "/opt//x"s,
                               "/opt/a/../b"s,
                               "/var/task"s,
                               "/var/task/a.py"s,
                               "/var/../opt/x"s,
                               "/opt/../var/task/x"s,
                               "/var/task/./../task/x"s}) {
        corpus.add(kAccept, "row 35, R11: to '" + target + "'", make_zip({link("l", target)}));
    }
}

/// From each depth, each number of steps up.
void add_relative_targets(Corpus& corpus) {
    for (std::size_t depth = 0; depth <= 4; ++depth) {
        for (std::size_t up = 0; up <= 6; ++up) {
            const auto verdict = up > depth ? "symlink-escape" : kAccept;
            const auto about = "row 35, R11: from depth " + number(depth) + " up " + number(up);
            const auto name = repeated("d/", depth) + "l";
            corpus.add(
                verdict, about + ", to a file", make_zip({link(name, repeated("../", up) + "x")}));
            if (up > 0) {
                const auto folders = repeated("../", up - 1) + "..";
                corpus.add(verdict, about, make_zip({link(name, folders)}));
                corpus.add(verdict,
                           about + ", with detours",
                           make_zip({packed_link(name, "e/./f//../../" + folders + "/./x")}));
            }
        }
    }
    corpus.add("symlink-escape",
               "row 35, R11: out and in again",
               make_zip({link("l", "../task/a.py"), sample()}));
    corpus.add(
        "symlink-escape",
        "row 35, R11: the last of many",
        make_zip({link("a", "b"), link("b", "c"), link("f/c", "../d"), link("f/d", "../../d")}));
}

/// Row 52: each text stays inside, what it leads to does not.
void add_chains(Corpus& corpus) {
    const auto add = [&](std::string_view verdict,
                         const std::string& about,
                         const std::vector<ZipEntry>& entries) {
        corpus.add(verdict, "row 52, R11: " + about, make_zip(entries));
        corpus.add(verdict,
                   "row 52, R11: " + about + ", the other way round",
                   make_zip({entries.rbegin(), entries.rend()}));
    };
    add("symlink-escape",
        "up behind a link to the root",
        {link("a/b/c/s", "../../.."), link("t", "a/b/c/s/../outside")});
    add("symlink-escape",
        "up behind a link, in a folder",
        {link("a/s", ".."), link("b/t", "../a/s/../outside")});
    add("symlink-escape",
        "up behind two links",
        {link("a/b/s", "../.."), link("r", "a/b/s"), link("t", "r/../outside")});
    add("symlink-escape",
        "up behind a link to a folder above",
        {directory("a/b/"), link("a/b/s", "../"), link("t", "a/b/s/../../outside")});
    add("symlink-escape",
        "up behind a link to /opt",
        {link("o", "/opt"), link("t", "o/../etc/passwd")});
    add("symlink-escape",
        "up behind a link to a folder of /opt",
        {link("o", "/opt/a"), link("t", "o/../../etc/passwd")});
    add("symlink-escape", "to a link that escapes", {link("s", "../x"), link("t", "s")});
    add("symlink-escape", "to itself", {link("l", "l")});
    add("symlink-escape", "to itself, by way of its folder", {link("a/l", "../a/l/x")});
    add("symlink-escape", "to each other", {link("l", "m"), link("m", "l")});
    add("symlink-escape",
        "in a circle of three",
        {link("l", "m"), link("m", "n/x"), link("n", "l")});
    add(kAccept,
        "up behind a link to a deep folder",
        {directory("a/b/c/"), link("s", "a/b/c"), link("t", "s/../../inside")});
    add(kAccept, "two that lead to one file", {sample(), link("l", "a.py"), link("m", "l")});
    add(kAccept, "below a link to /opt", {link("o", "/opt"), link("t", "o/lib/x")});
}

void add_hops(Corpus& corpus) {
    for (const auto on_the_way : Sizes{1, 39, 40, 41, 42, 100, 1000}) {
        std::vector<ZipEntry> entries = {stored("file", "x")};
        std::string target = "file";
        for (std::size_t index = 0; index <= on_the_way; ++index) {
            entries.push_back(link("l" + number(index), target));
            target = "l" + number(index);
        }
        const auto verdict = on_the_way > 40 ? "symlink-escape" : kAccept;
        corpus.add(verdict, "R11: " + number(on_the_way) + " links on the way", make_zip(entries));
        corpus.add(verdict,
                   "R11: " + number(on_the_way) + " links on the way, the last first",
                   make_zip({entries.rbegin(), entries.rend()}));
    }
    for (const auto times : Sizes{39, 40, 41, 42}) {
        corpus.add(times > 40 ? "symlink-escape" : kAccept,
                   "R11: one link " + number(times) + " times on the way",
                   make_zip({directory("d/"),
                             link("d/s", "."),
                             link("t", "d/" + repeated("s/", times) + "x")}));
    }
    // Each goes twice through the next: two to the power of 64 steps, were nobody to count them.
    std::vector<ZipEntry> doubling;
    for (std::size_t index = 0; index < 64; ++index) {
        const auto next = "l" + number(index + 1);
        auto target = next + "/../";
        target += next;
        doubling.push_back(link("l" + number(index), target));
    }
    corpus.add("symlink-escape",
               "R11: links that lead through each other twice",
               make_zip(doubling),
               {.kind = Kind::bomb});
}

/// R13 makes no exception for links.
void add_damaged_links(Corpus& corpus) {
    const auto packed = packed_link("l", text_of(100));
    corpus.add("crc-bad",
               "row 21, R13: a link with a wrong CRC",
               make_zip({link("l", "a.py").both({.crc32 = 1}), sample()}));
    corpus.add("crc-bad",
               "row 21, R13: a deflated link with a wrong CRC",
               make_zip({packed.both({.crc32 = 1}), sample()}));
    corpus.add("deflate-length",
               "row 19, R13: a link longer than it says",
               make_zip({packed.both({.size = 99})}));
    corpus.add("deflate-length",
               "row 19, R13: a link shorter than it says",
               make_zip({packed.both({.size = 101})}));
    corpus.add("deflate-length",
               "row 20, R13: bytes behind the stream of a link",
               make_zip({packed.data(test::deflate(text_of(100)) + "x")}));
    corpus.add("deflate-corrupt",
               "row 20, R13: no stream of a link",
               make_zip({packed.data(std::string(10, '\x07'))}));
    corpus.add("stored-size",
               "row 19, R8: a stored link that gives two sizes",
               make_zip({link("l", "a.py").both({.size = 3})}));
    corpus.add("dir-with-data",
               "row 6, R11: a link whose name is a directory's",
               make_zip({link("l/", "a.py")}));
}

} // namespace

void add_links(Corpus& corpus) {
    add_target_texts(corpus);
    add_absolute_targets(corpus);
    add_relative_targets(corpus);
    add_chains(corpus);
    add_hops(corpus);
    add_damaged_links(corpus);
}

} // namespace preflight::hostile
