# SPDX-License-Identifier: Apache-2.0
"""Runs the truth tables of ../shared/vectors, with the indexes that they need: vectors_test.py BIN SHARED"""

import subprocess
import sys
import tempfile
from pathlib import Path

TOPICS = ["version-normalize", "version-compare", "specifier", "filename", "cvss", "osv-match", "advisory-severity"]


def main(programs, shared):
    osv = Path(shared) / "osv"
    with tempfile.TemporaryDirectory() as folder:
        pysec, both = f"{folder}/pysec.db", f"{folder}/both.db"
        build = [f"{programs}/lambda-preflight", "db", "build", "--from", osv / "PyPI" / "all.zip"]
        subprocess.run([*build, "--db", pysec], check=True)
        subprocess.run([*build, "--from", osv / "ghsa", "--db", both], check=True)
        return subprocess.run([sys.executable, Path(shared) / "vectors" / "check.py",
                               f"{programs}/preflight-conformance", "--db", pysec, "--severity-db", both, *TOPICS],
                              check=False).returncode


sys.exit(main(*sys.argv[1:]))
