# SPDX-License-Identifier: Apache-2.0
"""Every zip that our walk accepts is read by libarchive, Python, Go and Java as we read it.

differential.py PREFLIGHT_MUTATE COUNT [--chance N] [--folder FOLDER] [--no-packers] [--python PROGRAM]...

makes COUNT mutants of honest zips, has those that we accept listed by every reader on this machine, and compares names,
types, sizes and contents, which of links are their targets. Mutants that are read differently are kept in FOLDER; the
same COUNT, CHANCE and seeds, which lie there too, give them again. Ends with `N passed, N failed`, which counts distinct
accepted mutants.

Source: hostile-archives.md, section 6.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import read_batch
from make_seeds import make_seeds

HERE = Path(__file__).resolve().parent
ROUND = 1_000_000  # mutants at a time, so that neither memory nor disk grows with their number
SHOWN = 20  # disagreements; all are kept

# What readers say of deflate streams that zlib, Go and Java do not unpack although libdeflate 1.14 does: those that use a
# code which never occurs, RFC 1951, section 3.2.6, or declare one (hostile-archives.md, row 56). See is_unreadable().
CORRUPT = re.compile(r"Error -3 while decompressing|^! flate: corrupt input|ZipException: invalid "
                     r"|^! content: ZIP decompression failed \(-3\)")


def normal_name(name):
    """A name in hexadecimal without what only says "here" or "directory", as unpack::Entry::path has it."""
    name = name.removeprefix("2e2f")
    return name[:-2] if len(name) % 2 == 0 and name.endswith("2f") else name


def parse_listing(listing):
    """The rows of one archive, in an order that does not depend on what is left open; or the refusal, a text."""
    if listing.startswith("! "):
        return listing
    rows = [row.split(" ") for row in listing.split("\t")] if listing else []
    return sorted((normal_name(name), size, digest, kind) for name, kind, size, digest in rows)


def is_alike(ours, theirs):
    """`-` says that the reader does not know."""
    return all(their == "-" or our == their for our, their in zip(ours, theirs, strict=True))


def find_difference(ours, theirs):
    """None, or the first thing in which a reader differs from us. Both are what parse_listing() gives."""
    if isinstance(theirs, str):
        return f"refuses: {theirs[2:]}"
    for our, their in zip(ours, theirs):
        if not is_alike(our, their):
            return f"sees {describe(their)} where we see {describe(our)}"
    for row in ours[len(theirs):]:
        return f"does not see {describe(row)}"
    for row in theirs[len(ours):]:
        return f"sees {describe(row)}, which we do not"
    return None


def describe(row):
    name, size, digest, kind = row
    return f"{kind} {bytes.fromhex(name)!r} of {size} bytes, SHA-256 {digest[:12]}"


def is_unreadable(readings):
    """Whether each reader gives up in the middle of the same archive's deflate streams.

    Then nobody reads something else than we do, and Lambda reads nothing: we saw all there is and somebody's deployment
    fails. That is the direction in which a difference is harmless; as soon as one reader goes on, it counts.
    """
    return all(isinstance(reading, str) and CORRUPT.search(reading) for reading in readings)


class Comparison:
    """Counts archives that are read alike, and keeps what is said of the others."""

    def __init__(self):
        self.alike = 0
        self.unreadable = 0
        self.differing = {}  # number: lines

    def add(self, number, ours, readings):
        """`ours` is the walk's listing of an archive, `readings` those of the others by name of the reader."""
        ours = parse_listing(ours)
        parsed = {reader: parse_listing(listing) for reader, listing in readings.items()}
        differences = {reader: find_difference(ours, theirs) for reader, theirs in parsed.items()}
        differences = {reader: what for reader, what in differences.items() if what is not None}
        if not differences:
            self.alike += 1
        elif is_unreadable(parsed.values()):
            self.unreadable += 1
        else:
            self.differing[number] = [f"mutant {number}: {reader} {what}" for reader, what in differences.items()]

    def add_listings(self, walk, readers):
        """`walk` is a file of listings, `readers` a file by name of the reader: the same archives in the same order."""
        with ExitStack() as stack:
            files = {reader: stack.enter_context(open(path, encoding="ascii", errors="replace"))
                     for reader, path in readers.items()}
            for line in stack.enter_context(open(walk, encoding="ascii")):
                number, ours = split_line(line)
                readings = {}
                for reader, file in files.items():
                    their_number, readings[reader] = split_line(file.readline())
                    if their_number != number:
                        raise SystemExit(f"differential: {reader} lists mutant {their_number or 'none'} as {number}")
                self.add(int(number), ours, readings)
            for reader, file in files.items():
                if file.readline():
                    raise SystemExit(f"differential: {reader} lists more mutants than there are")


