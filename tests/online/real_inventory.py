# SPDX-License-Identifier: Apache-2.0
"""What is really installed in packages made of real wheels, untouched and tampered with, is what the report says.

real_inventory.py BIN [CACHE] makes the artifacts of real/, scans each with the starter feed, and compares: distributions
with pip's installation report, vendored copies and SBOMs with the files that list them, findings with the changes that
were made. Then a project of forty functions that share five layers. Wheels and trees are kept in CACHE, below
build/online/ where it is not given.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent / "real"))
import artifacts  # noqa: E402
import changes  # noqa: E402
import wheels  # noqa: E402

QUIET = ("info",)
JUDGED = ("inventory.", "unpack.")
SDK = {"boto3", "botocore", "s3transfer", "urllib3", "jmespath", "python-dateutil", "six"}
APART = ("vendored", "sbom", "runtime")
MOST_TIME = 1.2  # of a project, to the sum of its artifacts


def scan(program, folder, *options):
    """The report, or what the program said instead of one."""
    run = subprocess.run([program, "scan", *options, "--feed", "starter", "-o", "json"], cwd=folder, capture_output=True,
                         text=True, check=False)
    try:
        return json.loads(run.stdout), None
    except ValueError:
        return None, f"the scan ends with {run.returncode}: {(run.stderr.strip() or run.stdout.strip())[:300]}"


def pairs_of(packages, is_wanted):
    return {wheels.normal_pair(item["name"], item["version"]) if item["version"] else (item["name"], "")
            for item in packages if is_wanted(item)}


def is_shown(finding):
    return finding["severity"] not in QUIET


def matches(wanted, finding, is_severe=True):
    return (finding["rule_id"].startswith(wanted.rule) and finding["path"].startswith(wanted.path)
            and (not is_severe or wanted.severity in ("", finding["severity"]))
            and (wanted.about in finding["message"] or wanted.about == (finding["package"] or {}).get("name")))


def is_half_an_sdk(artifact):
    """lambda-platform.md, section 5: a part of the SDK, without botocore."""
    names = {name for name, _ in artifact.pairs() - artifact.ineffective}
    return bool(names & SDK) and "botocore" not in names


class Comparison:
    """One artifact against its report: complaints, and the numbers of the table."""

    def __init__(self, artifact, report):
        self.artifact = artifact
        self.report = report
        self.file_of = {item["id"]: item["path"] for item in report["artifacts"]}
        self.complaints = []
        self.missing = self.false = 0
        self.noise = []
        self.found = [item for item in report["packages"] if item["origin"] not in APART]

    def judge(self):
        self.compare_distributions()
        self.compare_apart("vendored", self.artifact.vendored, self.artifact.vendored)
        self.compare_apart("sbom", *self.artifact.components)
        self.compare_effect()
        self.look_for_expected()
        self.look_for_noise()
        if self.report["incomplete"]:
            self.complaints += [f"incomplete: {item['what']}: {item['why']}" for item in self.report["incomplete"]]
        return self

    def complain(self, missing, false, what):
        self.missing += len(missing)
        self.false += len(false)
        self.complaints += [f"missing {what}: {' '.join(item)}" for item in sorted(missing)]
        self.complaints += [f"false {what}: {' '.join(item)}" for item in sorted(false)]

    def compare_distributions(self):
        for name, truth in self.artifact.truth.items():
            found = pairs_of(self.found, lambda item, name=name: self.file_of[item["artifact"]] == name)
            if self.artifact.disputed:
                truth, found = ({pair for pair in pairs if pair[0] not in self.artifact.disputed} for pairs in (truth, found))
            missing = truth - found if self.artifact.must_find_all else set()
            false = {pair for pair in found - truth if pair[1] or self.artifact.must_find_all}
            self.complain(missing, false, f"in {name}")
        origins = {item["origin"] for item in self.found}
        for origin in sorted(origins - (self.artifact.origins or origins)):
            self.complaints.append(f"origin {origin}, where metadata are gone")

    def compare_apart(self, origin, required, possible):
        found = pairs_of(self.report["packages"], lambda item: item["origin"] == origin)
        self.complain(required - found, found - possible, origin)

    def compare_effect(self):
        for item in self.found:
            pair = wheels.normal_pair(item["name"], item["version"]) if item["version"] else None
            if pair in self.artifact.pairs() and item["effective"] == (pair in self.artifact.ineffective):
                where = self.file_of[item["artifact"]]
                self.complaints.append(f"effective is {item['effective']}: {' '.join(pair)} in {where}")
        for finding in self.report["findings"]:
            package = finding["package"]
            if finding["gates"] and package and package["version"] and (
                    wheels.normal_pair(package["name"], package["version"]) in self.artifact.ineffective):
                self.complaints.append(f"gates, though it is not imported: {package['name']} {package['version']}")

    def look_for_expected(self):
        for wanted in self.artifact.expected:
            if not any(matches(wanted, finding) for finding in self.report["findings"]):
                near = [f"{item['rule_id']} {item['severity']}" for item in self.report["findings"]
                        if wanted.path and item["path"].startswith(wanted.path)]
                self.complaints.append("; there is ".join([f"not found: {' '.join(filter(None, wanted))}", *near]))

    def look_for_noise(self):
        allowed_rule = "inventory.partial-sdk" if is_half_an_sdk(self.artifact) else ""
        for finding in filter(is_shown, self.report["findings"]):
            rule = finding["rule_id"]
            if not rule.startswith(JUDGED) or rule == allowed_rule:
                continue
            if not any(matches(allowed, finding, False) for allowed in self.artifact.allowed):
                self.noise.append(finding)
                self.complaints.append(f"above info: {rule} ({finding['severity']}) {finding['path']}: {finding['message']}")

    def row(self):
        return [self.artifact.name, self.artifact.runtime, self.artifact.machine, len(self.artifact.pairs()),
                len(self.report["packages"]), self.missing, self.false, len(self.noise),
                "" if not self.complaints else f"{len(self.complaints)} complaints"]


def judge_artifact(program, artifact):
    paths = [artifact.function, *artifact.layers]
    options = [artifact.function.name]
    for layer in artifact.layers:
        options += ["--layer", layer.name]
    report, reason = scan(program, artifact.workshop.folder, *options, "--runtime", artifact.runtime,
                          "--arch", artifact.machine, *map(str, artifact.options))
    if report is None:
        print(f"{artifact.name}: {reason}")
        truth = len(artifact.pairs())
        return [artifact.name, artifact.runtime, artifact.machine, truth, 0, truth, 0, 0, "no report"]
    comparison = Comparison(artifact, report).judge()
    expected = f", {len(artifact.expected)} expected" if artifact.expected else ""
    verdict = "wrong" if comparison.complaints else "right"
    print(f"{artifact.name}: {', '.join(path.name for path in paths)}{expected}: {verdict}")
    for complaint in comparison.complaints:
        print(f"  {complaint}")
    return comparison.row()


def seconds_of(work):
    """Of the processor, in the programs that are run."""
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    result = work()
    return spent() - before, result


def find_project_complaints(program, shop):
    root, deployments, truth = changes.make_project(shop)
    took, (report, reason) = min((seconds_of(lambda: scan(program, root, "--deployments", "deployments.yaml"))
                                  for _ in range(3)), key=lambda pair: pair[0])
    if report is None:
        yield reason
        return
    _, (same, reason) = seconds_of(lambda: scan(program, root, "--deployments", "deployments.json"))
    if same != report:
        yield f"deployments.json and deployments.yaml give different reports: {reason or ''}"
    file_of = {item["id"]: item["path"] for item in report["artifacts"]}
    if sorted(file_of.values()) != sorted(truth):
        yield f"{len(file_of)} artifacts instead of {len(truth)}: each one once"
    entries = sum(item["entries"] for item in report["artifacts"])
    if not report["stats"]["entries"] == report["stats"]["entries_examined"] == entries:
        yield f"{report['stats']['entries']} entries, {report['stats']['entries_examined']} examined, {entries} in the artifacts"
    for name, pairs in truth.items():
        found = pairs_of(report["packages"],
                         lambda item, name=name: file_of[item["artifact"]] == name and item["origin"] not in APART)
        if found != pairs:
            yield f"{name}: {found ^ pairs}"
    named = {item["name"]: item for item in report["deployments"]}
    for one in deployments:
        item = named.get(one["name"])
        if item is None or "verdict" not in item:
            yield f"{one['name']} has no verdict"
        elif [file_of[layer] for layer in item["layers"]] != one["layers"]:
            yield f"{one['name']} has the layers {item['layers']}"
    seen = [(item["fingerprint"], item["artifact"]) for item in report["findings"] if item["artifact"]]
    if len(seen) != len(set(seen)):
        yield f"{len(seen) - len(set(seen))} findings of one artifact are reported again"
    users = {f"{layer}.zip": {one["name"] for one in deployments if f"{layer}.zip" in one["layers"]} for layer in changes.LAYERS}
    for finding in report["findings"]:
        of = users.get(file_of.get(finding["artifact"], ""))
        if of and finding["advisory"] and set(finding["deployments"]) != of:
            yield f"{finding['rule_id']} in {finding['artifact']} names {len(finding['deployments'])} deployments of {len(of)}"
    # Alone, layers are functions: what is measured is the reading. A process's start is not counted forty times.
    start = min(seconds_of(lambda: subprocess.run([program, "--version"], capture_output=True, check=True))[0] for _ in range(5))
    alone = start + sum(max(0.0, seconds_of(lambda name=name: scan(program, root, name))[0] - start) for name in truth)
    print(f"  {took:.2f} s for the project, {alone:.2f} s for its {len(truth)} artifacts one by one")
    if took > MOST_TIME * alone:
        yield f"takes {took / alone:.2f} times as long as its artifacts one by one"


def print_table(rows):
    heads = ["artifact", "runtime", "machine", "truth", "packages", "missing", "false", "above info", ""]
    widths = [max(len(str(row[column])) for row in [heads, *rows]) for column in range(len(heads))]
    for row in [heads, *rows]:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def find_uv():
    kept = ROOT / "build" / "bench" / "peers" / "bin" / "uv"
    return kept if kept.exists() else shutil.which("uv")


def main(programs, cache=ROOT / "build" / "online" / "real"):
    program = Path(programs).resolve() / "lambda-preflight"
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        store = wheels.Store(Path(cache).resolve())
        store.fetch_all()
        shop = artifacts.Workshop(store, Path(scratch), find_uv())
        for make in [*artifacts.ARTIFACTS, *changes.TAMPERED]:
            if (artifact := make(shop)) is not None:
                rows.append(judge_artifact(program, artifact))
        complaints = list(find_project_complaints(program, shop))
    print(f"project of {changes.FUNCTIONS} functions and {len(changes.LAYERS)} layers: {'wrong' if complaints else 'right'}")
    for complaint in complaints:
        print(f"  {complaint}")
    print_table(rows)
    wrong = sum(bool(row[-1]) for row in rows) + bool(complaints)
    print(f"{len(rows) + 1 - wrong} of {len(rows) + 1} judged rightly")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
