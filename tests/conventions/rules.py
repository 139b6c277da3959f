# SPDX-License-Identifier: Apache-2.0
"""The rules of this repository that neither the compiler nor clang-tidy checks.

Each check takes a Tree and yields one complaint for each breach. To add one: write the function, list it in CHECKS,
show in rules_test.py how it is broken, and name it in CMakeLists.txt.
"""

import os
import posixpath
import re
import subprocess
from pathlib import Path

# Who alone includes the headers of a library or of a part of the system, by the first words of the header's path.
OWNERS = {
    "archive.h": "unpack",
    "archive_entry.h": "unpack",
    "libdeflate.h": "unpack",
    "zlib.h": "unpack",
    "utf8proc.h": "unpack",
    "openssl/": "crypto",
    "nlohmann/": "document",
    "yaml-cpp/": "document",
    "toml++/": "document",
    "toml.hpp": "document",
    "simdjson": "advisory",
    "sqlite3": "advisory",
    "CLI/": "cli",
    "git2": "git",
    "curl/": "http",
    "sys/socket.h": "http",
    "sys/un.h": "http",
    "netdb.h": "http",
    "netinet/": "http",
    "arpa/": "http",
}

# What only cli and main.cpp may touch: each is given to the modules below as a value.
AMBIENT = re.compile(
    r"\b(secure_getenv|getenv|environ|cout|cerr|clog|cin|stdout|stderr|stdin|v?f?printf|puts|fputs|putchar|perror"
    r"|system_clock|steady_clock|high_resolution_clock|utc_clock|gettimeofday|clock_gettime|clock|localtime(?:_r)?"
    r"|mktime|random_device|srand)\b|(?<![\w.>])(?:std)?(?:::)?(time|rand)\s*\("
)
THREADS = re.compile(r"\bstd::(?:jthread|async|thread(?!::))\b|\bpthread_create\b")

BANNED_WORDS = frozenset(
    "util utils helper helpers common misc core manager handler impl data info abstract".split()
)
# Terms of the field that hold such a word.
FIELD_TERMS = ("dist_info", "egg_info", "lambda_handler", "data_descriptor", "core_metadata", "wheel_data")

SOURCE_LINES = 500
HEADER_LINES = 250

# Below these folders lies what tests read: it is as its author made it, not as we write.
DATA = re.compile(r"^(tests/golden/cases|tests/fuzz/corpus|tests/[^/]+/testdata|tests/compile_fail/testdata)/")
WITH_LICENCE_LINE = re.compile(r"(^|/)(CMakeLists\.txt|\.clang-(format|tidy))$|\.(cpp|hpp|[sS]|cmake|py|sh|ya?ml)$|^scripts/[^./]+$|^\.ci/run$")


class Tree:
    """The files of the repository, and the modules as CMake knows them."""

    def __init__(self, root, manifest=None, clang_format="clang-format-14"):
        self.root = Path(root)
        self.clang_format = clang_format
        self.paths = sorted(self._walk())
        self.sees, self.files = read_manifest(manifest) if manifest else ({}, {})

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            if here == Path("."):
                folders[:] = [name for name in folders if name not in ("build", ".git", ".cache")]
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in names:
                path = (here / name).as_posix()
                if not DATA.match(path):
                    yield path

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8", errors="replace")

    def code(self, *folders):
        """Our C++ files below these folders."""
        return [path for path in self.paths if path.startswith(folders) and path.endswith((".cpp", ".hpp"))]


def read_manifest(path):
    sees, files = {}, {}
    for name, kind, words in re.findall(r"^set\((\w+)_(sees|files) ?(.*)\)$", Path(path).read_text(), re.M):
        (sees if kind == "sees" else files)[name] = words.split()
    return sees, files


def module_of(path):
    """`src/<module>/x` and `include/preflight/<module>/x` belong to <module>, src/main.cpp to `main`."""
    parts = path.split("/")
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 else "main"
    return parts[2] if parts[:2] == ["include", "preflight"] and len(parts) > 3 else ""


