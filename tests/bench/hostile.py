# SPDX-License-Identifier: Apache-2.0
"""What hostile archives cost: hostile.py BIN

For each bomb of tests/hostile: the size of its file, the wall time beyond that of a scan of a tiny zip, what of it reading
and hashing such a file takes anyway, and the peak of memory beyond
the tiny zip's and the file. Then the same of the slowest and the largest of all the other archives. Times are medians of
ROUNDS runs, one after another. Promised are 50 ms for bombs, 1 s for the others, 64 MiB for all
(hostile-archives.md, section 11). Nothing fails for being slow.
"""

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))

import corpus_runner  # noqa: E402

ROUNDS = 9
WORST = 4  # of each area


class Measurement:
    """Scans of archives in one folder, compared with that of a tiny one."""

    def __init__(self, program, tiny):
        self.program = program
        self.seconds, self.peak = self._medians(tiny)

    def _medians(self, path):
        with corpus_runner.Scanner(self.program) as scanner:
            outcomes = [scanner.scan(path) for _ in range(ROUNDS)]
        return (statistics.median(outcome.seconds for outcome in outcomes),
                statistics.median(outcome.peak_bytes for outcome in outcomes))

    def describe(self, path, row):
        seconds, peak = self._medians(path)
        size = path.stat().st_size
        reading = 0.0
        if row.verdict != "too-large" or size < 2**29:  # a file that is too large is not read
            reading = statistics.median(corpus_runner.read_and_hash(path) for _ in range(3))
        print(f"{size / 1e6:10.2f} {(seconds - self.seconds) * 1000:9.1f} {reading * 1000:9.1f} "
              f"{max(0, peak - self.peak - size) / 2**20:9.1f}  {row.verdict}: {row.about}")

    def find_worst(self, folder, rows):
        """Of these rows those that take the most time, and those that take the most memory beyond the file."""
        outcomes = list(corpus_runner.scan_all(self.program, folder, rows, workers=1))
        slowest = sorted(outcomes, key=lambda pair: -pair[1].seconds)[:WORST]
        largest = sorted(outcomes, key=lambda pair: (folder / pair[0].name).stat().st_size - pair[1].peak_bytes)[:WORST]
        return sorted({row for row, _ in slowest + largest})


def print_head(title):
    print(title)
    print(f"{'MB':>10} {'ms':>9} {'reading':>9} {'MiB more':>9}  what it is")


def main(programs):
    program, generator = f"{programs}/lambda-preflight", f"{programs}/preflight_hostile_corpus"
    others = []
    with tempfile.TemporaryDirectory(prefix="hostile-") as tiny_folder:
        rows = corpus_runner.make_corpus(generator, "features", tiny_folder)
        tiny = Path(tiny_folder) / next(row.name for row in rows if row.verdict == "accept")
        measurement = Measurement(program, tiny)
        print(f"medians of {ROUNDS}; a tiny zip takes {measurement.seconds * 1000:.1f} ms and "
              f"{measurement.peak / 2**20:.1f} MiB")
        for area in corpus_runner.areas(generator):
            with tempfile.TemporaryDirectory(prefix="hostile-") as name:
                folder = Path(name)
                rows = corpus_runner.make_corpus(generator, area, folder)
                bombs = [row for row in rows if row.kind == "bomb"]
                plain = [row for row in rows if row.kind != "bomb"]
                others.append(len(plain))
                if bombs:
                    print_head(f"{area}: {len(bombs)} bombs")
                for row in bombs:
                    measurement.describe(folder / row.name, row)
                print_head(f"{area}: the worst of {len(plain)} others")
                for row in measurement.find_worst(folder, plain):
                    measurement.describe(folder / row.name, row)
    print(f"{sum(others)} archives that are no bombs")


main(sys.argv[1])
