# SPDX-License-Identifier: Apache-2.0
"""How long other tools take for what they can do of the same job: peers.py BIN [--osv all.zip] [--rounds N] | --install

The job is ours as a whole: `scan` of a zip with an index made of the same feed that osv-scanner is given. Each peer does,
offline, what it can: some match advisories, most only list packages, some only read the zip. Those that need a folder are
shown twice, with the time of unpacking it into memory and without. The packages are those of speed.py.

The feed is the file named by --osv or by PREFLIGHT_OSV, a zip as OSV exports it; without one it is that of main_job.py,
which is as large as OSV's. Ours and the peer run alternately; each ratio is the median of the ratios of the pairs. Before
that each runs once to warm up, to count what it finds, and for its peak of memory. A peer that fails or finds nothing is
not measured, and the table says so. Foreign load says how many cores others kept busy meanwhile: repeat what is not near 0.

Peers are taken from build/bench/peers/bin, else from PATH. `--install` puts them there at the versions below; that takes
a Go toolchain, two package registries and some ten minutes. Without any peer this ends with 77. Nothing fails for being
slow.
"""

import argparse
import contextlib
import ctypes
import json
import mmap
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import main_job
import speed

FOLDER = speed.KEPT / "peers"
SEARCHED = os.pathsep.join([str(FOLDER / "bin"), os.environ.get("PATH", os.defpath)])
MODULES = {  # program: where `go install` finds it, and what it needs to be built
    "osv-scanner": ("github.com/google/osv-scanner/v2/cmd/osv-scanner@v2.5.0", {}),
    "syft": ("github.com/anchore/syft/cmd/syft@v1.57.0", {}),
    "trivy": ("github.com/aquasecurity/trivy/cmd/trivy@v0.74.0", {"GOEXPERIMENT": "jsonv2"}),
}
WHEELS = {"uv": "0.13.9", "pip-audit": "2.10.1"}
ROUNDS = 11
TICKS = os.sysconf("SC_CLK_TCK")
# unshare(2): a mount table and a network, empty, of our own.
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
LIST_OF_ZIP = "import importlib.metadata as m; print(*(d.name for d in m.distributions(path=['{zip}'])), sep='\\n')"


class Peer(NamedTuple):
    """In commands {zip}, {folder} (unpacked), {feed}, {index} and {scratch} stand for paths."""

    name: str
    does: str
    command: list[str]
    count: Callable[[str], int] | None = None  # of what it printed: how many packages it found
    first: tuple[str, list[str]] | None = None  # what must be done before: its name and command
    version: str = "--version"


class Cost(NamedTuple):
    wall: float
    cpu: float

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


UNZIP = ("unzip -q", ["unzip", "-q", "{zip}", "-d", "{folder}"])
SCAN = ["lambda-preflight", "scan", "{zip}", "--runtime", "python3.12", "--arch", "x86_64", "--db", "{index}"]
OURS = Peer("lambda-preflight", "whole job", SCAN, lambda text: int(re.search(r"(\d+) distributions?$", text, re.M)[1]))
PEERS = [
    # The first row should be 1.0: it shows how far such a ratio can be trusted. The second is for osv-scanner, which has
    # no index and reads the feed each time.
    OURS._replace(name="lambda-preflight again", first=("db build", [
        "lambda-preflight", "db", "build", "--from", "{feed}", "--db", "{scratch}/other.db"])),
    Peer("osv-scanner", "packages, advisories",
         ["osv-scanner", "scan", "source", "--offline", "--no-resolve", "--all-packages", "--experimental-plugins", "artifact",
          "--local-db-path", "{scratch}", "--format", "json", "-r", "{folder}"],
         lambda text: sum(len(result["packages"]) for result in json.loads(text)["results"]), UNZIP),
    Peer("trivy rootfs", "packages",
         ["trivy", "rootfs", "--quiet", "--format", "cyclonedx", "--skip-db-update", "--offline-scan", "--skip-version-check",
          "--disable-telemetry", "{folder}"],
         lambda text: sum(part.get("purl", "").startswith("pkg:pypi/") for part in json.loads(text)["components"]), UNZIP),
    Peer("syft", "packages", ["syft", "scan", "-q", "{zip}", "-o", "json"],
         lambda text: sum(part["type"] == "python" for part in json.loads(text)["artifacts"])),
    Peer("pip-audit", "packages",
         ["pip-audit", "--path", "{folder}", "--dry-run", "--progress-spinner", "off"],
         lambda text: int(re.search(r"would have audited (\d+) packages", text)[1]), UNZIP),
    Peer("uv pip list", "packages",
         ["uv", "pip", "list", "--offline", "--python", sys.executable, "--format", "json", "--target", "{folder}"],
         lambda text: len(json.loads(text)), UNZIP),
    Peer("importlib.metadata", "packages", [sys.executable, "-c", LIST_OF_ZIP], lambda text: len(text.split())),
    Peer("bsdtar", "reading", ["bsdtar", "-xOf", "{zip}"]),
    Peer("unzip", "reading, CRC-32", ["unzip", "-tq", "{zip}"], version="-v"),
]


