# SPDX-License-Identifier: Apache-2.0
"""Time and memory of zips of unusual shape: shapes.py BIN

A million entries, refused by default and accepted with a raised limit; one file of 240 MB; 65,536 files of one byte. What is
printed is the median of ROUNDS runs, beside a program that only reads and hashes the file. The zips are kept in build/bench/.
"""

import hashlib
import statistics
import sys
from pathlib import Path

import speed

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hostile"))

import corpus_runner  # noqa: E402

ROUNDS = 9


def make_zip(name, files):
    """A zip of (path, content) pairs, made once."""
    path = speed.KEPT / f"{name}.zip"
    if not path.exists():
        speed.KEPT.mkdir(parents=True, exist_ok=True)
        speed.write_zip(path, files)
    return path


def module_names(count):
    return (f"package/part{number % 500}/module{number}.py" for number in range(count))


def make_large(size):
    """Bytes that deflate to about a third, as native code does."""
    block = b"".join(hashlib.sha256(str(number).encode()).digest() + bytes(64) for number in range(10_000))
    return (block * (size // len(block) + 1))[:size]


def measure(program, what, path, *options):
    """One row."""
    with corpus_runner.Scanner(program, *options, capped=False) as scanner:
        runs = [(scanner.scan(path), corpus_runner.read_and_hash(path)) for _ in range(ROUNDS)]
    wall = statistics.median(outcome.seconds for outcome, _ in runs) * 1000
    reading = statistics.median(seconds for _, seconds in runs) * 1000
    size = path.stat().st_size
    beyond = statistics.median(outcome.peak_bytes for outcome, _ in runs) - size
    print(f"| {what} | {size / 1e6:.1f} MB | {runs[0][0].code} | {wall:.0f} ms | {reading:.0f} ms | {beyond / 2**20:.0f} MiB |",
          flush=True)


def main(programs):
    program = f"{programs}/lambda-preflight"
    print(f"medians of {ROUNDS}\n\n| zip | size | exit | scan | read and hash alone | memory beyond the file |\n|---|---|---|---|---|---|")
    million = make_zip("million", ((name, b"") for name in module_names(1_000_000)))
    measure(program, "1,000,000 entries, refused", million)
    measure(program, "1,000,000 entries, with --max-entries 1000000", million, "--max-entries", "1000000")
    measure(program, "200,000 entries", make_zip("entries", ((name, b"") for name in module_names(200_000))))
    measure(program, "65,536 files of one byte", make_zip("bytes", ((name, b"x") for name in module_names(65_536))))
    measure(program, "one file of 240 MB", make_zip("large", [("large.bin", make_large(240_000_000))]))


main(sys.argv[1])