def split_line(line):
    number, _, listing = line.rstrip("\n").partition("\t")
    return number, listing


class Readers:
    """The commands that list a batch, by name; what this machine lacks is in `missing`."""

    def __init__(self, scratch, pythons):
        self.commands = {}
        self.missing = []
        for python in pythons:
            version = run([python, "-c", "import platform; print(platform.python_version())"])
            self.commands[f"Python {version}"] = [python, "-B", str(HERE / "read_batch.py"), "BATCH"]
        if shutil.which("go"):
            # Only the standard library is needed: nothing may be fetched, and no go.mod around here be looked at.
            places = {"GOPROXY": "off", "GO111MODULE": "off", "GOTOOLCHAIN": "local", "GOFLAGS": ""}
            if "HOME" not in os.environ:
                places["GOCACHE"] = str(scratch / "go-cache")
            run(["go", "build", "-o", str(scratch / "read_batch"), str(HERE / "read_batch.go")], places)
            self.commands[f"Go {run(['go', 'env', 'GOVERSION'], places).removeprefix('go')}"] = [
                str(scratch / "read_batch"), "BATCH"]
        else:
            self.missing.append("go")
        if shutil.which("javac"):
            run(["javac", "-d", str(scratch), str(HERE / "ReadBatch.java")])
            version = run(["java", "-XshowSettings:properties", "-version"], errors=True)
            version = re.search(r"java\.version = (\S+)", version)[1]
            self.commands[f"Java {version}"] = ["java", "-cp", str(scratch), "ReadBatch", "BATCH",
                                                str(scratch / "mutant.zip")]
        else:
            self.missing.append("javac")

    def list_all(self, batch, folder):
        """The listing of each reader. Two at a time, however many there are."""
        with ThreadPoolExecutor(2) as workers:
            running = {reader: workers.submit(list_batch, command, batch, folder / f"listing-{number}.txt")
                       for number, (reader, command) in enumerate(self.commands.items())}
            return {reader: listing.result() for reader, listing in running.items()}


def run(command, environment=None, errors=False):
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"differential: {' '.join(command)} failed:\n{done.stderr}")
    return (done.stderr if errors else done.stdout).strip()


def list_batch(command, batch, listing):
    with open(listing, "wb") as output:
        subprocess.run([str(batch) if word == "BATCH" else word for word in command], stdout=output, check=True)
    return listing


def keep(batch, numbers, folder):
    with open(batch, "rb") as file:
        for number, content in read_batch.read_archives(file):
            if number in numbers:
                (folder / f"mutant-{number}.zip").write_bytes(content)


def survey(options, readers, scratch):
    """One round after another; the comparison of all of them."""
    comparison = Comparison()
    for first in range(0, options.count, ROUND):
        count = min(ROUND, options.count - first)
        print(run([options.program, str(options.folder / "seeds"), str(scratch), str(options.chance), str(first),
                   str(count)]), flush=True)
        batch = scratch / "batch"
        listings = readers.list_all(batch, scratch)
        before = set(comparison.differing)
        comparison.add_listings(scratch / "walk.txt", {"libarchive": scratch / "libarchive.txt", **listings})
        keep(batch, comparison.differing.keys() - before, options.folder)
    return comparison


def report(comparison, folder):
    """Prints what was found; the exit code."""
    for lines in list(comparison.differing.values())[:SHOWN]:
        print("\n".join(lines))
    if comparison.differing:
        print(f"the mutants that are read differently lie in {folder}")
    if comparison.unreadable:
        print(f"{comparison.unreadable} that no other reader inflates")
    passed, failed = comparison.alike, len(comparison.differing)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed > 0 and failed == 0 else 1


def parse_arguments():
    parser = argparse.ArgumentParser(prog="differential.py")
    parser.add_argument("program", help="preflight_mutate")
    parser.add_argument("count", type=int, help="how many mutants are made")
    parser.add_argument("--chance", type=int, default=1, help="another number gives other mutants")
    parser.add_argument("--folder", type=Path, default=Path("build/differential"), help="where seeds and finds are put")
    parser.add_argument("--no-packers", action="store_true", help="seeds only from zipfile, the same everywhere")
    parser.add_argument("--python", action="append", help="a Python whose zipfile reads; this one if none is named")
    return parser.parse_args()


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        seeds = make_seeds(options.folder / "seeds", not options.no_packers)
        for old in options.folder.glob("mutant-*.zip"):
            old.unlink()
        readers = Readers(scratch, options.python or [sys.executable])
        print(f"{len(seeds)} seeds; read by libarchive, {', '.join(readers.commands)}", flush=True)
        if readers.missing:
            print(f"not on this machine: {', '.join(readers.missing)}")
        return report(survey(options, readers, scratch), options.folder)


if __name__ == "__main__":
    sys.exit(main())
