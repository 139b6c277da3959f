# SPDX-License-Identifier: Apache-2.0
"""Instructions of a scan, by which a regression is judged: instructions.py BIN

valgrind's callgrind counts them on small zips that are the same on every machine, with one thread. Unlike times they repeat,
to within a thousandth: paths are hashed with a seed that is drawn by chance. Without valgrind it ends with 77.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import speed

GIVEN = ["--runtime", "python3.12", "--arch", "x86_64", "--feed", "starter", "--threads", "1"]
METADATA = "Metadata-Version: 2.1\nName: {0}\nVersion: 1.{1}\n\n" + "A line of a long description.\n" * 50


def module(number):
    return "".join(f"def function_{number}_{line}(value):\n    return value + {line * number % 997}\n" for line in range(40))


def packages(count):
    """Distributions of ten modules each."""
    for package in range(count):
        name = f"package{package}"
        yield f"{name}-1.{package}.dist-info/METADATA", METADATA.format(name, package)
        yield f"{name}-1.{package}.dist-info/INSTALLER", "pip\n"
        for number in range(10):
            yield f"{name}/module{number}.py", module(package * 10 + number)


def count(program, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, *arguments],
                             capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or found is None:
        sys.exit(f"callgrind of {arguments} ended with {run.returncode}: {run.stderr[-500:]}")
    return int(found[1])


def main(programs):
    if shutil.which("valgrind") is None:
        print("valgrind is not installed")
        sys.exit(77)
    program = f"{programs}/lambda-preflight"
    print("| what | instructions, millions |\n|---|---|")
    print(f"| --version | {count(program, '--version') / 1e6:.2f} |")
    with tempfile.TemporaryDirectory() as folder:
        for name, files in (("one file", [("app.py", module(1))]), ("12 files, one distribution", packages(1)),
                            ("600 files, 50 distributions", packages(50)),
                            ("5,000 empty files", ((f"part{number % 50}/m{number}.py", "") for number in range(5_000)))):
            path = speed.write_zip(Path(folder, "function.zip"), files)
            print(f"| scan of {name} | {count(program, 'scan', str(path), *GIVEN) / 1e6:.2f} |", flush=True)


main(sys.argv[1])
