# SPDX-License-Identifier: Apache-2.0
"""Holds the files of advisories/ against their schema and against what SOURCES.md promises.

Each promise is a function that gives back sentences about what breaks it. The second half of the tests breaks a copy of
a record on purpose and expects just that sentence: the proof that the check can fail.
"""

import argparse
import copy
import json
import pathlib
import re
import sys
import tempfile
import unittest

import jsonschema

LEAST_RECORDS = 200
LEAST_PACKAGES = 70

REPOSITORY = pathlib.Path()

KEY_ORDER = ["schema_version", "id", "modified", "published", "aliases", "summary", "severity", "affected",
             "database_specific"]
BLOCK_KEY_ORDER = ["package", "ranges", "versions", "database_specific"]


def refuse_repeated_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key occurs twice")
    return dict(pairs)


def normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def packages_of(record):
    return [block["package"]["name"] for block in record["affected"]]


def is_in_order(keys, order):
    return list(keys) == [key for key in order if key in keys]


def find_schema_problems(record, schema):
    validator = jsonschema.Draft202012Validator(schema)
    return [f"schema: {error.json_path}: {error.message[:120]}" for error in validator.iter_errors(record)]


def find_content_problems(record):
    """What the schema cannot say. Holds only for records that the schema accepts."""
    if not is_in_order(record, KEY_ORDER):
        yield "keys are not in order"
    for block in record["affected"]:
        if not is_in_order(block, BLOCK_KEY_ORDER):
            yield "keys of a block are not in order"
        if block.get("versions", []) != sorted(set(block.get("versions", []))):
            yield "versions are not sorted"
    if record["aliases"] != sorted(record["aliases"]):
        yield "aliases are not sorted"
    if record["id"] in record["aliases"]:
        yield "the record is an alias of itself"
    packages = packages_of(record)
    if packages != sorted(packages):
        yield "blocks are not sorted by package"
    if any(name != normal_name(name) for name in packages):
        yield "a package name is not in normal form"
    if not record["summary"].startswith(", ".join(dict.fromkeys(packages)) + ": "):
        yield "the summary does not begin with the packages"


def find_place_problems(path, record):
    if path.stem != record["id"]:
        yield "the file is not named for its record"
    if path.parent.name != min(packages_of(record)):
        yield "the folder is not the first package by name"


def find_file_problems(path, schema):
    """All problems of one file, each with the file's name before it."""
    content = path.read_bytes()
    try:
        record = json.loads(content, object_pairs_hook=refuse_repeated_keys)
    except ValueError as error:
        return [f"{path.name}: no JSON: {error}"]
    problems = find_schema_problems(record, schema)
    if not problems:
        problems = [*find_content_problems(record), *find_place_problems(path, record)]
    if not content.isascii() or b"\r" in content or not content.endswith(b"}\n"):
        problems.append("not ASCII lines")
    return [f"{path.name}: {problem}" for problem in problems]


def list_records(feed):
    return sorted((feed / "PyPI").glob("*/*.json"))


def find_feed_problems(feed, schema, least_records=LEAST_RECORDS, least_packages=LEAST_PACKAGES):
    """All problems of a feed: of its files, and of all of them together."""
    files = list_records(feed)
    problems = [problem for path in files for problem in find_file_problems(path, schema)]
    for path in sorted((feed / "PyPI").rglob("*")):
        if path.is_file() and path not in files:
            problems.append(f"{path.name}: not a record in a package's folder")
    stems = [path.stem for path in files]
    problems += [f"{stem}: two files for one id" for stem in sorted(set(stems)) if stems.count(stem) > 1]
    if problems:
        return problems

    packages = {name for path in files for name in packages_of(json.loads(path.read_bytes()))}
    if len(files) < least_records:
        problems.append(f"only {len(files)} records")
    if len(packages) < least_packages:
        problems.append(f"only {len(packages)} packages")
    return problems


def read_schema():
    return json.loads((REPOSITORY / "advisories" / "schema.json").read_bytes())


class StarterFeed(unittest.TestCase):
    def test_has_a_valid_schema_that_admits_nothing_unnamed(self):
        schema = read_schema()
        jsonschema.Draft202012Validator.check_schema(schema)

        def open_objects(node):
            if isinstance(node, dict):
                if node.get("type") == "object" and node.get("additionalProperties") is not False:
                    yield node
                node = list(node.values())
            if isinstance(node, list):
                for child in node:
                    yield from open_objects(child)

        self.assertEqual(list(open_objects(schema)), [])

    def test_keeps_what_its_sources_file_promises(self):
        self.assertEqual(find_feed_problems(REPOSITORY / "advisories", read_schema()), [])

    def test_is_as_large_as_its_sources_file_says(self):
        records = [json.loads(path.read_bytes()) for path in list_records(REPOSITORY / "advisories")]
        text = (REPOSITORY / "advisories" / "SOURCES.md").read_text(encoding="utf-8")
        ghsa = sum(record["id"].startswith("GHSA-") for record in records)
        packages = {name for record in records for name in packages_of(record)}
        newest = max(record["modified"] for record in records)

        self.assertIn(f"{len(records)} records ({ghsa} GHSA, {len(records) - ghsa} PYSEC) over {len(packages)} "
                      f"distributions", " ".join(text.split()))
        self.assertIn(f"`{newest}`", text)


