# SPDX-License-Identifier: Apache-2.0
"""Configures small projects whose module graph is wrong, and looks whether cmake/PreflightModule.cmake says so."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["PREFLIGHT_SOURCE"])
CMAKE = os.environ.get("PREFLIGHT_CMAKE", "cmake")

PROJECT = """cmake_minimum_required(VERSION 3.24)
project(small LANGUAGES CXX)
include(GNUInstallDirs)
include({modules})
add_library(preflight_flags INTERFACE)
{body}
"""


class Graph(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="preflight-graph-"))
        self.addCleanup(shutil.rmtree, self.root)
        for module in ("low", "other", "high"):
            self.write(f"include/preflight/{module}/{module}.hpp", "#pragma once\nint number();\n")
            self.write(f"{module}.cpp", "int number() { return 1; }\n")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def cmake(self, *arguments):
        run = subprocess.run([CMAKE, *arguments], cwd=self.root, capture_output=True, text=True, check=False)
        return run.returncode, " ".join((run.stdout + run.stderr).split())

    def configure(self, *body):
        modules = SOURCE / "cmake" / "PreflightModule.cmake"
        self.write("CMakeLists.txt", PROJECT.format(modules=modules, body="\n".join(body)))
        return self.cmake("-S", ".", "-B", "build", "-G", "Ninja")

    def build(self, target="all"):
        return self.cmake("--build", "build", "--target", target)

    def refuses(self, said, *body):
        status, output = self.configure(*body)
        self.assertNotEqual(status, 0, output)
        self.assertIn(said, output)


LOW = "preflight_module(low LEVEL 1 HEADERS low.hpp SOURCES low.cpp)"


class ModuleGraph(Graph):
    def test_accepts_a_lower_level(self):
        self.write("high.cpp", '#include "preflight/low/low.hpp"\nint high() { return number(); }\n')

        status, output = self.configure(LOW, "preflight_module(high LEVEL 2 HEADERS high.hpp SOURCES high.cpp USES low)")
        self.assertEqual(status, 0, output)
        status, output = self.build()
        self.assertEqual(status, 0, output)

        self.assertIn("set(high_sees low)", (self.root / "build" / "modules.cmake").read_text())

    def test_refuses_a_sibling(self):
        for word in ("USES", "DEPENDS"):
            self.refuses("module 'other' (level 1) names 'low' (level 1)", LOW,
                         f"preflight_module(other LEVEL 1 SOURCES other.cpp {word} low)")

    def test_refuses_a_higher_level(self):
        self.refuses("module 'other' (level 0) names 'low' (level 1)", LOW,
                     "preflight_module(other LEVEL 0 SOURCES other.cpp USES low)")

    def test_refuses_what_is_declared_later_so_that_there_are_no_cycles(self):
        self.refuses("module 'low' names 'high', which is not declared before it",
                     "preflight_module(low LEVEL 1 SOURCES low.cpp USES high)",
                     "preflight_module(high LEVEL 2 SOURCES high.cpp USES low)")

    def test_refuses_a_module_without_level(self):
        self.refuses("module 'low' has no LEVEL", "preflight_module(low SOURCES low.cpp)")

    def test_refuses_words_that_it_does_not_know(self):
        self.refuses("what is", "preflight_module(low LEVEL 1 SOURCE low.cpp)")


class Headers(Graph):
    def test_an_undeclared_module_cannot_be_included(self):
        self.write("high.cpp", '#include "preflight/low/low.hpp"\n')

        self.configure(LOW, "preflight_module(high LEVEL 2 HEADERS high.hpp SOURCES high.cpp)")
        status, output = self.build()

        self.assertNotEqual(status, 0, output)
        self.assertIn("preflight/low/low.hpp: No such file or directory", output)

    def test_what_a_source_uses_is_not_passed_on(self):
        self.write("other.cpp", '#include "preflight/low/low.hpp"\n')

        self.configure(LOW, "preflight_module(high LEVEL 2 HEADERS high.hpp SOURCES high.cpp USES low)",
                       "preflight_module(other LEVEL 3 SOURCES other.cpp USES high)")
        status, output = self.build()

        self.assertNotEqual(status, 0, output)
        self.assertIn("preflight/low/low.hpp: No such file or directory", output)

    def test_a_header_that_forgets_an_include_is_caught(self):
        self.write("include/preflight/low/low.hpp", "#pragma once\nstd::string text();\n")

        self.configure(LOW)
        status, output = self.build("all_verify_interface_header_sets")

        self.assertNotEqual(status, 0, output)
        self.assertIn("low.hpp", output)


if __name__ == "__main__":
    sys.exit(unittest.main())
