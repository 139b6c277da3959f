# SPDX-License-Identifier: Apache-2.0
"""Holds JSON that the program writes against docs/{report,inventory,comparison}.schema.json, and reports against what
the schema cannot say.

The inputs are made here. The second half of the tests breaks a valid report on purpose and expects that the schema
refuses it: the proof that it can.
"""

import argparse
import copy
import decimal
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

import jsonschema

PROGRAM = pathlib.Path()
SCHEMAS = {}

EXIT_CODES = {"passed": 0, "blocked": 1, "incomplete": 3}

ADVISORY = {
    "schema_version": "1.4.0",
    "id": "CVE-2000-0001",
    "modified": "2024-01-02T00:00:00Z",
    "published": "2024-01-01T00:00:00Z",
    "aliases": ["GHSA-2222-3333-4444"],
    "summary": "demo is weak",
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "affected": [{
        "package": {"ecosystem": "PyPI", "name": "demo"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}],
    }],
}

ADVISORY_WITHOUT_SEVERITY = {
    "schema_version": "1.4.0",
    "id": "PYSEC-2000-1",
    "modified": "2024-01-02T00:00:00Z",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "other"}, "versions": ["1.0"]}],
}


def metadata(name, version):
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)


def write_inputs(folder):
    advisories = folder / "advisories"
    advisories.mkdir()
    for record in ADVISORY, ADVISORY_WITHOUT_SEVERITY:
        (advisories / f"{record['id']}.json").write_text(json.dumps(record))
    weak = {"handler.py": "import demo\n", "demo-1.0.dist-info/METADATA": metadata("demo", "1.0"),
            "demo-1.0.dist-info/INSTALLER": "pip\n"}
    mended = {"handler.py": "import demo\n", "demo-2.0.dist-info/METADATA": metadata("demo", "2.0")}
    write_zip(folder / "orders.zip", weak)
    write_zip(folder / "billing.zip", mended)
    write_zip(folder / "layer.zip", {
        "python/demo-1.0.dist-info/METADATA": metadata("demo", "1.0"),
        "python/other-1.0.dist-info/METADATA": "Name: other\nno field\nVersion: 1.0\n",
        "stray/demo-1.0.dist-info/METADATA": metadata("demo", "1.0")})
    write_zip(folder / "plain.zip", {"handler.py": ""})
    write_zip(folder / "empty.zip", {})
    write_zip(folder / "backslash.zip", {"a\\b.py": "", "c.py": ""})
    (folder / "truncated.zip").write_bytes((folder / "orders.zip").read_bytes()[:-30])
    (folder / "requirements.txt").write_text("# pins\ndemo==1.0\nother>=1\n")
    (folder / "requirements-open.txt").write_text("other>=1\n")
    write_zip(folder / "carries.zip", {
        "pip/__init__.py": "", "pip/_vendor/vendor.txt": "demo==1.0\n",
        "pip-24.0.dist-info/METADATA": metadata("pip", "24.0"),
        "pip-24.0.dist-info/sboms/parts.cdx.json": json.dumps({
            "bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
                {"type": "library", "name": "zlib", "version": "1.3", "purl": "pkg:generic/zlib@1.3"},
                {"type": "library", "name": "nameless"},
                {"type": "library", "name": "other", "version": "1.0", "purl": "pkg:pypi/other@1.0"}]}),
        "yaml/__init__.py": "__version__ = '5.0'\n",
        "ghost-1.0.dist-info/METADATA": metadata("ghost", "1.0"),
        "ghost-1.0.dist-info/RECORD": "ghost/__init__.py,,\n",
        "demo-1.0-py3-none-any.whl": "no zip"})
    (folder / "deployments.yaml").write_text(json.dumps({"deployments": [
        {"name": "all", "function": "carries.zip", "layers": ["layer.zip"], "runtime": "python3.12",
         "architecture": "arm64", "handler": "handler.main"},
        {"function": "billing.zip", "layers": ["layer.zip"]}]}))
    (folder / "runtimes.yaml").write_text(json.dumps({"runtimes": [
        {"runtime": "python3.12", "date": "2026-01", "packages": {"boto3": "1.0", "six": None}}]}))
    site = folder / "unpacked" / "demo-1.0.dist-info"
    site.mkdir(parents=True)
    (site / "METADATA").write_text(metadata("demo", "1.0"))


