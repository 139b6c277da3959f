# SPDX-License-Identifier: Apache-2.0
"""Breaks each rule on purpose and looks whether the check says so, and that what is allowed stays so."""

import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import rules

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
MANIFEST = """set(modules main)
set(main_sees cli)
set(main_files src/main.cpp)
list(APPEND modules base)
set(base_sees )
set(base_files include/preflight/base/text.hpp src/base/text.cpp)
list(APPEND modules unpack)
set(unpack_sees base)
set(unpack_files src/unpack/archive.cpp)
"""


class Case(unittest.TestCase):
    """A small repository in a folder of its own."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="preflight-conventions-"))
        self.addCleanup(shutil.rmtree, self.root)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def complaints(self, check):
        manifest = self.root / "build" / "modules.cmake"
        manifest.parent.mkdir(exist_ok=True)
        manifest.write_text(MANIFEST)
        return list(rules.CHECKS[check](rules.Tree(self.root, manifest)))

    def refuses(self, check, path, text, *said):
        self.write(path, text)
        complaints = self.complaints(check)
        self.assertEqual(len(complaints), 1, complaints)
        self.assertTrue(complaints[0].startswith(path), complaints[0])
        for words in said:
            self.assertIn(words, complaints[0])

    def accepts(self, check, path, text):
        self.write(path, text)
        self.assertEqual(self.complaints(check), [])


class Includes(Case):
    def test_each_library_has_one_owner(self):
        for spelling in ("#include <archive.h>", "#include<archive.h>", '#include "archive.h"', "#  include <archive.h>",
                         "#/**/include <archive.h>", "# include <./archive.h>", "#inc\\\nlude <archive.h>",
                         "%:include <archive.h>", "#include_next <archive.h>", "  #include <archive.h> // why"):
            with self.subTest(spelling):
                self.refuses("includes", "src/base/text.cpp", spelling, "sources of unpack alone")
                self.accepts("includes", "src/base/text.cpp", "")

    def test_every_owned_header_is_known(self):
        for header, owner in {"zlib.h": "unpack", "libdeflate.h": "unpack", "utf8proc.h": "unpack",
                              "archive_entry.h": "unpack", "openssl/evp.h": "crypto", "nlohmann/json.hpp": "document",
                              "yaml-cpp/yaml.h": "document", "toml++/toml.h": "document", "simdjson.h": "advisory",
                              "sqlite3.h": "advisory", "CLI/CLI.hpp": "cli", "git2.h": "git", "git2/sys/x.h": "git",
                              "curl/curl.h": "http", "sys/socket.h": "http", "netdb.h": "http", "arpa/inet.h": "http",
                              "netinet/in.h": "http"}.items():
            with self.subTest(header):
                self.refuses("includes", "src/base/text.cpp", f"#include <{header}>", f"sources of {owner} alone")

    def test_the_owner_may_in_sources_only(self):
        self.accepts("includes", "src/unpack/archive.cpp", "#include <archive.h>")
        self.refuses("includes", "include/preflight/unpack/archive.hpp", "#include <archive.h>", "public headers")

    def test_files_of_the_system_are_free(self):
        self.accepts("includes", "src/base/text.cpp", "#include <sys/stat.h>\n#include <fcntl.h>\n#include <unistd.h>\n")

    def test_a_module_sees_what_it_names(self):
        self.accepts("includes", "src/unpack/archive.cpp", '#include "preflight/base/text.hpp"')
        self.refuses("includes", "src/base/text.cpp", '#include "preflight/unpack/archive.hpp"', "'base' names 'unpack'")

    def test_no_way_round(self):
        self.refuses("includes", "src/base/text.cpp", '#include "../unpack/archive.hpp"', "from include/")
        self.refuses("includes", "src/base/text.cpp", "#include </usr/include/zlib.h>", "from include/")
        self.refuses("includes", "src/base/text.cpp", "#define H <zlib.h>\n#include H", "without a macro")

    def test_tests_do_not_climb_either(self):
        self.refuses("includes", "tests/base/text_test.cpp", '#include "../support/golden.hpp"', "from include/")

    def test_comments_are_no_code(self):
        self.accepts("includes", "src/base/text.cpp", "/*\n#include <zlib.h>\n*/\n// #include <zlib.h>\n")


class Declared(Case):
    def test_files_of_modules(self):
        self.accepts("declared", "src/base/text.cpp", "")
        self.accepts("declared", "src/base/CMakeLists.txt", "")
        self.refuses("declared", "src/base/orphan.cpp", "", "no CMakeLists.txt lists it")

    def test_public_headers(self):
        self.accepts("declared", "include/preflight/base/text.hpp", "")
        self.refuses("declared", "include/preflight/base/orphan.hpp", "", "no CMakeLists.txt lists it")

    def test_whatever_lies_there(self):
        self.refuses("declared", "src/base/notes.txt", "", "no CMakeLists.txt lists it")

    def test_tests(self):
        self.write("tests/base/CMakeLists.txt", "preflight_test(base text_test.cpp)")
        self.accepts("declared", "tests/base/text_test.cpp", "")
        self.refuses("declared", "tests/base/text_tes.cpp", "", "no CMakeLists.txt lists it")

    def test_harnesses(self):
        self.write("tests/fuzz/python.cmake", "preflight_fuzz(python_version USES python)")
        self.accepts("declared", "tests/fuzz/python_version.cpp", "")
        self.refuses("declared", "tests/fuzz/python_name.cpp", "", "no CMakeLists.txt lists it")


class Ambient(Case):
    def test_what_cli_alone_may(self):
        for code in ('auto* home = std::getenv("HOME");', "extern char** environ;", 'std::cout << "x";',
                     'std::cerr << "x";', 'std::printf("x");', 'std::fprintf(stderr, "x");', 'std::puts("x");',
                     "auto now = std::chrono::system_clock::now();", "std::chrono::steady_clock::now();",
                     "auto t = std::time(nullptr);", "auto t = ::time(nullptr);", "auto t = time(nullptr);",
                     "auto c = std::clock();", "std::random_device device;", "auto r = std::rand();", "std::cin >> x;",
                     "localtime_r(&t, &tm);", "clock_gettime(0, &spec);"):
            with self.subTest(code):
                self.refuses("ambient", "src/base/text.cpp", code, "only cli may")
        self.accepts("ambient", "src/base/text.cpp", "")
        self.accepts("ambient", "src/cli/run.cpp", 'std::cout << std::getenv("NO_COLOR");')
        self.accepts("ambient", "src/main.cpp", "return run(std::cout);")

    def test_threads_belong_to_scan(self):
        for code in ("std::jthread worker(f);", "std::thread worker(f);", "auto later = std::async(f);"):
            with self.subTest(code):
                self.refuses("ambient", "src/base/text.cpp", code, "only scan starts threads")
        self.accepts("ambient", "src/base/text.cpp", "")
        self.accepts("ambient", "src/scan/run.cpp", "std::jthread worker(f);")
        self.accepts("ambient", "src/cli/run.cpp", "auto count = std::thread::hardware_concurrency();")

    def test_names_and_texts_that_only_look_alike(self):
        self.accepts("ambient", "src/base/text.cpp",
                     '// printf and std::cout\nauto text = "std::cerr";\nstd::snprintf(b, 2, "x");\n'
                     "entry.time(3);\nauto mod_time = at.time();\nwrite_time(x);\nint timeout();\n")


class Length(Case):
    def test_sources(self):
        self.accepts("length", "src/base/text.cpp", "\n" * 500)
        self.refuses("length", "src/base/text.cpp", "\n" * 501, "501 lines, at most 500")

    def test_headers(self):
        self.accepts("length", "src/base/text.hpp", "\n" * 250)
        self.refuses("length", "src/base/text.hpp", "\n" * 251, "251 lines, at most 250")


class Licence(Case):
    def test_first_line(self):
        self.accepts("licence", "src/base/text.cpp", LICENCE)
        self.refuses("licence", "src/base/text.cpp", "\n" + LICENCE, "SPDX-License-Identifier")

    def test_other_licences(self):
        self.refuses("licence", "src/base/text.cpp", "// SPDX-License-Identifier: MIT\n", "Apache-2.0")

    def test_scripts(self):
        self.accepts("licence", "scripts/build", "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n")
        self.refuses("licence", "scripts/test", "#!/usr/bin/env bash\n", "# SPDX-License-Identifier")

    def test_lists_of_cmake(self):
        self.refuses("licence", "src/base/CMakeLists.txt", "preflight_module(base)", "# SPDX-License-Identifier")

    def test_data_of_tests_are_left_alone(self):
        self.accepts("licence", "tests/golden/cases/plain/files/app.py", "x = 1\n")


class Names(Case):
    def test_files(self):
        for name in ("utils.cpp", "zip_helper.hpp", "common.cpp", "entry_manager.hpp", "rule_impl.cpp", "data.hpp"):
            with self.subTest(name):
                self.refuses("names", f"src/base/{name}", "", "says nothing")
                (self.root / "src/base" / name).unlink()

    def test_folders(self):
        self.refuses("names", "src/core/text.cpp", "", "'core'")

    def test_types(self):
        for code in ("class EntryManager {", "struct ZipInfo;", "enum class DataKind {", "using ReaderImpl = int;",
                     "class AbstractReader {", "class IReader {", "class [[nodiscard]] ScanHelper {"):
            with self.subTest(code):
                self.refuses("names", "src/base/text.cpp", code, "says nothing")

    def test_terms_of_the_field(self):
        self.accepts("names", "src/base/dist_info.cpp", "struct DistInfo {};\nstruct DataDescriptor {};\nclass Metadata;")
        self.accepts("names", "src/base/lambda_handler.hpp", "struct InputError {};\nclass Inflater;\nstruct Database;")

    def test_case(self):
        self.refuses("names", "src/base/Text.cpp", "", "snake_case")


class Formatting(Case):
    def test_one_blank_too_many(self):
        shutil.copy(Path(os.environ["PREFLIGHT_SOURCE"]) / ".clang-format", self.root)
        self.accepts("formatting", "src/base/text.cpp", LICENCE + "int number() {\n    return 1;\n}\n")
        self.refuses("formatting", "src/base/text.cpp", LICENCE + "int  number() {\n    return 1;\n}\n", ":2:")


class AllChecks(unittest.TestCase):
    def test_each_has_a_proof_here(self):
        self.assertEqual({name.lower() for name, value in globals().items()
                          if isinstance(value, type) and issubclass(value, Case) and value is not Case},
                         set(rules.CHECKS))


if __name__ == "__main__":
    sys.exit(unittest.main())