def install():
    """Puts the pinned peers into build/bench/peers. What cannot be had is named; the others are installed all the same."""
    binaries, environment = FOLDER / "bin", FOLDER / "python"
    binaries.mkdir(parents=True, exist_ok=True)
    steps = [(name, ["go", "install", "-trimpath", module], {"GOBIN": str(binaries), **needed})
             for name, (module, needed) in MODULES.items()]
    python = str(environment / "bin" / "python")
    pins = [f"{name}=={version}" for name, version in WHEELS.items()]
    steps[1:1] = [("a Python environment", [sys.executable, "-m", "venv", "--without-pip", str(environment)], {}),
                  (" ".join(WHEELS), [*speed.PIP, "--python", python, "install", "--quiet", *pins], {})]
    failed = False
    for name, command, variables in steps:
        start = time.monotonic()
        try:
            subprocess.run(command, env=os.environ | variables, cwd="/", capture_output=True, text=True, check=True)
            print(f"{name}: installed in {time.monotonic() - start:.0f} s", flush=True)
        except (OSError, subprocess.CalledProcessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            print(f"{name}: not installed: {said[-1]}", flush=True)
            failed = True
    for name in WHEELS:
        link = binaries / name
        link.unlink(missing_ok=True)
        if (environment / "bin" / name).exists():
            link.symlink_to(Path("..", "python", "bin", name))
    return failed


@contextlib.contextmanager
def open_scratch():
    """A folder in memory and, where that is allowed, no network; with them a description.

    A mount of our own, because syft takes what lies below /dev for a part of the system and finds nothing there.
    """
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        if ctypes.CDLL(None).unshare(CLONE_NEWNS | CLONE_NEWNET) == 0:
            subprocess.run(["mount", "--make-rprivate", "/"], check=True)
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)
            try:
                yield Path(folder), "folders and temporary files in a tmpfs, no network"
            finally:
                subprocess.run(["umount", "--lazy", folder], check=True)
            return
    with tempfile.TemporaryDirectory(prefix="peers-", dir="/dev/shm") as folder:
        yield Path(folder), "folders in /dev/shm, temporary files where the system has them, network as it is"


