# SPDX-License-Identifier: Apache-2.0
"""What can be seen of the program as a process only: process_test.py LAMBDA_PREFLIGHT

The same report whatever the locale, the time zone, the umask, the number of processors, the folder; an exit code that never
says "fine" where an input cannot be read or an output not be written; nothing left behind by an interrupt.
"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

PROGRAM = str(Path(sys.argv.pop(1)).resolve())
GIVEN = ["--runtime", "python3.12", "--arch", "x86_64", "--feed", "starter"]
NOBODY = 65534


def write_zip(path, version="2.32.3"):
    """A function with one distribution and a name outside ASCII."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("app.py", "x = 1\n"), ("caf\u00e9.py", "y = 2\n"),
                              (f"requests-{version}.dist-info/METADATA",
                               f"Metadata-Version: 2.1\nName: requests\nVersion: {version}\n")):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, content)


class Process(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)
        write_zip(self.folder / "function.zip")

    def run_program(self, *arguments, **options):
        options.setdefault("cwd", self.folder)
        return subprocess.run([PROGRAM, *arguments], capture_output="stdout" not in options, check=False, timeout=60, **options)

    def report(self, *arguments, **options):
        done = self.run_program("scan", *arguments, *GIVEN, "-o", "json", **options)
        return done.returncode, done.stdout

    def test_the_report_is_the_same_everywhere(self):
        expected = self.report("function.zip")
        self.assertEqual(expected[0], 0)
        for environment in ({"LC_ALL": "C"}, {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"TZ": "Pacific/Kiritimati"},
                            {"TMPDIR": "/nowhere"}, {"HOME": "/nowhere"}, {"PREFLIGHT_UPDATE_GOLDEN": "1"}, {}):
            with self.subTest(environment):
                self.assertEqual(self.report("function.zip", env=environment), expected)
        for umask in (0o000, 0o077):
            with self.subTest(umask=umask):
                self.assertEqual(self.report("function.zip", umask=umask), expected)
        with self.subTest("one processor"):
            one = {min(os.sched_getaffinity(0))}
            self.assertEqual(self.report("function.zip", preexec_fn=lambda: os.sched_setaffinity(0, one)), expected)
        with self.subTest("another folder"), tempfile.TemporaryDirectory() as elsewhere:
            self.assertEqual(self.report(str(self.folder / "function.zip"), cwd=elsewhere), expected)

    def test_it_does_not_matter_where_the_package_lies(self):
        # A peer skips what lies on some file systems, and then finds nothing (peers-measured.md, S1).
        write_zip(self.folder / "function.zip", "2.19.0")
        expected = self.report("function.zip")
        self.assertEqual(expected[0], 1)
        with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
            write_zip(Path(memory) / "function.zip", "2.19.0")
            self.assertEqual(self.report("function.zip", cwd=memory), expected)

    def test_files_in_the_working_directory_change_nothing(self):
        # Another reads its configuration from there (S7).
        write_zip(self.folder / "function.zip", "2.19.0")
        expected = self.report("function.zip")
        for name in (".grype.yaml", "preflight.yaml", ".preflight.yaml", "lambda-preflight.json", "osv-scanner.toml"):
            (self.folder / name).write_text("ignore: [{package: {type: python}}]\nfail-on: none\n")
        self.assertEqual(self.report("function.zip"), expected)

    def test_a_report_without_a_feed_says_so_itself(self):
        # A third writes an empty list of results (S8).
        done = self.run_program("scan", "function.zip", "--db", "nowhere.db", "-o", "json")
        self.assertEqual(done.returncode, 3)
        report = json.loads(done.stdout)
        self.assertEqual(report["verdict"], "incomplete")
        self.assertEqual([item["kind"] for item in report["incomplete"]], ["feed"])

    def test_inputs_that_cannot_be_read(self):
        os.mkfifo(self.folder / "fifo.zip")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.folder / "socket.zip"))
        (self.folder / "link.zip").symlink_to("function.zip")
        for name in ("fifo.zip", "socket.zip", "link.zip", "missing.zip", "/dev/null", "function.zip/below"):
            with self.subTest(name):
                code, output = self.report(name)
                self.assertEqual(code, 3)
                self.assertEqual(json.loads(output)["incomplete"][0]["kind"], "artifact")

    def test_what_another_user_may_not_read(self):
        closed = self.folder / "closed"
        (closed / "inner").mkdir(parents=True)
        (closed / "app.py").write_text("x = 1\n")
        (closed / "inner").chmod(0)
        (self.folder / "function.zip").chmod(0)
        program = os.open(PROGRAM, os.O_RDONLY)
        self.addCleanup(os.close, program)

        def as_nobody(name):
            """Runs the program, whose path nobody may not be allowed to walk, through its descriptor."""
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                os.chdir(self.folder)
                os.dup2(writer, 1)
                if os.getuid() == 0:
                    os.setgroups([])
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                os.execve(program, [PROGRAM, "scan", name, *GIVEN, "-o", "json"], {})
            os.close(writer)
            with os.fdopen(reader) as output:
                text = output.read()
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text

        for name in ("closed", "function.zip"):
            with self.subTest(name):
                code, output = as_nobody(name)
                self.assertEqual(code, 3)
                self.assertIn("Permission denied", output)
        (closed / "inner").chmod(0o700)

    def test_outputs_that_cannot_be_written(self):
        for arguments in (("-o", "json=/dev/full"), ("-o", "json=nowhere/report.json"), ("-o", "json=.")):
            with self.subTest(arguments):
                done = self.run_program("scan", "function.zip", *GIVEN, *arguments)
                self.assertEqual(done.returncode, 3)
                self.assertIn(b"cannot write", done.stderr)
        with self.subTest("standard output is full"), open("/dev/full", "wb") as full:
            self.assertEqual(self.run_program("scan", "function.zip", *GIVEN, stdout=full, stderr=subprocess.PIPE).returncode, 3)
        with self.subTest("standard output is closed"):
            done = self.run_program("scan", "function.zip", *GIVEN, stdout=None, stderr=subprocess.PIPE,
                                    preexec_fn=lambda: os.close(1))
            self.assertEqual(done.returncode, 3)
        self.assertEqual(sorted(item.name for item in self.folder.iterdir()), ["function.zip"])

    def test_a_report_that_cannot_be_written_does_not_let_a_blocked_package_through(self):
        write_zip(self.folder / "function.zip", "2.19.0")
        done = self.run_program("scan", "function.zip", *GIVEN, "-o", "json=/dev/full")
        self.assertEqual(done.returncode, 1)

    def test_an_interrupt_leaves_nothing_behind(self):
        with zipfile.ZipFile(self.folder / "function.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(20):
                archive.writestr(f"{number}.bin", bytes(10_000_000))
        command = [PROGRAM, "scan", "function.zip", *GIVEN, "-o", "json=report.json"]
        for delay in (0.0, 0.002, 0.01, 0.03):
            child = subprocess.Popen(command, cwd=self.folder)
            time.sleep(delay)
            child.send_signal(signal.SIGINT)
            child.wait(60)
            left = sorted(item.name for item in self.folder.iterdir())
            self.assertIn(left, (["function.zip"], ["function.zip", "report.json"]))
            if "report.json" in left:
                json.loads((self.folder / "report.json").read_text())
                (self.folder / "report.json").unlink()

    def test_a_scan_loads_neither_curl_nor_git(self):
        done = self.run_program("scan", "function.zip", *GIVEN, env={"LD_DEBUG": "libs", "LD_DEBUG_OUTPUT": str(self.folder / "loaded")})
        self.assertEqual(done.returncode, 0)
        loaded = "".join(item.read_text(errors="replace") for item in self.folder.glob("loaded.*"))
        self.assertIn("libc.so", loaded)
        self.assertNotIn("libcurl", loaded)
        self.assertNotIn("libgit2", loaded)


if __name__ == "__main__":
    unittest.main()
