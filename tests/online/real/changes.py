# SPDX-License-Identifier: Apache-2.0
"""Artifacts that somebody changed on purpose, each change with the finding that it is to cause; and a project of forty
functions.

To add a change: write a function that makes it in a tree and gives back what is expected, and name it in CHANGES.
"""

import json
import shutil

from artifacts import Expected, metadata_of
from wheels import normal_pair


def append(path, data):
    path.write_bytes(path.read_bytes() + data)


def flip(path):
    """One bit in the middle: the size stays, the file stays a library."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def modified_module(tree):
    append(tree / "requests" / "api.py", b"\nimport os\n")
    return [Expected("inventory.record-modified", "requests/api.py", "high")]


def emptied_module(tree):
    (tree / "idna" / "core.py").write_bytes(b"")
    return [Expected("inventory.record-modified", "idna/core.py", "high")]


def same_size_module(tree):
    path = tree / "jwt" / "algorithms.py"
    path.write_bytes(path.read_bytes().replace(b"True", b"None", 1))
    return [Expected("inventory.record-modified", "jwt/algorithms.py", "high")]


def modified_library(tree):
    library = next((tree / "charset_normalizer").glob("md.*.so"))
    flip(library)
    return [Expected("inventory.record-modified", f"charset_normalizer/{library.name}", "high")]


def added_module(tree):
    (tree / "urllib3" / "telemetry.py").write_text("import os\n")
    return [Expected("inventory.record-unlisted", "urllib3/telemetry.py", "medium")]


def added_byte_code(tree):
    """Beside the modules, where Python imports it without any source."""
    (tree / "requests" / "session.pyc").write_bytes(b"\xcb\x0d\x0d\x0a" + b"\0" * 12)
    return [Expected("inventory.record-unlisted", "requests/session.pyc", "medium")]


def added_library(tree):
    library = next((tree / "yaml").glob("_yaml*.so"))
    shutil.copy(library, tree / "yaml" / library.name.replace("_yaml", "_fast"))
    return [Expected("inventory.record-unlisted", f"yaml/{library.name.replace('_yaml', '_fast')}", "medium")]


def added_package(tree):
    (tree / "jinja2" / "extra").mkdir()
    (tree / "jinja2" / "extra" / "__init__.py").write_text("import os\n")
    return [Expected("inventory.record-unlisted", "jinja2/extra/__init__.py", "medium")]


def removed_module(tree):
    (tree / "jinja2" / "ext.py").unlink()
    return [Expected("inventory.record-missing", "jinja2/ext.py", "low")]


def modified_file(tree):
    append(tree / "certifi" / "cacert.pem", b"\n")
    return [Expected("inventory.record-modified", "certifi/cacert.pem", "low")]


def other_version(tree):
    folder = metadata_of(tree, "PyJWT")
    path = folder / "METADATA"
    path.write_bytes(path.read_bytes().replace(b"Version: 2.8.0", b"Version: 2.9.0", 1))
    return [Expected("inventory.record-modified", f"{folder.name}/METADATA"),
            Expected("inventory.metadata-disagrees", folder.name)]


def executable_path_file(tree):
    (tree / "telemetry.pth").write_text("import os; os.environ.get('A')\n")
    return [Expected("inventory.path-file", "telemetry.pth", "high")]


def broken_record(tree):
    folder = metadata_of(tree, "MarkupSafe")
    append(folder / "RECORD", b'markupsafe/"a,sha256=?,-1,,\n')
    return [Expected("inventory.record-malformed", f"{folder.name}/RECORD")]


def blanked_digest(tree):
    """A changed module whose row was made to say nothing."""
    append(tree / "yaml" / "loader.py", b"\nimport os\n")
    folder = metadata_of(tree, "PyYAML")
    rows = (folder / "RECORD").read_text().splitlines()
    (folder / "RECORD").write_text(
        "".join("yaml/loader.py,,\n" if row.startswith("yaml/loader.py,") else f"{row}\n" for row in rows))
    return [Expected("inventory.record-", "yaml/loader.py")]


CHANGES = {
    "tampered": [modified_module, emptied_module, modified_library, added_module, added_byte_code, added_library, removed_module,
                 modified_file, other_version, executable_path_file],
    "tampered-more": [same_size_module, added_package, broken_record, blanked_digest],
}


def tampered(shop, name):
    tree = shop.with_function(shop.tree(name, "api"))
    artifact = shop.new(name, "api")
    for change in CHANGES[name]:
        artifact.expected += change(tree)
    artifact.allowed = [Expected(one.rule, one.path) for one in artifact.expected]
    artifact.disputed = {"pyjwt"} if other_version in CHANGES[name] else set()
    return artifact.add(shop.pack(tree), shop.store.truth("api"), tree)


def tampered_arm64(shop):
    """As a folder, and for the other architecture."""
    tree = shop.with_function(shop.tree("tampered-arm64", "aiohttp"))
    artifact = shop.new("tampered-arm64", "aiohttp")
    for library in sorted(tree.glob("multidict/*.so")) + sorted(tree.glob("yarl/*.so")):
        flip(library)
        artifact.expected.append(Expected("inventory.record-modified", library.relative_to(tree).as_posix(), "high"))
    append(tree / "aiohttp" / "client.py", b"#")
    artifact.expected.append(Expected("inventory.record-modified", "aiohttp/client.py", "high"))
    artifact.allowed = artifact.expected
    return artifact.add(tree, shop.store.truth("aiohttp"), tree)


def tampered_layer(shop):
    """The same in a layer, where paths begin with python/."""
    artifact = shop.new("tampered-layer", "api").add(shop.pack(shop.with_function(shop.folder / "fn-tampered-layer")), set())
    tree = shop.tree("tampered-layer", "api", "python")
    found = [one for change in (modified_module, added_module, removed_module) for one in change(tree / "python")]
    artifact.expected = [Expected(one.rule, f"python/{one.path}", one.severity) for one in found]
    artifact.allowed = artifact.expected
    return artifact.add(shop.pack(tree), shop.store.truth("api"), tree / "python", is_layer=True)


TAMPERED = [lambda shop: tampered(shop, "tampered"), lambda shop: tampered(shop, "tampered-more"), tampered_arm64, tampered_layer]

FUNCTIONS = 40
# One layer each, and what of the set `api` it has.
LAYERS = {"web": ("requests", "certifi"), "net": ("urllib3",), "text": ("idna", "charset_normalizer"),
          "page": ("jinja2", "markupsafe"), "file": ("yaml", "_yaml", "jwt")}
FOLDERS = {"yaml": "PyYAML", "jwt": "PyJWT", "jinja2": "Jinja2", "markupsafe": "MarkupSafe"}


def make_project(shop):
    """A deployments file, and which (name, version) each artifact holds. Every seventh function brings its own six."""
    root = shop.folder / "project"
    source = shop.store.tree("api")
    versions = dict(shop.store.truth("api"))
    truth = {}
    for layer, parts in LAYERS.items():
        tree = root / layer
        for part in parts:
            shutil.copytree(source / part, tree / "python" / part)
            if part != "_yaml":
                metadata = metadata_of(source, FOLDERS.get(part, part))
                shutil.copytree(metadata, tree / "python" / metadata.name)
        names = {normal_pair(FOLDERS.get(part, part), "0")[0] for part in parts if part != "_yaml"}
        truth[f"{layer}.zip"] = {(name, versions[name]) for name in names}
        shop.pack(tree)
    deployments = []
    for number in range(FUNCTIONS):
        tree = shop.with_function(root / f"function-{number}")
        (tree / "lambda_function.py").write_text(f"def lambda_handler(event, context):\n    return {number}\n")
        truth[f"function-{number}.zip"] = set()
        if number % 7 == 0:
            shutil.copy(shop.store.tree("lxml") / "six.py", tree)
            metadata = metadata_of(shop.store.tree("lxml"), "six")
            shutil.copytree(metadata, tree / metadata.name)
            truth[f"function-{number}.zip"] = {("six", "1.17.0")}
        shop.pack(tree)
        used = list(LAYERS)[number % 5:] + list(LAYERS)[:number % 5]
        deployments.append({"name": f"function-{number}", "function": f"function-{number}.zip",
                            "layers": [f"{layer}.zip" for layer in used[:1 + number % 5]],
                            "runtime": "python3.12", "architecture": "x86_64"})
    (root / "deployments.json").write_text(json.dumps({"deployments": deployments}))
    lines = ["deployments:"]
    for one in deployments:
        lines.append(f"  - name: {one['name']}")
        lines += [f"    {key}: {json.dumps(value)}" for key, value in one.items() if key != "name"]
    (root / "deployments.yaml").write_text("\n".join(lines) + "\n")
    return root, deployments, truth
