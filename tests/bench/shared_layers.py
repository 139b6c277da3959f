# SPDX-License-Identifier: Apache-2.0
"""What forty functions cost that share five layers: shared_layers.py BIN

Each artifact is to be read once, however many deployments use it: one run over all is held against the sum of what each
distinct artifact takes in a run by itself, without the start of the process, and likewise the entries that were examined.
Promised is 1.2 for the time. Times are the best of ROUNDS; all runs have one thread. Each function has about 300 files, a
quarter of them of distributions with a RECORD, each layer about 600, all of them so. Nothing fails for being slow.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import speed

ROUNDS = 5
FUNCTIONS = 40
LAYERS = 5
GIVEN = ["--runtime", "python3.12", "--arch", "x86_64", "--feed", "starter", "--threads", "1"]
METADATA = "Metadata-Version: 2.1\nName: {0}\nVersion: 1.{1}\n\n" + "A line of a long description.\n" * 50


def module(seed):
    """About 8 KB of Python."""
    return "".join(f"def function_{seed}_{line}(value):\n    return value + {line * seed % 997}\n" for line in range(160))


def distribution(folder, number, modules):
    """The files of one distribution, as pip installs it."""
    name = f"package{number}"
    metadata = f"{name}-1.{number}.dist-info"
    files = [(f"{name}/__init__.py", f'__version__ = "1.{number}"\n')]
    files += [(f"{name}/module{index}.py", module(number * 100 + index)) for index in range(modules)]
    files += [(f"{metadata}/METADATA", METADATA.format(name, number)), (f"{metadata}/INSTALLER", "pip\n")]
    record = ""
    for path, content in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(content)}\n"
    files.append((f"{metadata}/RECORD", record + f"{metadata}/RECORD,,\n"))
    return [(folder + path, content) for path, content in files]


def make_artifact(path, folder, first, distributions, loose):
    """A zip of distributions of 15 modules each, and of modules that belong to nobody."""
    files = [file for number in range(first, first + distributions) for file in distribution(folder, number, 15)]
    files += [(f"{folder}app{index % 10}/code{index}.py", module(first + index)) for index in range(loose)]
    return speed.write_zip(path, files)


def scan(command):
    """The best time, in seconds, and the report of a scan."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        best = min(best, time.perf_counter() - start)
        if run.returncode not in (0, 1):
            sys.exit(f"{command} ended with {run.returncode}: {run.stderr[-500:]}")
    return best, run.stdout


def stats_of(text):
    stats = json.loads(text)["stats"]
    return stats["entries"], stats["entries_examined"]


def main(programs):
    program = f"{programs}/lambda-preflight"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        functions = [make_artifact(folder / f"function{number}.zip", "", 1_000 + number * 10, 4, 225)
                     for number in range(FUNCTIONS)]
        layers = [make_artifact(folder / f"layer{number}.zip", "python/", 100 + number * 50, 32, 0)
                  for number in range(LAYERS)]
        file = folder / "deployments.json"
        file.write_text(json.dumps({"deployments": [
            {"name": path.stem, "function": path.name, "layers": [layer.name for layer in layers]} for path in functions]}),
            encoding="utf-8")

        start, _ = scan([program, "--version"])
        alone, entries, examined = 0.0, 0, 0
        for artifact in functions + layers:
            seconds, text = scan([program, "scan", str(artifact), *GIVEN, "-o", "json"])
            alone += seconds - start
            entries, examined = (total + more for total, more in zip((entries, examined), stats_of(text)))
        seconds, text = scan([program, "scan", "--deployments", str(file), *GIVEN, "-o", "json"])
        together = seconds - start

    all_entries, all_examined = stats_of(text)
    print(f"{FUNCTIONS} functions over {LAYERS} shared layers, best of {ROUNDS}, less {start * 1000:.1f} ms for the start")
    print(f"all at once to the sum of the {FUNCTIONS + LAYERS} artifacts alone: {together / alone:.2f} (promised: 1.2); "
          f"{together * 1000:.0f} ms against {alone * 1000:.0f} ms")
    print(f"entries: {all_entries} against {entries}; examined: {all_examined} against {examined}")
    if (all_entries, all_examined) != (entries, examined):
        sys.exit("some artifact was not read once")


main(sys.argv[1])