def find_version(program, flag):
    """What a Go program says of its build, else what the program prints. Go programs built from a module print none."""
    with open(program, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for module, _ in MODULES.values():
            built = re.search(rb"\nmod\t" + re.escape(module.split("/cmd/")[0].encode()) + rb"\tv(\S+)", content)
            if built:
                return built[1].decode()
    said = subprocess.run([program, flag], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", said.stdout + said.stderr)
    return found[0] if found else "unknown"


def busy_seconds():
    """CPU seconds of everybody since the start of the system, idle ones and those of guests left out; and of ourselves."""
    user, nice, system, _, _, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split(None, 9)[1:9])
    ours = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return (user + nice + system + irq + softirq + steal) / TICKS, sum(use.ru_utime + use.ru_stime for use in ours)


class Bench:
    """Runs commands on one package."""

    def __init__(self, package, scratch, feed, index, environment, rounds):
        self.folder, self.scratch = scratch / "folder", scratch
        self.places = {"zip": package, "folder": self.folder, "feed": feed, "index": index, "scratch": scratch}
        self.environment, self.rounds = environment, rounds
        self.ours = []  # of all pairs

    def command(self, template):
        program = shutil.which(template[0], path=self.environment["PATH"])
        return [program, *(part.format(**self.places) for part in template[1:])]

    def run(self, template):
        command = self.command(template)
        start = time.perf_counter()
        child = subprocess.Popen(command, env=self.environment, cwd=self.scratch, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, use = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            raise RuntimeError(f"ended with {child.returncode}")
        return Cost(wall, use.ru_utime + use.ru_stime)

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def measure_peak(self, template):
        """The peak of memory in MB and what it printed. By `time`: a child of ours would inherit the peak of this process."""
        measured = self.scratch / "peak"
        run = subprocess.run(["/usr/bin/time", "-q", "-f", "%M", "-o", measured, *self.command(template)],
                             env=self.environment, cwd=self.scratch, stdin=subprocess.DEVNULL, capture_output=True,
                             check=False)
        printed = (run.stdout + run.stderr) if template[0] == "pip-audit" else run.stdout
        if run.returncode not in (0, 1):
            last = (run.stderr.decode(errors="replace").strip().splitlines() or [""])[-1]
            raise RuntimeError(f"ended with {run.returncode}: {last[:200]}")
        return int(measured.read_text().split()[-1]) * 1024 / 1e6, printed

    def try_once(self, peer):
        """The peaks of what is done first and of the peer, and the number of packages found, if it finds any."""
        self.clear()
        before = self.measure_peak(peer.first[1])[0] if peer.first else 0.0
        peak, printed = self.measure_peak(peer.command)
        if peer.count is None:
            return before, peak, None
        found = peer.count(printed.decode(errors="replace"))
        if found == 0:
            raise RuntimeError("found no package")
        return before, peak, found

    def measure(self, peer, version):
        """Rows of the table for one peer."""
        try:
            before, peak, found = self.try_once(peer)
            all_busy, own_busy = busy_seconds()
            start = time.monotonic()
            ours, firsts, alone = [], [], []
            for _ in range(self.rounds):
                self.clear()
                ours.append(self.run(OURS.command))
                firsts.append(self.run(peer.first[1]) if peer.first else Cost(0.0, 0.0))
                alone.append(self.run(peer.command))
            elapsed = time.monotonic() - start
            all_later, own_later = busy_seconds()
        except (RuntimeError, TypeError, KeyError, ValueError) as error:
            yield [peer.name, version, peer.does, f"not measured: {error}"]
            return
        self.ours += ours
        foreign = max(0.0, (all_later - all_busy - own_later + own_busy) / elapsed)
        shown = "–" if found is None else str(found)
        yield [peer.name, version, peer.does, shown, *compare(alone, ours, peak), f"{foreign:.2f}"]
        if peer.first:
            both = [one + other for one, other in zip(firsts, alone)]
            yield [f"{peer.first[0]} + {peer.name}", version, peer.does, shown,
                   *compare(both, ours, max(before, peak)), f"{foreign:.2f}"]


def median_ms(values):
    return f"{statistics.median(values) * 1000:,.1f}"


def compare(costs, ours, peak):
    walls, cpus = ([getattr(cost, what) for cost in costs] for what in ("wall", "cpu"))
    ratio = statistics.median(cost.wall / own.wall for cost, own in zip(costs, ours))
    cpu_ratio = statistics.median(cost.cpu / max(own.cpu, 1e-6) for cost, own in zip(costs, ours))
    return [median_ms(walls), median_ms(cpus), f"{peak:.0f}", median_ms(own.wall for own in ours),
            f"**{ratio:.2f}**", f"{cpu_ratio:.2f}"]


def print_row(cells):
    print(f"| {' | '.join(cells)} |", flush=True)


def print_table(bench, peers, versions):
    speed.describe(bench.places["zip"])
    heads = ["tool", "version", "does", "packages", "wall ms", "CPU ms", "peak MB", "ours, wall ms", "ratio to ours, wall",
             "CPU", "foreign load"]
    print()
    print_row(heads)
    print_row(["---"] * len(heads))
    _, peak, found = bench.try_once(OURS)
    for peer in peers:
        for row in bench.measure(peer, versions[peer.command[0]]):
            print_row(row + [""] * (len(heads) - len(row)))
    print_row([OURS.name, versions[OURS.command[0]], OURS.does, str(found), *compare(bench.ours, bench.ours, peak),
               f"of all {len(bench.ours)} runs"])
    print()


def describe_machine():
    model = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, kernel {platform.release()}, {system}"


def main(given):
    programs = Path(given.programs).resolve()
    path = os.pathsep.join([str(programs), SEARCHED])
    there = {peer.command[0] for peer in PEERS if shutil.which(peer.command[0], path=path)}
    missing = [name for name in (*MODULES, *WHEELS) if name not in there]
    if len(missing) == len(MODULES) + len(WHEELS):
        print("no peer is on PATH or in build/bench/peers/bin; peers.py --install would put them there")
        sys.exit(77)
    if not Path("/usr/bin/time").exists():
        print("there is no /usr/bin/time, which measures memory")
        sys.exit(77)
    packages = [speed.make_package(name, what) for name, what in speed.PACKAGES.items()]
    peers = [peer for peer in PEERS if peer.command[0] in there]
    versions = {peer.command[0]: find_version(shutil.which(peer.command[0], path=path), peer.version) for peer in peers}

    with open_scratch() as (scratch, described):
        feed = scratch / "osv-scalibr" / "PyPI" / "all.zip"  # where osv-scanner looks for it
        feed.parent.mkdir(parents=True)
        if given.osv:
            shutil.copyfile(given.osv, feed)
        else:
            main_job.write_feed(feed)
        environment = os.environ | {"PATH": path, "HOME": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache"),
                                    "SYFT_CHECK_FOR_APP_UPDATE": "false"}
        if not str(scratch).startswith("/dev/"):
            environment["TMPDIR"] = str(scratch)
        index = scratch / "index.db"
        subprocess.run([programs / "lambda-preflight", "db", "build", "--from", feed, "--db", index], check=True)

        print(f"{describe_machine()}; {described}")
        print(f"medians of {given.rounds} alternating pairs, warm cache; ratios above 1: slower than ours")
        for peer in peers:
            steps = ([peer.first[1]] if peer.first else []) + [peer.command]
            print(f"- {peer.name}: `{' && '.join(' '.join(step) for step in steps)}`")
        if missing:
            print(f"- not there, not measured: {', '.join(missing)}")
        for package in packages:
            print()
            print_table(Bench(package, scratch, feed, index, environment, given.rounds), peers, versions)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Compares lambda-preflight with other tools.")
    options.add_argument("programs", metavar="BIN", nargs="?", default="build/release/bin")
    options.add_argument("--osv", default=os.environ.get("PREFLIGHT_OSV"), help="the feed, a zip as OSV exports it")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--install", action="store_true", help="install the peers instead")
    arguments = options.parse_args()
    sys.exit(install() if arguments.install else main(arguments))