def without_comments(text):
    """Code with each comment replaced by a blank and lines kept; strings stay."""
    token = re.compile(r'[0-9a-fA-F]\'(?=[0-9a-fA-F])|//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        return " " + "\n" * match[0].count("\n") if match[0].startswith("/") else match[0]

    return token.sub(blank, text.replace("\\\n", ""))


def without_strings(text):
    return re.sub(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', '""', text, flags=re.S)


def includes_of(text):
    """Line and target of each inclusion, however it is spelled; the target keeps its brackets or quotes."""
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        match = re.match(r"\s*(?:#|%:|\?\?=)\s*(?:include|include_next|import)\b\s*(.*?)\s*$", line)
        if match:
            yield number, match[1]


def owner_of(header):
    for prefix, owner in OWNERS.items():
        if header == prefix or header.startswith(prefix):
            return owner
    return None


def complaint_about_include(tree, path, target):
    match = re.fullmatch(r'[<"](.+)[>"]', target)
    if not match:
        return "an include names its header itself, without a macro"
    header = match[1]
    if ".." in header.split("/") or header.startswith("/"):
        return f"'{header}': headers are named from include/ or from the module's own folder"
    module = module_of(path)
    if not module:
        return None
    header = posixpath.normpath(header)
    owner = owner_of(header)
    if owner and owner != module:
        return f"'{header}' is included by the sources of {owner} alone"
    if owner and path.startswith("include/"):
        return f"'{header}' stays out of public headers"
    other = header.split("/")[1] if header.startswith("preflight/") else module
    if other != module and other not in tree.sees.get(module, []):
        return f"'{header}': module '{module}' names '{other}' neither in DEPENDS nor in USES"
    return None


def check_includes(tree):
    for path in tree.code("src/", "include/", "tests/"):
        for line, target in includes_of(tree.text(path)):
            complaint = complaint_about_include(tree, path, target)
            if complaint:
                yield f"{path}:{line}: {complaint}"


def check_declared(tree):
    """Each file of a module, each test and each harness is named by a list that CMake reads."""
    known = {file for files in tree.files.values() for file in files}
    for path in tree.paths:
        folder, name = posixpath.split(path)
        if path.startswith(("src/", "include/")):
            if name != "CMakeLists.txt" and path not in known:
                yield f"{path}: no CMakeLists.txt lists it"
        elif path.startswith("tests/") and name.endswith((".cpp", ".py")):
            lists = [other for other in tree.paths
                     if other.endswith(("CMakeLists.txt", ".cmake")) and folder.startswith(posixpath.dirname(other))]
            stem = re.escape(posixpath.splitext(name)[0].removesuffix("_test" if name.endswith(".py") else ""))
            if not any(re.search(rf"(?<![\w-]){stem}(_test)?(?![\w-])", tree.text(other)) for other in lists):
                yield f"{path}: no CMakeLists.txt lists it"


def check_ambient(tree):
    """Environment, standard streams, clocks and chance are given by cli; threads are started by scan alone."""
    for path in tree.code("src/", "include/"):
        module = module_of(path)
        code = without_strings(without_comments(tree.text(path)))
        for number, line in enumerate(code.split("\n"), 1):
            if re.match(r"\s*#", line):
                continue
            used = AMBIENT.search(line)
            if used and module not in ("cli", "main"):
                yield f"{path}:{number}: '{used[0].strip(' (')}': only cli may; have it given"
            if THREADS.search(line) and module != "scan":
                yield f"{path}:{number}: only scan starts threads"


def check_length(tree):
    for path in tree.code("src/", "include/", "tests/") + [p for p in tree.paths if p.endswith((".py", ".cmake"))]:
        limit = HEADER_LINES if path.endswith(".hpp") else SOURCE_LINES
        lines = tree.text(path).count("\n")
        if lines > limit:
            yield f"{path}: {lines} lines, at most {limit} are allowed"


def check_licence(tree):
    for path in tree.paths:
        if not WITH_LICENCE_LINE.search(path):
            continue
        lines = tree.text(path).split("\n")
        first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        if not re.fullmatch(r"(//|#) SPDX-License-Identifier: Apache-2\.0", first):
            yield f"{path}: does not begin with '{'//' if path.endswith(('.cpp', '.hpp')) else '#'} SPDX-License-Identifier: Apache-2.0'"


def words_of(name):
    """The words of a snake_case, kebab-case or CamelCase name in lower case."""
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)


def banned_word(name):
    joined = "_".join(words_of(name)).lower()
    for term in FIELD_TERMS:
        joined = re.sub(rf"(^|_){term}(?=_|$)", "", joined)
    return next((word for word in joined.split("_") if word in BANNED_WORDS), None)


def check_names(tree):
    for path in tree.paths:
        if path.startswith(("src/", "include/", "tests/", "scripts/", "cmake/")):
            for part in path.split("/"):
                word = banned_word(part.split(".")[0])
                if word:
                    yield f"{path}: '{word}' says nothing about what the file is for"
        if path.startswith(("src/", "include/")) and not re.fullmatch(r"[a-z0-9_]+\.([ch]pp|[sS])|CMakeLists\.txt", posixpath.basename(path)):
            yield f"{path}: files are named in snake_case"
    declared = re.compile(r"\b(?:class|struct|enum|union|concept|using)\s+(?:class\s+|\[\[\w+\]\]\s*)*([A-Z]\w+)")
    for path in tree.code("src/", "include/", "tests/"):
        for number, line in enumerate(without_strings(without_comments(tree.text(path))).split("\n"), 1):
            for name in declared.findall(line):
                word = banned_word(name) or ("I" if re.match(r"I[A-Z][a-z]", name) else None)
                if word:
                    yield f"{path}:{number}: type '{name}': '{word}' says nothing about what it is"


def check_formatting(tree):
    code = [str(tree.root / path) for path in tree.code("src/", "include/", "tests/")]
    if not code:
        return
    run = subprocess.run([tree.clang_format, "--dry-run", "--Werror", "--style=file", *code],
                         capture_output=True, text=True, check=False)
    for line in run.stderr.splitlines():
        match = re.match(r"(.+?):(\d+):\d+: error: ", line)
        if match:
            yield f"{Path(match[1]).relative_to(tree.root)}:{match[2]}: not as clang-format-14 writes it"
    if run.returncode != 0 and "error:" not in run.stderr:
        yield f"{tree.clang_format} failed: {run.stderr.strip()}"


CHECKS = {
    "includes": check_includes,
    "declared": check_declared,
    "ambient": check_ambient,
    "length": check_length,
    "licence": check_licence,
    "names": check_names,
    "formatting": check_formatting,
}
