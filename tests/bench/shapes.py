# SPDX-License-Identifier: Apache-2.0
"""Time and memory of zips of unusual shape: shapes.py BIN

A million entries, refused by default and accepted with a raised limit; one file of 240 MB; 65,536 files of one byte. What is
printed is the median of ROUNDS runs, beside a program that only reads and hashes the file. The zips are kept in build/bench/.
"""

import hashlib
import os
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "build" / "bench"
LAUNCHER = Path(__file__).resolve().parents[1] / "hostile" / "launcher.py"
ROUNDS = 9
GIVEN = ["--runtime", "python3.12", "--arch", "x86_64", "--feed", "starter"]


def make_zip(name, files):
    """A zip of (path, content) pairs, made once."""
    path = KEPT / f"{name}.zip"
    if path.exists():
        return path
    KEPT.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for inside, content in files:
            entry = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if len(content) > 100 else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    unfinished.rename(path)
    return path


def module_names(count):
    return (f"package/part{number % 500}/module{number}.py" for number in range(count))


def make_large(size):
    """Bytes that deflate to about a third, as native code does."""
    block = b"".join(hashlib.sha256(str(number).encode()).digest() + bytes(64) for number in range(10_000))
    return (block * (size // len(block) + 1))[:size]


def read_and_hash(path):
    start = time.perf_counter()
    hashlib.sha256(path.read_bytes())
    return (time.perf_counter() - start) * 1000


def measure(program, what, path, *options):
    """One row. The programs are started by a small process, whose memory does not count for theirs."""
    reads = []
    with subprocess.Popen([sys.executable, "-B", LAUNCHER, os.devnull, "0", program, "scan", *GIVEN, *options],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as launcher:
        runs = []
        for _ in range(ROUNDS):
            print(path, file=launcher.stdin, flush=True)
            runs.append([float(word) for word in launcher.stdout.readline().split()])
            reads.append(read_and_hash(path))
        launcher.stdin.close()
    code, wall, peak = (statistics.median(column) for column in zip(*runs))
    print(f"| {what} | {path.stat().st_size / 1e6:.1f} MB | {code:.0f} | {wall * 1000:.0f} ms | {statistics.median(reads):.0f} ms "
          f"| {(peak - path.stat().st_size / 1024) / 1024:.0f} MiB |", flush=True)


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
