# SPDX-License-Identifier: Apache-2.0
"""The comparison of differential.py can fail, and the readers say what they see."""

import contextlib
import hashlib
import io
import tempfile
import unittest
import zipfile
from pathlib import Path

import differential
import make_seeds
import read_batch

DIGEST = hashlib.sha256(b"1").hexdigest()
OTHER_DIGEST = hashlib.sha256(b"2").hexdigest()
ZLIB = "! error: Error -3 while decompressing data: invalid code"


def row(name="a.py", kind="file", size=1, digest=DIGEST):
    return f"{name.encode().hex()} {kind} {size} {digest}"


def compare(ours, *theirs):
    comparison = differential.Comparison()
    comparison.add(7, ours, {f"reader {number}": listing for number, listing in enumerate(theirs)})
    return comparison


class ComparisonTest(unittest.TestCase):
    LISTING = f"{row()}\t{row('d/', 'dir', 0)}\t{row('l', 'link')}"

    def assert_differs(self, theirs, what):
        comparison = compare(self.LISTING, self.LISTING, theirs)
        self.assertEqual(comparison.alike, 0)
        self.assertEqual(list(comparison.differing), [7])
        self.assertRegex(comparison.differing[7][0], f"^mutant 7: reader 1 .*{what}")

    def test_equal_listings_are_alike(self):
        comparison = compare(self.LISTING, self.LISTING, self.LISTING)

        self.assertEqual((comparison.alike, comparison.differing), (1, {}))

    def test_order_does_not_matter(self):
        rows = self.LISTING.split("\t")

        self.assertEqual(compare(self.LISTING, "\t".join(reversed(rows))).alike, 1)

    def test_each_altered_field_differs(self):
        for altered in (row("b.py"), row("./../a.py"), row("a.py", "dir"), row("a.py", "link"), row("a.py", "other"),
                        row("a.py", size=2), row("a.py", digest=OTHER_DIGEST)):
            with self.subTest(altered):
                self.assert_differs(self.LISTING.replace(row(), altered), "sees .* where we see")

    def test_a_row_too_few_or_too_many_differs(self):
        self.assert_differs("\t".join(self.LISTING.split("\t")[:-1]), "does not see link b'l'")
        self.assert_differs(f"{self.LISTING}\t{row('z')}", "sees file b'z' .* which we do not")
        self.assert_differs(f"{self.LISTING}\t{row('l', 'link')}", "which we do not")
        self.assert_differs("", "does not see")

    def test_a_refusal_differs(self):
        self.assert_differs("! BadZipFile: no", "refuses: BadZipFile: no")

    def test_what_a_reader_does_not_know_is_skipped(self):
        unknowing = self.LISTING.replace(" file ", " - ").replace(" link ", " - ")

        self.assertEqual(compare(self.LISTING, unknowing).alike, 1)
        self.assert_differs(unknowing.replace(DIGEST, OTHER_DIGEST), "sees")

    def test_dot_prefix_and_slash_are_no_part_of_a_name(self):
        self.assertEqual(compare(row("d", "dir"), row("./d/", "dir")).alike, 1)
        self.assertEqual(compare(row("", "dir"), row("./", "dir")).alike, 1)
        self.assertEqual(differential.normal_name(b"\x12\xf0".hex()), "12f0")

    def test_corrupt_streams_are_tolerated_only_where_nobody_reads_them(self):
        corrupt = [ZLIB, "! flate: corrupt input before offset 14",
                   "! java.util.zip.ZipException: invalid literal/length code",
                   "! content: ZIP decompression failed (-3)"]

        self.assertEqual(compare(row(), *corrupt).unreadable, 1)
        self.assertEqual(list(compare(row(), *corrupt, row()).differing), [7])
        self.assertEqual(list(compare(row(), *corrupt, "! BadZipFile: no").differing), [7])
        self.assertEqual(list(compare(row(), *corrupt, row(digest=OTHER_DIGEST)).differing), [7])


class ListingsTest(unittest.TestCase):
    def compare_files(self, walk, reader):
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / "walk", Path(folder) / "reader"]
            for path, lines in zip(paths, (walk, reader)):
                path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
            comparison = differential.Comparison()
            comparison.add_listings(paths[0], {"reader": paths[1]})
            return comparison

    def test_one_altered_row_among_many_is_found(self):
        walk = [f"{number}\t{row()}\t{row('b')}" for number in range(50)]
        reader = list(walk)
        reader[31] = reader[31].replace(row("b"), row("b", digest=OTHER_DIGEST))

        comparison = self.compare_files(walk, reader)

        self.assertEqual(comparison.alike, 49)
        self.assertEqual(list(comparison.differing), [31])

    def test_a_reader_that_skips_an_archive_stops_everything(self):
        walk = [f"{number}\t{row()}" for number in range(3)]

        for reader in (walk[:2], walk[1:], [*walk, f"3\t{row()}"], []):
            with self.subTest(reader), self.assertRaises(SystemExit):
                self.compare_files(walk, reader)

    def test_the_closing_line_counts_and_decides(self):
        alike, differing, empty = compare(row(), row()), compare(row(), ""), differential.Comparison()
        for comparison, code, line in ((alike, 0, "1 passed, 0 failed"), (differing, 1, "0 passed, 1 failed"),
                                       (empty, 1, "0 passed, 0 failed")):
            with self.subTest(line), contextlib.redirect_stdout(io.StringIO()) as output:
                self.assertEqual(differential.report(comparison, "found"), code)
            self.assertEqual(output.getvalue().splitlines()[-1], line)


class ReadBatchTest(unittest.TestCase):
    def test_lists_what_the_seeds_hold(self):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as packed:
            make_seeds.add_links(packed)

        listing = read_batch.list_or_refuse(content.getvalue())

        target = hashlib.sha256(b"../l").hexdigest()
        self.assertIn(f"\t{'d/m'.encode().hex()} link 4 {target}", listing)
        self.assertEqual(listing.count("\t"), 3)

    def test_gives_back_the_bytes_of_a_name_without_the_flag(self):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as packed:
            make_seeds.add_names(packed)
        unflagged = make_seeds.without_flag(content.getvalue())

        self.assertNotEqual(unflagged, content.getvalue())
        self.assertIn("caf\u00e9.py".encode().hex(), read_batch.list_or_refuse(content.getvalue()))
        self.assertIn("caf\u00e9.py".encode().hex(), read_batch.list_or_refuse(unflagged))

    def test_says_so_where_it_refuses(self):
        self.assertRegex(read_batch.list_or_refuse(b"no zip"), "^\t! BadZipFile")


if __name__ == "__main__":
    unittest.main()
