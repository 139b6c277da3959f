# SPDX-License-Identifier: Apache-2.0
"""Runs scripts/make-starter-feed over the two databases, and finds every fact of the feed in them again.

The second reads the databases by itself, so that a mistake of the script is not a mistake of its test.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

REPOSITORY = pathlib.Path()
OSV = pathlib.Path()


def run_script(*arguments):
    command = [sys.executable, str(REPOSITORY / "scripts" / "make-starter-feed"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def read_tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class MakeStarterFeed(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = pathlib.Path(folder.name)

    def test_made_the_files_that_are_in_the_repository(self):
        done = run_script("--osv", OSV, "--check")
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_writes_the_same_bytes_wherever_it_writes(self):
        done = run_script("--osv", OSV, "--output", self.output)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read_tree(self.output / "PyPI"), read_tree(REPOSITORY / "advisories" / "PyPI"))

    def test_check_sees_missing_changed_and_foreign_files(self):
        shutil.copytree(REPOSITORY / "advisories" / "PyPI", self.output / "PyPI")
        first, second, *_ = sorted((self.output / "PyPI").glob("*/*.json"))
        first.unlink()
        second.write_bytes(second.read_bytes() + b"\n")
        (self.output / "PyPI" / "notes.txt").write_text("x")

        done = run_script("--osv", OSV, "--output", self.output, "--check")

        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.splitlines(), [
            f"missing: {first.relative_to(self.output)}", "not of this feed: PyPI/notes.txt",
            f"differs: {second.relative_to(self.output)}"])

    def test_writing_removes_what_is_no_longer_made(self):
        stale = self.output / "PyPI" / "old-package" / "PYSEC-2000-1.json"
        stale.parent.mkdir(parents=True)
        stale.write_text("{}")

        run_script("--osv", OSV, "--output", self.output)

        self.assertFalse(stale.parent.exists())

    def test_says_what_it_cannot_read(self):
        done = run_script("--osv", self.output / "absent")
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot read", done.stderr)


def normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def as_facts(record):
    """What matching and severity need of a record, without any order."""
    facts = set()
    for block in record["affected"]:
        name = normal_name(block["package"]["name"])
        facts |= {(name, "listed", version) for version in block.get("versions", [])}
        facts |= {(name, "range", tuple((kind, at) for event in part["events"] for kind, at in event.items()))
                  for part in block.get("ranges", []) if part["type"] == "ECOSYSTEM"}
        facts |= {(name, "last known", text) for text in block.get("database_specific", {}).values()}
    facts |= {("vector", vector["type"], vector["score"]) for vector in record.get("severity", [])}
    facts |= {("alias", alias) for alias in record.get("aliases", [])}
    label = record.get("database_specific", {})
    facts |= {("cwe", cwe) for cwe in label.get("cwe_ids", [])}
    return facts | {("label", label.get("severity")), ("modified", record["modified"]),
                    ("published", record["published"])}


class FactsOfTheFeed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        ghsa = [json.loads(path.read_bytes()) for path in (OSV / "ghsa").glob("*.json")]
        with zipfile.ZipFile(OSV / "PyPI" / "all.zip") as archive:
            pysec = [json.loads(archive.read(name)) for name in archive.namelist()]
        cls.sources = {record["id"]: record for record in ghsa + pysec}
        cls.ghsa_live = {record["id"] for record in ghsa if "withdrawn" not in record}
        files = (REPOSITORY / "advisories" / "PyPI").glob("*/*.json")
        cls.feed = {record["id"]: record for record in (json.loads(path.read_bytes()) for path in files)}

    def test_are_those_of_the_sources(self):
        for record in self.feed.values():
            with self.subTest(record["id"]):
                self.assertNotIn("withdrawn", self.sources[record["id"]])
                self.assertEqual(as_facts(record), as_facts(self.sources[record["id"]]))

    def test_hold_every_live_record_that_shares_a_name(self):
        names = {name for record in self.feed.values() for name in (record["id"], *record["aliases"])}
        sharing = {record["id"] for record in self.sources.values() if "withdrawn" not in record
                   and names & {record["id"], *record.get("aliases", [])}}
        self.assertEqual(set(self.feed), sharing)
        self.assertLessEqual(self.ghsa_live, set(self.feed))

    def test_are_all_that_the_summaries_say(self):
        cwe_names = dict(line.split("\t") for line in (OSV / "cwe-names.tsv").read_text("utf-8").splitlines()
                         if not line.startswith("#"))
        for record in self.feed.values():
            with self.subTest(record["id"]):
                weakness, *fixes = record["summary"].split(": ", 1)[1].split("; ")
                for cwe in re.findall(r"\((CWE-\d+)\)", weakness):
                    weakness = weakness.replace(f"{cwe_names[cwe]} ({cwe})", "")
                self.assertIn(weakness.replace(", ", ""), ("", "known vulnerability"))
                versions = {version for fix in fixes for version in re.findall(r"(?<=[ ,])\d\S*?(?=,|$)", fix)}
                written = {at for block in record["affected"] for part in block["ranges"] for event in part["events"]
                           for kind, at in event.items() if kind in ("fixed", "last_affected")}
                self.assertLessEqual(versions, written)
                fixed = {event["fixed"] for block in record["affected"] for part in block["ranges"]
                         for event in part["events"] if "fixed" in event}
                self.assertLessEqual(fixed, versions)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--repository", type=pathlib.Path, required=True)
    parser.add_argument("--osv", type=pathlib.Path, required=True)
    arguments, rest = parser.parse_known_args()
    REPOSITORY, OSV = arguments.repository, arguments.osv
    unittest.main(argv=[sys.argv[0], *rest])