FEED = ["--advisories", "advisories"]
PLATFORM = ["--runtime", "python3.12", "--arch", "arm64"]
DEPLOYMENTS = ["--deployments", "deployments.yaml", "--runtime-packages", "runtimes.yaml"]

# Name, arguments ({folder} stands for where the inputs are), and the verdict that is expected.
SCANS = {
    "a vulnerable function": (["orders.zip", *FEED, *PLATFORM], "blocked"),
    "one that is mended": (["billing.zip", *FEED, *PLATFORM], "passed"),
    "no gate": (["orders.zip", *FEED, "--fail-on", "none"], "passed"),
    "no distributions": (["plain.zip", *FEED], "passed"),
    "the starter feed": (["plain.zip"], "incomplete"),
    "no entries": (["empty.zip", *FEED], "incomplete"),
    "a truncated zip": (["truncated.zip", *FEED], "incomplete"),
    "a backslash in a name": (["backslash.zip", *FEED], "blocked"),
    "a backslash and no gate": (["backslash.zip", *FEED, "--fail-on", "none"], "incomplete"),
    "pins": (["requirements.txt", *FEED], "blocked"),
    "no pins": (["requirements-open.txt", *FEED], "incomplete"),
    "a directory": (["unpacked", *FEED, "--runtime", "python3.42"], "blocked"),
    "a file that is missing": (["missing.zip", *FEED], "incomplete"),
    "a feed that is missing": (["billing.zip", "--db", "missing.db"], "incomplete"),
    "two functions over a layer": (["orders.zip", "billing.zip", "--layer", "layer.zip", *FEED], "blocked"),
    "absolute paths": (["{folder}/orders.zip", "{folder}/unpacked/", "{folder}/truncated.zip", "{folder}/missing.zip",
                        "--layer", "{folder}/layer.zip", "--advisories", "{folder}/advisories", "--db",
                        "{folder}/missing.db"], "blocked"),
    "deployments of a file": ([*DEPLOYMENTS, *FEED], "blocked"),
    "a shadowed copy that counts": (["billing.zip", "--layer", "layer.zip", *FEED, "--include-shadowed"], "blocked"),
}


# The same without a verdict that could be blocked.
INVENTORIES = {
    "a function": (["orders.zip", *PLATFORM], "passed"),
    "two functions over a layer": (["orders.zip", "billing.zip", "--layer", "layer.zip"], "passed"),
    "deployments of a file": (DEPLOYMENTS, "passed"),
    "no pins": (["requirements-open.txt"], "incomplete"),
    "a refused zip": (["backslash.zip"], "incomplete"),
    "absolute paths": (["{folder}/orders.zip", "{folder}/unpacked/", "{folder}/missing.zip"], "incomplete"),
}

# Name, arguments and exit status.
COMPARISONS = {
    "an upgrade": (["orders.zip", "billing.zip"], 0),
    "a thing and itself": (["orders.zip", "orders.zip"], 0),
    "nothing in common": (["carries.zip", "unpacked"], 0),
    "a refused zip": (["orders.zip", "backslash.zip"], 3),
    "absolute paths": (["{folder}/missing.zip", "{folder}/orders.zip"], 3),
}


class Scan:
    def __init__(self, folder, arguments, command="scan"):
        arguments = [argument.replace("{folder}", str(folder)) for argument in arguments]
        done = subprocess.run([PROGRAM, command, *arguments, "-o", "json"], cwd=folder, capture_output=True,
                              check=False)
        self.status = done.returncode
        self.text = done.stdout
        # Decimals keep how a score was written.
        self.report = json.loads(done.stdout, parse_float=decimal.Decimal)


