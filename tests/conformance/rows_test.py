# SPDX-License-Identifier: Apache-2.0
"""Asks preflight-conformance about the rows of rows/TOPIC.txt: rows_test.py PROGRAM TOPIC

Each line is `row => answer`. These few rows of our own always run; the large tables of ../shared run where they exist.
"""

import subprocess
import sys
from pathlib import Path


def main(program, topic):
    text = (Path(__file__).parent / "rows" / f"{topic}.txt").read_text(encoding="utf-8")
    wanted = [line.split(" => ") for line in text.splitlines()]
    rows = "".join(row + "\n" for row, _ in wanted)
    run = subprocess.run([program, topic], input=rows, capture_output=True, text=True, check=True)
    answers = run.stdout.split("\n")[:-1]
    if len(answers) != len(wanted):
        print(f"{len(wanted)} rows, {len(answers)} answers")
        return 1
    wrong = [(row, answer, got) for (row, answer), got in zip(wanted, answers) if got != answer]
    for row, answer, got in wrong:
        print(f"{row!r}: {got!r}, expected {answer!r}")
    print(f"{len(wanted) - len(wrong)} of {len(wanted)} rows right")
    return 1 if wrong or not wanted else 0


sys.exit(main(*sys.argv[1:]))
