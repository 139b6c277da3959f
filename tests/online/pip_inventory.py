# SPDX-License-Identifier: Apache-2.0
"""Functions made of real wheels: the scan lists what pip lists, and finds what a plain reading of the records finds.

pip_inventory.py BIN installs several sets of wheels for Lambda, scans each as a folder and as a zip with the starter feed,
and compares: packages with `pip list --path`, matched advisories with the OSV algorithm written down over `packaging`. A
copy that another distribution carries along (origin `vendored`) is nothing that pip lists.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from packaging.version import InvalidVersion, Version
except ImportError:
    from pip._vendor.packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[2]
# Runtime, platform of the wheels, what to install.
SETS = (
    ("python3.12", "manylinux2014_x86_64", ["--requirement", str(ROOT / "docs/demo/function/requirements.txt"), "--no-deps"]),
    ("python3.12", "manylinux2014_x86_64", ["boto3==1.34.0", "requests==2.31.0", "setuptools==65.5.0", "pip==23.0"]),
    ("python3.9", "manylinux2014_x86_64", ["Django==3.2.0", "djangorestframework", "gunicorn", "Pillow==9.0.0"]),
    ("python3.11", "manylinux2014_x86_64", ["numpy==1.26.4", "pandas==2.1.4", "sqlalchemy", "ruamel.yaml", "zope.interface"]),
    ("python3.11", "manylinux2014_aarch64", ["aiohttp==3.8.5", "cryptography==41.0.1", "lxml", "PyYAML==5.3.1; python_version<'3'"]),
)
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def install(target, runtime, platform, what):
    """Installs for Lambda, whatever this machine is; says why and ends with 77 when the index cannot be reached."""
    run = subprocess.run(
        [*PIP, "install", "--quiet", *what, "--target", target, "--only-binary=:all:", "--platform", platform,
         "--implementation", "cp", "--python-version", runtime.removeprefix("python"), "--retries", "1"],
        capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f"pip cannot install {' '.join(what)}: {run.stderr.strip().splitlines()[-1]}")
        sys.exit(77)


def list_installed(target):
    run = subprocess.run([*PIP, "list", "--path", target, "--format", "json"], capture_output=True, text=True, check=True)
    return {(normal_name(item["name"]), item["version"]) for item in json.loads(run.stdout)}


def is_in_range(version, events):
    """OSV schema, "evaluation": events in order of their versions; of equal ones the last decides."""
    def place(event):
        kind, text = next(iter(event.items()))
        return Version("0.dev0") if text == "0" and kind == "introduced" else Version(text)

    inside = False
    for event in sorted(events, key=place):
        kind = next(iter(event))
        if kind == "introduced" and version >= place(event):
            inside = True
        elif kind in ("fixed", "limit") and version >= place(event):
            inside = False
        elif kind == "last_affected" and version > place(event):
            inside = False
    return inside


def is_affected(name, version, record):
    for block in record["affected"]:
        if normal_name(block["package"]["name"]) != name:
            continue
        for listed in block.get("versions", []):
            try:
                if Version(listed) == version:
                    return True
            except InvalidVersion:
                pass
        if any(is_in_range(version, part["events"]) for part in block.get("ranges", []) if part["type"] == "ECOSYSTEM"):
            return True
    return False


def match_plainly(installed):
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "advisories" / "PyPI").glob("*/*.json")]
    return {(name, record["id"]) for name, version in installed for record in records
            if is_affected(name, Version(version), record)}


def compare(what, ours, theirs):
    print(f"{what}: {len(ours)} here, {len(theirs)} there")
    for item in sorted(ours ^ theirs):
        print(f"  only {'here' if item in ours else 'there'}: {' '.join(item)}")
    return ours == theirs


def scan(programs, artifact, runtime):
    run = subprocess.run([f"{programs}/lambda-preflight", "scan", artifact, "--feed", "starter", "--runtime", runtime, "-o", "json"],
                         capture_output=True, text=True, check=False)
    return json.loads(run.stdout)


def judge(programs, runtime, platform, what):
    with tempfile.TemporaryDirectory() as folder:
        target = f"{folder}/function"
        install(target, runtime, platform, what)
        archive = shutil.make_archive(target, "zip", target)
        reports = [scan(programs, artifact, runtime) for artifact in (target, archive)]
        installed = list_installed(target)
    print(f"{runtime} on {platform}: {' '.join(what)}")
    same = []
    for report in reports:
        packages = {(item["name"], item["version"]) for item in report["packages"] if item["origin"] != "vendored"}
        found = {(item["package"]["name"], matched) for item in report["findings"]
                 if item["advisory"] and item["status"] != "shadowed" for matched in item["advisory"]["matched_ids"]}
        same += [compare("  distributions", packages, installed),
                 compare("  matched advisories", found, match_plainly(installed)),
                 compare("  findings of the scan above info besides", {(item["rule_id"],) for item in report["findings"]
                         if not item["advisory"] and item["severity"] not in ("info", "low")}, set())]
        if report["stats"]["entries"] != report["stats"]["entries_examined"]:
            same.append(False)
            print("  not all entries were examined")
    return all(same)


def main(programs):
    return 0 if all([judge(programs, *row) for row in SETS]) else 1


sys.exit(main(sys.argv[1]))