def on_each_scan(check):
    """Makes a test of a check of one scan."""
    def test(self):
        for name, scan in self.scans.items():
            with self.subTest(name):
                check(self, scan)
    return test


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.validators = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
        with tempfile.TemporaryDirectory() as folder:
            write_inputs(pathlib.Path(folder))
            cls.folder = folder
            cls.scans = {name: Scan(folder, arguments) for name, (arguments, _) in SCANS.items()}
            cls.repeated = Scan(folder, SCANS["two functions over a layer"][0])
            cls.inventories = {name: Scan(folder, arguments, "inventory")
                               for name, (arguments, _) in INVENTORIES.items()}
            cls.comparisons = {name: Scan(folder, arguments, "diff") for name, (arguments, _) in COMPARISONS.items()}

    def problems_of(self, document, schema="report"):
        return [f"{error.json_path}: {error.message[:120]}" for error in self.validators[schema].iter_errors(document)]


class SchemaTest(ReportTest):
    def test_is_itself_valid(self):
        for schema in SCHEMAS.values():
            jsonschema.Draft202012Validator.check_schema(schema)

    @on_each_scan
    def test_accepts_every_report(self, scan):
        self.assertEqual(self.problems_of(scan.report), [])

    def test_describes_every_form_of_package(self):
        packages = self.scans["deployments of a file"].report["packages"]
        self.assertLessEqual({"dist-info", "vendored", "sbom", "version-literal", "wheel", "runtime"},
                             {package["origin"] for package in packages})
        self.assertLessEqual({"installed", "ghost", "packed"}, {package["state"] for package in packages})
        self.assertEqual({component["name"]: component["version"]
                          for component in self.scans["deployments of a file"].report["components"]},
                         {"zlib": "1.3", "nameless": None})

    def test_lets_objects_gain_members(self):
        report = copy.deepcopy(self.scans["two functions over a layer"].report)
        report["waivers"] = []
        report["stats"]["links"] = 3
        report["findings"][0]["evidence"] = "x"
        self.assertEqual(self.problems_of(report), [])


