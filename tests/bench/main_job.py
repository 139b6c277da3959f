# SPDX-License-Identifier: Apache-2.0
"""How long the main job takes: main_job.py BIN

- `db build` of 20,000 records, fsync included: promised are 0.5 s.
- `scan` of 100 pinned requirements with that index, start of the process included: promised are 10 ms.

The records are those of advisories/, repeated under other ids and names. For comparison each time stands beside that of
a program that does nothing.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

RECORDS = 20_000
ADVISORIES = Path(__file__).resolve().parents[2] / "advisories" / "PyPI"


def write_feed(path):
    """A zip of JSON as OSV exports it. Each round of copies has ids and names of its own. Gives the names."""
    sources = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(ADVISORIES.glob("*/*.json"))]
    if not sources:
        print(f"there are no records in {ADVISORIES}")
        sys.exit(77)
    names = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(RECORDS):
            turn, index = divmod(number, len(sources))
            record = json.loads(json.dumps(sources[index]))
            record["id"] += f"-{turn}"
            record["aliases"] = [f"{alias}-{turn}" for alias in record["aliases"]]
            for block in record["affected"]:
                block["package"]["name"] += f"-{turn}" if turn else ""
                names.add(block["package"]["name"])
            archive.writestr(f"{record['id']}.json", json.dumps(record))
    return sorted(names)


def seconds(command, rounds, codes=(0,)):
    """The median time of a command, and the fastest."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        times.append(time.perf_counter() - start)
        if code not in codes:
            sys.exit(f"{command} ended with {code}")
    return statistics.median(times), min(times)


def report(what, promised, measured):
    median, fastest = measured
    print(f"{what}: median {median * 1000:.1f} ms, fastest {fastest * 1000:.1f} ms, "
          f"{median / promised:.2f} of the promised {promised * 1000:.0f} ms")


def main(programs):
    preflight = f"{programs}/lambda-preflight"
    with tempfile.TemporaryDirectory() as folder:
        names = write_feed(f"{folder}/all.zip")
        step = max(1, len(names) // 100)
        pins = "".join(f"{name}==1.0\n" for name in names[::step][:100])
        Path(folder, "requirements.txt").write_text(pins, encoding="utf-8")

        _, nothing = seconds(["/bin/true"], 20)
        print(f"a process that does nothing: {nothing * 1000:.1f} ms")
        build = [preflight, "db", "build", "--from", f"{folder}/all.zip", "--db", f"{folder}/index.db"]
        report(f"db build of {RECORDS} records", 0.5, seconds(build, 5))
        scan = [preflight, "scan", f"{folder}/requirements.txt", "--db", f"{folder}/index.db"]
        report(f"scan of {pins.count('=') // 2} requirements", 0.01, seconds(scan, 50, (0, 1)))


if __name__ == "__main__":  # peers.py takes parts of this
    main(sys.argv[1])
