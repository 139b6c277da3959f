# SPDX-License-Identifier: Apache-2.0
"""What real programs write is accepted, and lists the same files; what three of them make of pipes is refused.

zip_producers.py BIN packs one small tree with every packer that this machine has, and with those that npm and pip
bring, and asks the topics `zip` and `zip-list`, and a scan. Names, types, sizes, contents and links are to be those of
the tree, folders and what a packer adds those that Python's zipfile sees.
Source: hostile-archives.md, section 7.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import packers  # noqa: E402
import registry_packers  # noqa: E402


class Session:
    """What was judged so far."""

    def __init__(self, programs, scratch):
        self.program = programs / "preflight-conformance"
        self.scanner = programs / "lambda-preflight"
        self.scratch = scratch
        self.tree = packers.make_tree(scratch)
        self.right = Counter()
        self.wrong = []
        self.missing = {}

    def new_archive(self):
        return self.scratch / f"{self.right.total() + len(self.wrong)}.zip"

    def note(self, tool, what, complaints):
        if complaints:
            self.wrong.append(what)
            print(f"{what}: {'; '.join(complaints)}")
        else:
            self.right[tool] += 1

    def find_complaints(self, archive, link, verdict="accept", added=()):
        run = subprocess.run([self.program, "zip"], input=f"{archive}\n", capture_output=True, text=True, check=True)
        if (said := run.stdout.strip()) != verdict:
            return [f"{said} instead of {verdict}"]
        return self.compare(archive, link, added) + self.find_refusals(archive) if verdict == "accept" else []

    def find_refusals(self, archive):
        """What the whole program says, which asks libarchive, too."""
        run = subprocess.run([self.scanner, "scan", archive, "--feed", "starter", "-o", "json"],
                             capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            return [f"the scan ends with {run.returncode}"]
        report = json.loads(run.stdout)
        return [f"{item['rule_id']} ({item['severity']}): {item['message']}" for item in report["findings"]
                if item["rule_id"].startswith("unpack.") and item["severity"] not in ("info", "low")]

    def compare(self, archive, link, added):
        run = subprocess.run([self.program, "zip-list", archive], capture_output=True, encoding="utf-8", check=True)
        rows = [line.split("\t") for line in run.stdout.splitlines()]
        listed = {name: (kind, int(size), digest) for name, kind, size, digest in rows}
        expected = packers.expected_entries(link)
        with zipfile.ZipFile(archive) as packed:
            folders = packers.folders_in(packed)
            expected |= {name: packers.facts_of("dir", b"") for name in folders}
            expected |= {name: packers.facts_of("file", packed.read(name)) for name in added if name not in folders}
        complaints = [f"'{name}' is listed as {listed.get(name)} instead of {expected.get(name)}"
                      for name in sorted(listed.keys() | expected.keys()) if listed.get(name) != expected.get(name)]
        if len(listed) != len(rows):
            complaints.append("a name is listed twice")
        if unknown := folders.difference(packers.FOLDERS, added):
            complaints.append(f"the packer made folders: {', '.join(sorted(unknown))}")
        return complaints


def judge_programs(session):
    for packer in packers.PACKERS:
        if not packers.is_present(packer.tool):
            session.missing[packer.tool] = "is not on this machine"
            continue
        archive = session.new_archive()
        if (reason := packers.pack(packer.command, session.tree, archive)) is not None:
            session.note(packer.tool, packer.command, [f"does not pack: {reason}"])
            continue
        session.note(packer.tool, packer.command,
                     session.find_complaints(archive, packer.link, packer.verdict, packer.added))


def judge_zipfile(session):
    for is_streamed, force_zip64 in product((False, True), repeat=2):
        archive = session.new_archive()
        packers.write_with_zipfile(archive, is_streamed, force_zip64)
        session.note("zipfile", f"zipfile{' into a pipe' * is_streamed}{' with zip64' * force_zip64}",
                     session.find_complaints(archive, "left out"))


def judge_registries(session):
    kept = ROOT / "build" / "online"
    for packer in registry_packers.PACKERS:
        installed, reason = registry_packers.install(packer, kept)
        if installed is None:
            session.missing[packer.name] = reason
            continue
        for way in packer.ways:
            archive = session.new_archive()
            what = f"{packer.name} {way}"
            if (reason := registry_packers.pack(packer, way, installed, session.tree, archive)) is not None:
                session.note(packer.name, what, [f"does not pack: {reason}"])
                continue
            session.note(packer.name, what, session.find_complaints(archive, packer.link))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        session = Session(Path(sys.argv[1]).resolve(), Path(scratch))
        judge_programs(session)
        if not (session.right or session.wrong):
            print("this machine has none of the packers")
            return 77
        judge_zipfile(session)
        judge_registries(session)
    for name, reason in sorted(session.missing.items()):
        print(f"not done: {name} {reason}")
    print(f"judged rightly: {', '.join(f'{name} {count}' for name, count in session.right.items())}")
    total = session.right.total()
    print(f"{total} of {total + len(session.wrong)} archives judged rightly")
    return 1 if session.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