class ContractTest(ReportTest):
    def test_gives_the_verdict_that_is_expected(self):
        for name, (_, verdict) in SCANS.items():
            with self.subTest(name):
                self.assertEqual(self.scans[name].report["verdict"], verdict)

    @on_each_scan
    def test_exits_as_the_report_says(self, scan):
        self.assertEqual(scan.status, scan.report["exit_code"])
        self.assertEqual(scan.status, EXIT_CODES[scan.report["verdict"]])

    @on_each_scan
    def test_blocks_exactly_when_a_finding_gates(self, scan):
        has_gating = any(finding["gates"] for finding in scan.report["findings"])
        self.assertEqual(has_gating, scan.report["verdict"] == "blocked")

    @on_each_scan
    def test_passes_only_what_was_looked_at(self, scan):
        stats = scan.report["stats"]
        if scan.report["verdict"] == "passed":
            self.assertEqual(scan.report["incomplete"], [])
            self.assertEqual(stats["entries_examined"], stats["entries"])

    @on_each_scan
    def test_is_as_bad_as_its_worst_deployment(self, scan):
        verdicts = {deployment["verdict"] for deployment in scan.report["deployments"]}
        worst = next(verdict for verdict in ("blocked", "incomplete", "passed") if verdict in verdicts)
        self.assertEqual(scan.report["verdict"], worst)

    @on_each_scan
    def test_gates_exactly_what_is_open(self, scan):
        for finding in scan.report["findings"]:
            self.assertEqual(finding["gates"], finding["status"] == "open")

    @on_each_scan
    def test_makes_fingerprints_as_the_contract_says(self, scan):
        for finding in scan.report["findings"]:
            package, advisory = finding["package"], finding["advisory"]
            parts = [finding["rule_id"],
                     package["name"] if package else "",
                     "" if advisory else finding["path"],
                     advisory["id"] if advisory else ""]
            self.assertEqual(finding["fingerprint"], hashlib.sha256("\n".join(parts).encode()).hexdigest())

    @on_each_scan
    def test_writes_scores_with_one_decimal(self, scan):
        for finding in scan.report["findings"]:
            if finding["score"] is not None:
                self.assertIsInstance(finding["score"], decimal.Decimal)
                self.assertEqual(finding["score"].as_tuple().exponent, -1)

    def test_scores_the_vulnerability(self):
        finding = known(self.scans["a vulnerable function"].report)
        self.assertEqual((finding["severity"], finding["score"]), ("critical", decimal.Decimal("9.8")))

    @on_each_scan
    def test_names_only_artifacts_and_deployments_that_it_lists(self, scan):
        artifacts = [artifact["id"] for artifact in scan.report["artifacts"]]
        deployments = [deployment["name"] for deployment in scan.report["deployments"]]
        self.assertEqual(len(set(artifacts)), len(artifacts))
        self.assertEqual(len(set(deployments)), len(deployments))
        for deployment in scan.report["deployments"]:
            self.assertLessEqual({deployment["function"], *deployment["layers"]}, set(artifacts))
        named = [item for name in ("packages", "components", "findings", "incomplete") for item in scan.report[name]]
        for item in named:
            self.assertIn(item["artifact"], [*artifacts, None])
            self.assertLessEqual(set(item.get("deployments", [])), set(deployments))

    @on_each_scan
    def test_counts_what_it_lists(self, scan):
        for name in "artifacts", "deployments", "packages", "findings":
            self.assertEqual(scan.report["stats"][name], len(scan.report[name]))
        self.assertEqual(scan.report["stats"]["gating"], sum(finding["gates"] for finding in scan.report["findings"]))

    def test_gives_the_digest_of_each_file(self):
        with tempfile.TemporaryDirectory() as folder:
            write_inputs(pathlib.Path(folder))
            for artifact in (artifact for scan in self.scans.values() for artifact in scan.report["artifacts"]):
                file = pathlib.Path(folder, artifact["path"])
                if file.is_file():
                    self.assertEqual(artifact["sha256"], hashlib.sha256(file.read_bytes()).hexdigest())
                    self.assertEqual(artifact["bytes"], file.stat().st_size)

    @on_each_scan
    def test_holds_no_path_of_this_machine(self, scan):
        self.assertNotIn(self.folder.encode(), scan.text)

    def test_gives_the_same_bytes_twice(self):
        self.assertEqual(self.scans["two functions over a layer"].text, self.repeated.text)


class InventoryTest(ReportTest):
    def test_is_what_the_schema_says(self):
        for name, inventory in self.inventories.items():
            with self.subTest(name):
                self.assertEqual(self.problems_of(inventory.report, "inventory"), [])
                self.assertNotIn(self.folder.encode(), inventory.text)

    def test_exits_as_it_says_itself(self):
        for name, (_, verdict) in INVENTORIES.items():
            with self.subTest(name):
                inventory = self.inventories[name]
                self.assertEqual(inventory.report["verdict"], verdict)
                self.assertEqual(inventory.status, inventory.report["exit_code"])
                self.assertEqual(inventory.status, EXIT_CODES[verdict])

    def test_lists_what_a_report_lists(self):
        scanned = copy.deepcopy(self.scans["two functions over a layer"].report)
        for package in scanned["packages"]:
            package["upgrade"] = None
        inventory = self.inventories["two functions over a layer"].report
        for name in "artifacts", "packages", "components":
            self.assertEqual(inventory[name], scanned[name])