class BrokenFeed(unittest.TestCase):
    """Breaks one thing in a feed of one record and expects the sentence about it."""

    def setUp(self):
        self.schema = read_schema()
        source = REPOSITORY / "advisories" / "PyPI" / "pypdf" / "GHSA-4vvm-4w3v-6mr8.json"
        self.record = json.loads(source.read_bytes())
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.feed = pathlib.Path(folder.name)

    def write(self, record, path="PyPI/pypdf/GHSA-4vvm-4w3v-6mr8.json", text=None):
        (self.feed / path).parent.mkdir(parents=True, exist_ok=True)
        (self.feed / path).write_text(text or json.dumps(record) + "\n", encoding="utf-8")

    def problems(self, least_records=1, least_packages=1):
        return find_feed_problems(self.feed, self.schema, least_records, least_packages)

    def test_is_no_broken_feed_to_begin_with(self):
        self.write(self.record)
        self.assertEqual(self.problems(), [])

    def test_shows_in_every_record_that_is_changed(self):
        def set_in(*steps):
            *path, key, value = steps

            def change(record):
                for step in path:
                    record = record[step]
                record[key] = value
            return change

        block = ("affected", 0)
        events = (*block, "ranges", 0, "events")
        changes = {
            "references": (set_in("references", []), "'references' was unexpected"),
            "details": (set_in("details", "Prose."), "'details' was unexpected"),
            "credits": (set_in("credits", []), "'credits' was unexpected"),
            "withdrawn": (set_in("withdrawn", "2024-01-01T00:00:00Z"), "'withdrawn' was unexpected"),
            "other ecosystem": (set_in(*block, "package", "ecosystem", "npm"), "'PyPI' was expected"),
            "purl": (set_in(*block, "package", "purl", "pkg:pypi/pypdf"), "'purl' was unexpected"),
            "name": (set_in(*block, "package", "name", "PyPDF"), "does not match"),
            "no package affected": (set_in("affected", []), "[] is too short"),
            "empty block": (lambda record: record["affected"][0].pop("ranges"), "not valid under any"),
            "GIT range": (set_in(*block, "ranges", 0, "type", "GIT"), "'ECOSYSTEM' was expected"),
            "empty version": (set_in(*events, 1, "fixed", ""), "does not match"),
            "event of two kinds": (set_in(*events, 1, "introduced", "1"), "too many properties"),
            "fixed and last_affected": (lambda record: record["affected"][0]["ranges"][0]["events"].append(
                {"last_affected": "3"}), "should not be valid under"),
            "no introduced": (lambda record: record["affected"][0]["ranges"][0]["events"].pop(0), "does not contain"),
            "number as version": (set_in(*block, "versions", [1.0]), "is not of type 'string'"),
            "vector of another type": (set_in("severity", 0, "type", "CVSS_V4"), "not valid under any"),
            "time without zone": (set_in("modified", "2023-07-07T17:19:37"), "does not match"),
            "label": (set_in("database_specific", "severity", "SEVERE"), "is not one of"),
            "summary of two lines": (set_in("summary", "pypdf, pypdf2: x\ny; fixed in 1"), "does not match"),
            "summary of another package": (set_in("summary", "requests: x; fixed in 1"), "begin with the packages"),
            "aliases": (set_in("aliases", ["CVE-2023-2", "CVE-2023-1"]), "aliases are not sorted"),
            "own alias": (set_in("aliases", ["GHSA-4vvm-4w3v-6mr8"]), "an alias of itself"),
            "versions": (set_in(*block, "versions", ["2", "1"]), "versions are not sorted"),
            "id": (set_in("id", "GHSA-2222-3333-4444"), "not named for its record"),
            "blocks": (lambda record: record["affected"].reverse(), "not sorted by package"),
            "order of keys in a block": (lambda record: record["affected"][0].update(
                package=record["affected"][0].pop("package")), "keys of a block are not in order"),
            "order of keys": (lambda record: record.update(id=record.pop("id")), "keys are not in order"),
        }
        for name, (change, expected) in changes.items():
            with self.subTest(name):
                record = copy.deepcopy(self.record)
                change(record)
                self.write(record)
                self.assertIn(expected, "\n".join(self.problems()))

    def test_shows_when_a_record_lies_with_another_package(self):
        self.write(self.record, "PyPI/pypdf2/GHSA-4vvm-4w3v-6mr8.json")
        self.assertEqual(self.problems(), [
            "GHSA-4vvm-4w3v-6mr8.json: the folder is not the first package by name"])

    def test_shows_when_an_id_has_two_files(self):
        self.write(self.record)
        self.write(self.record, "PyPI/pypdf2/GHSA-4vvm-4w3v-6mr8.json")
        self.assertIn("GHSA-4vvm-4w3v-6mr8: two files for one id", self.problems())

    def test_shows_other_files(self):
        self.write(self.record)
        self.write(self.record, "PyPI/GHSA-4vvm-4w3v-6mr8.json")
        self.assertEqual(self.problems(), ["GHSA-4vvm-4w3v-6mr8.json: not a record in a package's folder"])

    def test_shows_what_is_no_json(self):
        for text in ("{", '{"id": 1, "id": 2}\n'):
            with self.subTest(text):
                self.write(None, text=text)
                self.assertIn("no JSON", "\n".join(self.problems()))

    def test_shows_bytes_that_are_not_ascii(self):
        self.write(None, text=json.dumps(self.record).replace("Infinite", "Inf\u00ednite") + "\n")
        self.assertIn("not ASCII lines", "\n".join(self.problems()))

    def test_shows_when_it_is_too_small(self):
        self.write(self.record)
        self.assertEqual(self.problems(least_records=1, least_packages=2), [])
        self.assertEqual(self.problems(least_records=2), ["only 1 records"])
        self.assertEqual(self.problems(least_packages=3), ["only 2 packages"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--repository", type=pathlib.Path, required=True)
    arguments, rest = parser.parse_known_args()
    REPOSITORY = arguments.repository
    unittest.main(argv=[sys.argv[0], *rest])
