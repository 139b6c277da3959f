# SPDX-License-Identifier: Apache-2.0
"""Every archive of the hostile corpus is refused by its rule: hostile_test.py LAMBDA_PREFLIGHT GENERATOR [--sanitized]

The rule, the exit code, that nothing was inflated where nothing may be, and the memory: at most 64 MiB beyond the file and
what a tiny archive takes. In a build with sanitizers neither memory nor CPU time is looked at, and the archives of up to half
a gigabyte are left out.
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import corpus_runner
from corpus_runner import Outcome, Row

SANITIZED = "--sanitized" in sys.argv
PROGRAM, GENERATOR = (argument for argument in sys.argv[1:] if argument != "--sanitized")

# G5 of reliability.md.
FEWEST_REFUSALS = 600
# Rows 1 to 58, but for what is no zip (hard links, 36), and what is no archive but a moment (49).
ATTACKS = set(range(1, 59)) - {36, 49}
LARGE_AREAS = {"crowds", "giants"}


def check_area(area, say=print):
    """The rows of an area, and how many of them did not come out as they should have."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        rows = corpus_runner.make_corpus(GENERATOR, area, folder)
        return rows, check_rows(rows, folder, say)


def check_rows(rows, folder, say=print):
    baseline = 0 if SANITIZED else measure_baseline()
    failed = 0
    for row, outcome in corpus_runner.scan_all(PROGRAM, folder, rows, capped=not SANITIZED):
        wrong = corpus_runner.complaints(row, outcome)
        if not SANITIZED:
            file_bytes = (Path(folder) / row.name).stat().st_size
            wrong += corpus_runner.complaints_about_memory(row, outcome, baseline, file_bytes)
        if wrong:
            failed += 1
            say(f"{row.name} ({row.about}): {'; '.join(wrong)}")
    return failed


def measure_baseline():
    """What the least archive takes."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        rows = corpus_runner.make_corpus(GENERATOR, "features", folder)
        small = next(row for row in rows if row.verdict == "accept")
        _, outcome = next(corpus_runner.scan_all(PROGRAM, folder, [small]))
        if outcome.code != 0:
            raise RuntimeError(f"a small archive ends with {outcome.code}")
        return outcome.peak_bytes


class HostileCorpus(unittest.TestCase):
    seen = []

    def test_every_archive_gets_its_verdict(self):
        for area in corpus_runner.areas(GENERATOR):
            if SANITIZED and area in LARGE_AREAS:
                continue
            with self.subTest(area):
                rows, failed = check_area(area)
                self.seen.extend(rows)
                self.assertEqual(failed, 0, f"of {len(rows)} archives")
        if SANITIZED:
            return
        refused = sum(row.verdict not in ("accept", "empty") for row in self.seen)
        print(f"{refused} archives to be refused, {len(self.seen) - refused} neighbours")
        with self.subTest("there are enough of them"):
            self.assertGreaterEqual(refused, FEWEST_REFUSALS)
        with self.subTest("each row of the tables of attacks is there"):
            self.assertEqual(ATTACKS - corpus_runner.attack_numbers(self.seen), set())
        with self.subTest("each refusal is there"):
            self.assertEqual(all_refusals() - {row.verdict for row in self.seen}, set())


TAR_RULES = {"hard-link", "not-tar", "tar-malformed"}


def all_refusals():
    """The ids of the module's critical rules about zips, without its name."""
    run = subprocess.run([PROGRAM, "rules"], capture_output=True, text=True, check=True)
    words = [line.split() for line in run.stdout.splitlines()]
    return TAR_RULES ^ {line[0].removeprefix("unpack.") for line in words if line and line[0].startswith("unpack.") and "critical" in line}


class Runner(unittest.TestCase):
    """The test above can fail."""

    def test_a_wrong_rule_is_a_failure(self):
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            rows = corpus_runner.make_corpus(GENERATOR, "features", folder)
            said = []
            right = next(row for row in rows if row.verdict == "method-unsupported")
            accepted = next(row for row in rows if row.verdict == "accept")
            self.assertEqual(check_rows([right, accepted], folder, said.append), 0)
            self.assertEqual(check_rows([right._replace(verdict="overlap")], folder, said.append), 1)
            self.assertIn("unpack.method-unsupported", said[-1])
            self.assertEqual(check_rows([right._replace(verdict="accept")], folder, said.append), 1)
            self.assertEqual(check_rows([accepted._replace(verdict="overlap")], folder, said.append), 1)
            self.assertEqual(check_rows([accepted._replace(verdict="empty")], folder, said.append), 1)

    def test_inflated_bytes_a_missing_report_and_memory_are_failures(self):
        row = Row("x.zip", "overlap", False, "plain", "")
        finding = {"rule_id": "unpack.overlap", "severity": "critical"}

        def outcome(inflated, code=1):
            return Outcome(code, {"findings": [finding], "stats": {"inflated_bytes": inflated}}, 0.0, 100 << 20)

        self.assertEqual(corpus_runner.complaints(row, outcome(0)), [])
        self.assertEqual(corpus_runner.complaints(row._replace(may_inflate=True), outcome(1)), [])
        self.assertEqual(len(corpus_runner.complaints(row, outcome(1))), 1)
        self.assertEqual(len(corpus_runner.complaints(row, outcome(0, code=3))), 1)
        self.assertEqual(len(corpus_runner.complaints(row, Outcome(-9, {}, 0.0, 0))), 1)
        self.assertEqual(corpus_runner.complaints_about_memory(row, outcome(0), 20 << 20, 16 << 20), [])
        self.assertEqual(len(corpus_runner.complaints_about_memory(row, outcome(0), 20 << 20, (16 << 20) - 1)), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