class ComparisonTest(ReportTest):
    def test_is_what_the_schema_says(self):
        for name, comparison in self.comparisons.items():
            with self.subTest(name):
                self.assertEqual(self.problems_of(comparison.report, "comparison"), [])
                self.assertNotIn(self.folder.encode(), comparison.text)

    def test_exits_with_3_where_something_was_not_looked_at(self):
        for name, (_, status) in COMPARISONS.items():
            with self.subTest(name):
                self.assertEqual(self.comparisons[name].status, status)
                self.assertEqual(self.comparisons[name].report["incomplete"] != [], status == 3)

    def test_tells_what_was_upgraded(self):
        self.assertEqual(self.comparisons["an upgrade"].report["distributions"],
                         [{"change": "changed", "name": "demo", "host": None, "old_versions": "1.0",
                           "new_versions": "2.0"}])


def finding_of(report, rule_id):
    return next(finding for finding in report["findings"] if finding["rule_id"] == rule_id)


def without(name):
    return lambda thing: thing.pop(name)


def setting(name, value):
    return lambda thing: thing.update({name: value})


def known(report):
    return finding_of(report, "advisory.known-vulnerability")


# What is broken, where in the report, and how.
BREAKAGES = {
    "a member at the top is gone": (lambda report: report, without("incomplete")),
    "the version of the contract is another": (lambda report: report, setting("schema_version", 2)),
    "the verdict has another name": (lambda report: report, setting("verdict", "ok")),
    "the exit code does not fit the verdict": (lambda report: report, setting("exit_code", 0)),
    "nothing gates and it is blocked": (lambda report: report, setting("findings", [])),
    "something gates and it passed": (lambda report: report,
                                      lambda report: report.update(verdict="passed", exit_code=0, incomplete=[])),
    "a feed is of another kind": (lambda report: report["feeds"][0], setting("kind", "web")),
    "a feed has no digest member": (lambda report: report["feeds"][0], without("sha256")),
    "a role is another": (lambda report: report["artifacts"][0], setting("role", "image")),
    "a digest is in capitals": (lambda report: report["artifacts"][0], setting("sha256", "A" * 64)),
    "a digest is short": (lambda report: report["artifacts"][0], setting("sha256", "a" * 63)),
    "a size is negative": (lambda report: report["artifacts"][0], setting("bytes", -1)),
    "a path is absolute": (lambda report: report["artifacts"][0], setting("path", "/tmp/orders.zip")),
    "a runtime is no Python": (lambda report: report["deployments"][0], setting("runtime", "nodejs20.x")),
    "an architecture is another": (lambda report: report["deployments"][0], setting("architecture", "aarch64")),
    "layers are null": (lambda report: report["deployments"][0], setting("layers", None)),
    "a deployment has no handler member": (lambda report: report["deployments"][0], without("handler")),
    "a handler is empty": (lambda report: report["deployments"][0], setting("handler", "")),
    "a name is not in normal form": (lambda report: report["packages"][0], setting("name", "Demo_App")),
    "an origin is another": (lambda report: report["packages"][0], setting("origin", "guess")),
    "a package has no confidence member": (lambda report: report["packages"][0], without("confidence")),
    "a confidence is a number": (lambda report: report["packages"][0], setting("confidence", 1)),
    "a state is another": (lambda report: report["packages"][0], setting("state", "gone")),
    "what is installed has a host": (lambda report: report["packages"][0], setting("host", "pip")),
    "a copy has no host": (lambda report: report["packages"][0], setting("origin", "vendored")),
    "what is packed lies nowhere": (lambda report: report["packages"][0], setting("artifact", None)),
    "what the runtime brings along is packed": (lambda report: report["packages"][0], setting("origin", "runtime")),
    "the components are gone": (lambda report: report, without("components")),
    "a component has no host": (lambda report: report,
                                setting("components", [{"name": "zlib", "version": None, "purl": None,
                                                        "artifact": "layer.zip", "path": "a.cdx.json"}])),
    "a line is 0": (lambda report: report["packages"][0], setting("line", 0)),
    "what is imported is shadowed": (lambda report: report["packages"][0],
                                     lambda package: package.update(effective=True, shadowed_by="layer.zip")),
    "a severity is none": (known, setting("severity", "none")),
    "a score is above 10": (known, setting("score", decimal.Decimal("10.1"))),
    "a score is a text": (known, setting("score", "9.8")),
    "a scored finding has no score": (known, setting("score", None)),
    "an advisory is null": (known, setting("advisory", None)),
    "no record matched": (lambda report: known(report)["advisory"], setting("matched_ids", [])),
    "a status is another": (known, setting("status", "ignored")),
    "a waived finding gates": (known, lambda finding: finding.update(status="waived", gates=True)),
    "gates is a number": (known, setting("gates", 1)),
    "a fingerprint is empty": (known, setting("fingerprint", "")),
    "a remedy is gone": (known, without("remedy")),
    "a finding has no offset member": (known, without("offset")),
    "incomplete has another kind": (lambda report: report,
                                    setting("incomplete", [{"kind": "mood", "what": "a", "why": "b", "artifact": None,
                                                            "path": None, "line": None}])),
    "a count is gone": (lambda report: report["stats"], without("entries_examined")),
    "a count is a fraction": (lambda report: report["stats"], setting("entries", decimal.Decimal("1.5"))),
}


