# SPDX-License-Identifier: Apache-2.0
"""How fast whole packages are scanned: speed.py BIN

Against the least that any scan must do (floor.cpp) and against `unzip -tq`, on two packages made of real wheels: one of 200
to 250 MB unpacked, close to what Lambda admits, and one of about 2 MB. Candidate and reference run alternately, ROUNDS
times; what is printed is the median of the ratios. Nothing fails for being slow.

The packages are kept in build/bench/. Where no package index can be reached it says so and ends with 77.
"""

import hashlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "bench"
ROUNDS = 11
THREADS = str(os.cpu_count())
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
PACKAGES = {
    "big": ["botocore==1.35.0", "boto3==1.35.0", "scipy==1.14.0", "pandas==2.2.2", "numpy==2.0.1"],
    "small": ["requests==2.32.3", "PyJWT==2.9.0"],
}
# What of the big one a team would leave out, too; without it the limit of Lambda is exceeded.
LEFT_OUT = re.compile(r"^(pandas/tests|scipy/.*/tests|numpy/.*/tests|bin)/|/__pycache__/")


def write_zip(path, files):
    """A zip of (path, content) pairs with the level, the mode and the times that reproducible builds use."""
    unfinished = path.with_suffix(".unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for inside, content in files:
            entry = zipfile.ZipInfo(inside, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    unfinished.rename(path)
    return path


def make_package(name, what):
    """A zip of installed wheels."""
    path = KEPT / f"{name}.zip"
    if path.exists():
        return path
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [*PIP, "install", "--quiet", *what, "--target", folder, "--only-binary=:all:", "--no-compile", "--platform",
             "manylinux2014_x86_64", "--implementation", "cp", "--python-version", "3.12", "--retries", "1"],
            capture_output=True, text=True, check=False)
        if run.returncode != 0:
            print(f"pip cannot install {' '.join(what)}: {run.stderr.strip().splitlines()[-1]}")
            sys.exit(77)
        files = ((file.relative_to(folder).as_posix(), file) for file in sorted(Path(folder).rglob("*")) if file.is_file())
        write_zip(path, ((inside, file.read_bytes()) for inside, file in files if not LEFT_OUT.search(inside)))
    return path


def run(command):
    """Seconds of wall time, and the peak of resident memory in KiB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command} ended with {child.returncode}")
    return seconds, usage.ru_maxrss


def compare(what, candidate, reference, promised):
    """Runs both alternately and prints the median of the ratios candidate to reference."""
    pairs = [(run(candidate)[0], run(reference)[0]) for _ in range(ROUNDS)]
    ratio = statistics.median(one / other for one, other in pairs)
    ours, others = (statistics.median(times) * 1000 for times in zip(*pairs))
    print(f"{what}: {ratio:.2f} (promised: {promised}); {ours:.1f} ms against {others:.1f} ms")
    return ours, others


def describe(path):
    with zipfile.ZipFile(path) as archive:
        sizes = [entry.file_size for entry in archive.infolist()]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {len(sizes)} entries, {sum(sizes) / 1e6:.1f} MB unpacked, "
          f"largest {max(sizes) / 1e6:.1f} MB, SHA-256 {digest}")
    return max(sizes)


def main(programs):
    preflight, floor = f"{programs}/lambda-preflight", f"{programs}/preflight_floor"
    given = ["--runtime", "python3.12", "--arch", "x86_64", "--feed", "starter"]
    big, small = (make_package(name, what) for name, what in PACKAGES.items())

    def scan(*inputs, threads=THREADS):
        return [preflight, "scan", *map(str, inputs), *given, "--threads", threads]

    print(f"medians of {ROUNDS} alternating pairs, {THREADS} threads")
    largest = describe(big)
    compare("scan of the big package to the floor", scan(big), [floor, big, THREADS], "1.3 with RECORD")
    compare("scan of the big package to the floor with RECORD", scan(big), [floor, big, THREADS, "record"], "1.3")
    compare("scan of the big package to unzip -tq", scan(big), ["unzip", "-tq", big], "1")
    compare("scan of the big package to bsdtar reading it", scan(big), ["bsdtar", "-xOf", big], "none")
    compare("one thread to all", scan(big, threads="1"), scan(big), "at least 1.8 with two")
    _, peak = run(scan(big))
    bound = big.stat().st_size + largest + (64 << 20)
    print(f"peak memory: {peak / 1024:.0f} MiB of {bound / 2**20:.0f} MiB promised (zip + largest member + 64 MiB)")

    describe(small)
    ours, nothing = compare("scan of the small package to an empty process", scan(small), ["/bin/true"], "15 ms more")
    print(f"scan of the small package: {ours - nothing:.1f} ms above an empty process")
    compare("scan of the small package to unzip -tq", scan(small), ["unzip", "-tq", small], "none")

    with tempfile.TemporaryDirectory(dir=KEPT) as folder:  # where a hard link can be made
        copies = []
        for number in range(10):
            copies.append(Path(folder, f"f{number}.zip"))
            os.link(big, copies[-1])
        compare("a batch of ten to one", scan(*copies), scan(big), "10")


if __name__ == "__main__":  # peers.py takes parts of this
    main(sys.argv[1])
