# SPDX-License-Identifier: Apache-2.0
"""Makes the archives of an area, scans each with the real program, and says what came out against what should have.

Used by hostile_test.py, which judges, and by hostile.py and shapes.py of tests/bench, which measure.
"""

import contextlib
import hashlib
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

# A cap on a program that hangs, not a promise: what is promised is in hostile-archives.md, section 11, and measured by
# the benchmark.
CPU_SECONDS = 10
LAUNCHER = Path(__file__).with_name("launcher.py")
MEMORY_BEYOND_FILE = 64 << 20
OPTIONS = ["--runtime", "python3.12", "--arch", "x86_64", "--fail-on", "high", "-o", "json", "--feed", "starter", "--threads", "1"]
NO_ARCHIVE = ("no-eocd", "too-small")


class Row(NamedTuple):
    """A line of the manifest that the generator writes."""

    name: str
    verdict: str
    may_inflate: bool
    kind: str
    about: str


class Outcome(NamedTuple):
    code: int
    report: dict  # empty where the program wrote none
    seconds: float
    peak_bytes: int


def areas(generator):
    return subprocess.run([generator], capture_output=True, text=True, check=True).stdout.split()


def read_manifest(folder):
    rows = []
    for line in (Path(folder) / "manifest.tsv").read_text().splitlines():
        name, verdict, may_inflate, kind, about = line.split("\t")
        rows.append(Row(name, verdict, may_inflate == "yes", kind, about))
    return rows


def make_corpus(generator, area, folder):
    subprocess.run([generator, folder, area], check=True)
    return read_manifest(folder)


def read_and_hash(path):
    """Seconds that this takes: what a scan cannot do without."""
    start = time.perf_counter()
    with open(path, "rb") as file:
        hashlib.sha256(file.read()).digest()
    return time.perf_counter() - start


class Scanner:
    """Runs the program on one file after another; `with` ends it. Capped: under a limit of CPU time, which sanitizers would
    not keep."""

    def __init__(self, program, *options, capped=True):
        self.output = tempfile.NamedTemporaryFile(prefix="hostile-report-")
        self.launcher = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", str(LAUNCHER), self.output.name, str(CPU_SECONDS if capped else 0), program,
             "scan", *OPTIONS, *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.launcher.stdin.close()
        self.launcher.stdout.close()
        self.launcher.wait()
        self.output.close()

    def scan(self, path):
        print(path, file=self.launcher.stdin, flush=True)
        code, seconds, peak = self.launcher.stdout.readline().split()
        try:
            report = json.loads(Path(self.output.name).read_bytes())
        except ValueError:
            report = {}
        return Outcome(int(code), report, float(seconds), int(peak) << 10)


def expected_code(verdict):
    if verdict == "accept":
        return 0
    return 3 if verdict == "empty" or verdict in NO_ARCHIVE else 1


def complaints(row, outcome):
    """How the outcome differs from what the row says of it; empty where it does not."""
    if not outcome.report:
        return [f"ended with {outcome.code} and without a report"]
    wrong = []
    refusals = [finding["rule_id"] for finding in outcome.report["findings"] if finding["severity"] == "critical"]
    wanted = [] if row.verdict in ("accept", "empty") else [f"unpack.{row.verdict}"]
    if refusals != wanted:
        wrong.append(f"refused as {refusals}, expected {wanted}")
    if outcome.code != expected_code(row.verdict):
        wrong.append(f"exit code {outcome.code}, expected {expected_code(row.verdict)}")
    inflated = outcome.report["stats"]["inflated_bytes"]
    if inflated != 0 and not row.may_inflate:
        wrong.append(f"{inflated} bytes were inflated before the refusal")
    return wrong


def complaints_about_memory(row, outcome, baseline, file_bytes):
    beyond = outcome.peak_bytes - baseline - file_bytes
    if beyond <= MEMORY_BEYOND_FILE:
        return []
    return [f"{beyond / 2**20:.0f} MiB of memory beyond the file, at most {MEMORY_BEYOND_FILE >> 20} are allowed"]


def scan_all(program, folder, rows, capped=True, workers=None):
    """Pairs of row and outcome, in the order of the manifest."""
    workers = workers or os.cpu_count()
    idle = queue.SimpleQueue()

    def scan(row):
        scanner = idle.get()
        try:
            return scanner.scan(Path(folder) / row.name)
        finally:
            idle.put(scanner)

    with contextlib.ExitStack() as stack:
        for _ in range(workers):
            idle.put(stack.enter_context(Scanner(program, capped=capped)))
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        yield from zip(rows, pool.map(scan, rows))


def attack_numbers(rows):
    """The rows of hostile-archives.md, sections 4 and 4b, that some archive is taken from."""
    return {int(number) for row in rows for number in re.findall(r"\brow (\d+)", row.about)}