INVENTORY_BREAKAGES = {
    "it is blocked": (lambda inventory: inventory, lambda inventory: inventory.update(verdict="blocked", exit_code=1)),
    "the exit code does not fit the verdict": (lambda inventory: inventory, setting("exit_code", 3)),
    "a member at the top is gone": (lambda inventory: inventory, without("components")),
    "an upgrade was looked for": (lambda inventory: inventory["packages"][0], setting("upgrade", "2.0")),
    "an origin is another": (lambda inventory: inventory["packages"][0], setting("origin", "guess")),
    "something is missing and it passed": (lambda inventory: inventory,
                                           setting("incomplete", [{"kind": "artifact", "what": "a", "why": "b",
                                                                   "artifact": None, "path": None, "line": None}])),
}

COMPARISON_BREAKAGES = {
    "the version of the contract is another": (lambda comparison: comparison, setting("schema_version", 2)),
    "a member at the top is gone": (lambda comparison: comparison, without("files")),
    "a path is absolute": (lambda comparison: comparison, setting("old", "/tmp/orders.zip")),
    "a change is another": (lambda comparison: comparison["distributions"][0], setting("change", "moved")),
    "what was added was there": (lambda comparison: comparison["distributions"][0], setting("change", "added")),
    "what was removed is there": (lambda comparison: comparison["distributions"][0], setting("change", "removed")),
    "what was changed is gone": (lambda comparison: comparison["distributions"][0], setting("new_versions", None)),
    "a name is not in normal form": (lambda comparison: comparison["distributions"][0], setting("name", "Demo_App")),
    "a file has no path": (lambda comparison: comparison["files"][0], without("path")),
    "a file changed otherwise": (lambda comparison: comparison["files"][0], setting("change", "~")),
}


class BrokenReportTest(ReportTest):
    def test_is_refused_whichever_way_it_is_broken(self):
        for name, (find, break_it) in BREAKAGES.items():
            with self.subTest(name):
                report = copy.deepcopy(self.scans["two functions over a layer"].report)
                break_it(find(report))
                self.assertNotEqual(self.problems_of(report), [])

    def test_is_refused_if_an_inventory_or_a_comparison_is_broken(self):
        for schema, breakages, whole in (
                ("inventory", INVENTORY_BREAKAGES, self.inventories["two functions over a layer"].report),
                ("comparison", COMPARISON_BREAKAGES, self.comparisons["an upgrade"].report)):
            for name, (find, break_it) in breakages.items():
                with self.subTest(f"{schema}: {name}"):
                    document = copy.deepcopy(whole)
                    break_it(find(document))
                    self.assertNotEqual(self.problems_of(document, schema), [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--docs", type=pathlib.Path, required=True)
    options, rest = parser.parse_known_args()
    PROGRAM = options.program.resolve()
    SCHEMAS = {name: json.loads((options.docs / f"{name}.schema.json").read_text())
               for name in ("report", "inventory", "comparison")}
    unittest.main(argv=[sys.argv[0], *rest])
