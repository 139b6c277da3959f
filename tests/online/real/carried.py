# SPDX-License-Identifier: Apache-2.0
"""What a tree carries along inside its distributions: vendored copies, and Python components of SBOMs."""

import json
import re

from wheels import distributions_in, normal_pair

LISTS = ("vendor.txt", "vendored.txt")
FOLDERS = {"_vendor", "vendored", "packages"}
LITERAL = re.compile(r"""^(?:__version__|VERSION|version)(?:\s*:\s*\w+)?\s*=\s*["'](\d[^"']*)["']""", re.MULTILINE)
TUPLE = re.compile(r"^__version_info__\s*=\s*\((\d+), (\d+), (\d+)\)", re.MULTILINE)
LITERAL_FILES = ("__init__.py", "__about__.py", "__version__.py", "_version.py", "version.py", "package_data.py")
PIN = re.compile(r"^\s*([A-Za-z0-9._-]+)==([^\s;#]+)")


def literal_version(module):
    """The version that a module or a package says of itself, or None."""
    for path in [module] if module.is_file() else [module / name for name in LITERAL_FILES]:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        if found := LITERAL.search(text):
            return found[1]
        if found := TUPLE.search(text):
            return ".".join(found.groups())
    return None


def listed_copies(tree):
    """Those that a list of the host, or nested metadata name."""
    for name in LISTS:
        for path in tree.rglob(name):
            for line in path.read_text(encoding="utf-8").splitlines():
                if found := PIN.match(line):
                    yield normal_pair(*found.groups())
    for folder in {path.parent for path in tree.rglob("*.dist-info")} - {tree}:
        yield from distributions_in(folder)


def literal_copies(tree):
    for folder in (path for path in tree.rglob("*") if path.is_dir() and path.name in FOLDERS):
        for module in folder.iterdir():
            if (version := literal_version(module)) is not None:
                yield normal_pair(module.stem if module.is_file() else module.name, version)


def vendored_copies(tree):
    """Without a list and without metadata (requests, botocore, urllib3, setuptools) the code itself says what is carried."""
    return set(listed_copies(tree)) | set(literal_copies(tree))


def sbom_components(tree):
    """Python components; those of the distribution that carries the SBOM tell nothing new, and may be listed."""
    found, own = set(), distributions_in(tree)
    for path in tree.glob("*.dist-info/sboms/*"):
        sbom = json.loads(path.read_text(encoding="utf-8"))
        parts = [sbom.get("metadata", {}).get("component", {}), *sbom.get("components", [])]
        addresses = [part.get("purl", "") for part in parts]
        addresses += [reference["referenceLocator"] for part in sbom.get("packages", []) for reference in part["externalRefs"]]
        for address in addresses:
            if match := re.match(r"pkg:pypi/([^@?]+)@([^?#]+)", address):
                found.add(normal_pair(*match.groups()))
    return found - own, found
