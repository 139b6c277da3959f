# SPDX-License-Identifier: Apache-2.0
"""The artifacts, in the styles that teams ship: each a function that makes one out of real wheels and states the truth.

To add one: write a function, and name it in ARTIFACTS.
Source of the styles: peers-measured.md, "Artifacts".
"""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import carried
from wheels import SETS, install, normal_pair

LAMBDA = "def lambda_handler(event, context):\n    return event\n"
# Run in the tree; OUT is the archive to write. Where the program is not there, shutil packs.
PACKERS = {
    "zip": "zip -qr OUT .",
    "7z": "7z a -tzip -bd OUT .",
    "bsdtar": "bsdtar --format zip -cf OUT .",
    "jar": "jar cfM OUT .",
    "zipfile": f"{sys.executable} -m zipfile -c OUT .",
}


class Expected(NamedTuple):
    rule: str  # or how it begins
    path: str  # or how it begins
    severity: str = ""  # any where empty
    about: str = ""  # stands in the message or is the package, where not empty


class Artifact:
    """What is scanned, and what is true of it."""

    def __init__(self, workshop, name, platform):
        self.workshop = workshop
        self.name = name
        self.runtime = f"python{platform.python}"
        self.machine = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine]
        self.function = None
        self.layers = []
        self.options = []
        self.truth = {}  # of a file's name: (name, version) of each distribution in it
        self.disputed = set()  # names whose version two of their files give differently
        self.ineffective = set()  # (name, version) that nothing imports
        self.vendored = set()
        self.components = (set(), set())  # to be found, and what may be
        self.origins = None  # where it matters
        self.must_find_all = True
        self.expected = []
        self.allowed = []  # findings above info that are none of ours to judge

    def add(self, made, truth, tree=None, is_layer=False):
        if is_layer:
            self.layers.append(made)
        else:
            self.function = made
        self.truth[made.name] = set(truth)
        if tree is not None:
            self.vendored |= carried.vendored_copies(tree)
            self.components = tuple(old | new for old, new in zip(self.components, carried.sbom_components(tree)))
        return self

    def pairs(self):
        return set().union(*self.truth.values())


class Workshop:
    def __init__(self, store, folder, uv):
        self.store = store
        self.folder = folder
        self.uv = uv

    def new(self, name, of):
        return Artifact(self, name, SETS[of])

    def tree(self, name, of, below=""):
        """A copy of a set's tree, to be changed at will."""
        tree = self.folder / name
        shutil.copytree(self.store.tree(of), tree / below, dirs_exist_ok=True)
        return tree

    def with_function(self, tree):
        tree.mkdir(parents=True, exist_ok=True)
        (tree / "lambda_function.py").write_text(LAMBDA)
        return tree

    def pack(self, tree, packer="zip"):
        archive = tree.with_name(f"{tree.name}.zip")
        command = PACKERS.get(packer, "")
        if command and shutil.which(command.split()[0]):
            subprocess.run(command.replace("OUT", str(archive)), shell=True, cwd=tree, check=True, capture_output=True)
        else:
            shutil.make_archive(str(tree), "zip", tree)
        return archive

    def plain(self, name, of, packer="zip"):
        """A function as pip installed it; scanned as a folder where packer is empty."""
        tree = self.with_function(self.tree(name, of))
        return self.new(name, of).add(self.pack(tree, packer) if packer else tree, self.store.truth(of), tree)


def metadata_of(tree, name):
    return next(path for path in tree.iterdir() if path.suffix in (".dist-info", ".egg-info")
                and normal_pair(path.name.split("-")[0], "0")[0] == normal_pair(name, "0")[0])


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def remove_all(tree, *patterns):
    for pattern in patterns:
        for path in sorted(tree.rglob(pattern)):
            if path.exists():
                remove(path)


def stdlib_only(shop):
    tree = shop.with_function(shop.folder / "stdlib-only")
    return shop.new("stdlib-only", "api").add(shop.pack(tree), set())


def layer_python(shop):
    """The function is its own code; all distributions are in the layer, where pip put them."""
    artifact = shop.new("layer-python", "api").add(shop.pack(shop.with_function(shop.folder / "fn-layer-python")), set())
    tree = shop.tree("layer-python", "api", "python")
    return artifact.add(shop.pack(tree), shop.store.truth("api"), tree / "python", is_layer=True)


def layer_site_packages(shop):
    artifact = shop.new("layer-site-packages", "numpy").add(shop.with_function(shop.folder / "fn-layer-site"), set())
    below = "python/lib/python3.12/site-packages"
    tree = shop.tree("layer-site-packages", "numpy", below)
    return artifact.add(shop.pack(tree), shop.store.truth("numpy"), tree / below, is_layer=True)


def fn_over_layers(shop):
    """Two layers give the same names; the later one is merged over the earlier, and the function comes before both."""
    tree = shop.with_function(shop.tree("fn-over-layers", "new-requests"))
    artifact = shop.new("fn-over-layers", "new-requests").add(shop.pack(tree), shop.store.truth("new-requests"), tree)
    for name, parts in (("layer-shadow-a", ("old-urllib3", "old-requests")), ("layer-shadow-b", ("new-urllib3",))):
        for part in parts:
            tree = shop.tree(name, part, "python")
        truth = set().union(*map(shop.store.truth, parts))
        artifact.add(shop.pack(tree, "zipfile"), truth, tree / "python", is_layer=True)
    artifact.ineffective = shop.store.truth("old-urllib3") | shop.store.truth("old-requests")
    artifact.expected = [Expected("deployment.shadowed", "python/requests"), Expected("deployment.shadowed", "python/urllib3")]
    return artifact


def mixed_package(shop):
    """The function has the modules of one version, a layer modules and metadata of another."""
    tree = shop.with_function(shop.tree("mixed-package", "old-requests"))
    remove(metadata_of(tree, "requests"))
    artifact = shop.new("mixed-package", "old-requests").add(shop.pack(tree), shop.store.truth("old-requests"), tree)
    layer = shop.tree("mixed-layer", "new-requests", "python")
    artifact.add(shop.pack(layer), shop.store.truth("new-requests"), layer / "python", is_layer=True)
    artifact.ineffective = shop.store.truth("new-requests")
    artifact.expected = [Expected("deployment.mixed-package", "")]
    return artifact


def slim(shop, name, of, has_wheels=False):
    """What serverless-python-requirements leaves with `slim: true`; symbols are stripped where the wheels are at hand."""
    tree = shop.with_function(shop.tree(name, of))
    artifact = shop.new(name, of)
    artifact.vendored = carried.vendored_copies(tree)
    remove_all(tree, "*.dist-info", "*.pyc", "__pycache__", "tests", "bin")
    artifact.origins = {"version-literal", "fingerprint"}
    if has_wheels:
        strip_native(tree)
        artifact.options = ["--wheels", shop.store.wheels(of)]
    return artifact.add(shop.pack(tree, "shutil"), shop.store.truth(of))


def slim_stripped(shop):
    """Each distribution here states its version."""
    return slim(shop, "slim-stripped", "flask")


def slim_with_wheels(shop):
    return slim(shop, "slim-with-wheels", "flask", has_wheels=True)


def slim_modern(shop):
    """Newer ones often ask importlib.metadata for their version: without wheels, what is said must be true, no more."""
    artifact = slim(shop, "slim-modern", "modern")
    artifact.must_find_all = False
    return artifact


def slim_modern_with_wheels(shop):
    return slim(shop, "slim-modern-with-wheels", "modern", has_wheels=True)


def strip_native(tree):
    """As `slim: true` and many Dockerfiles do; what a foreign strip does not know it leaves alone."""
    for path in tree.rglob("*.so"):
        if shutil.which("strip"):
            subprocess.run(["strip", path], check=False, capture_output=True)


def slimmed(shop):
    """Metadata are kept, tests, byte code and symbols are not: still an honest package."""
    tree = shop.with_function(shop.tree("slimmed", "sqlalchemy"))
    remove_all(tree, "*.pyc", "__pycache__", "tests", "test", "*.pyi", "*.h")
    strip_native(tree)
    return shop.new("slimmed", "sqlalchemy").add(shop.pack(tree), shop.store.truth("sqlalchemy"), tree)


def serverless_zip(shop):
    """The plugin's `zip: true`: all distributions in one archive that is unpacked at the first import."""
    inner = shop.tree("serverless-requirements", "chalice")
    archive = shop.pack(inner, "shutil")
    tree = shop.with_function(shop.folder / "serverless-zip")
    archive.rename(tree / ".requirements.zip")
    (tree / "unzip_requirements.py").write_text(
        "import os, sys, zipfile\ntarget, here = '/tmp/sls-py-req', os.path.dirname(__file__)\nsys.path.insert(0, target)\n"
        "if not os.path.exists(target):\n    zipfile.ZipFile(os.path.join(here, '.requirements.zip')).extractall(target)\n")
    return shop.new("serverless-zip", "chalice").add(shop.pack(tree, "shutil"), shop.store.truth("chalice"), inner)


def zappa_style(shop):
    """Zappa's `exclude` leaves out the code of the SDK, and its metadata in."""
    tree = shop.with_function(shop.tree("zappa-style", "zappa"))
    for name in ("boto3", "botocore", "s3transfer", "dateutil", "bin"):
        shutil.rmtree(tree / name, ignore_errors=True)
    artifact = shop.new("zappa-style", "zappa").add(shop.pack(tree, "zipfile"), shop.store.truth("zappa"), tree)
    ghosts = {pair for pair in artifact.pairs() if pair[0] in ("boto3", "botocore", "s3transfer", "python-dateutil")}
    artifact.ineffective = ghosts
    artifact.expected = [Expected("inventory.ghost-metadata", metadata_of(tree, name).name) for name, _ in sorted(ghosts)]
    artifact.allowed = [Expected("inventory.ghost-metadata", "")]
    return artifact


def chalice_style(shop):
    """Chalice copies two files of its own beside the distributions: its `_iter_app_filenames` names them."""
    tree = shop.tree("chalice-style", "chalice")
    (tree / "app.py").write_text("from chalice import Chalice\napp = Chalice(app_name='a')\n")
    (tree / "chalice").mkdir()
    for name in ("__init__.py", "app.py"):
        shutil.copy(shop.store.tree("chalice-itself") / "chalice" / name, tree / "chalice")
    truth = shop.store.truth("chalice") | shop.store.truth("chalice-itself")
    return shop.new("chalice-style", "chalice").add(shop.pack(tree), truth, tree)


def egg_info(shop):
    """One with a folder, one with a single file, one as pip leaves it."""
    tree = shop.with_function(shop.tree("egg-info", "egg-info"))
    folder = metadata_of(tree, "simplejson")
    made = folder.with_name(f"{folder.stem}-py3.9.egg-info")
    made.mkdir()
    (folder / "METADATA").rename(made / "PKG-INFO")
    (folder / "top_level.txt").rename(made / "top_level.txt")
    shutil.rmtree(folder)
    folder = metadata_of(tree, "PyMySQL")
    (folder / "METADATA").rename(folder.with_name(f"{folder.stem}-py3.9.egg-info"))
    shutil.rmtree(folder)
    return shop.new("egg-info", "egg-info").add(shop.pack(tree), shop.store.truth("egg-info"), tree)


def eggs(shop):
    """A zipped egg and an egg folder on a .pth file's path, and a wheel that only lies there."""
    tree = shop.with_function(shop.folder / "eggs")
    truth = set()
    for of, name, is_zipped in (("old-requests", "requests", True), ("new-urllib3", "urllib3", False)):
        egg = shop.tree(f"egg-of-{name}", of)
        metadata = metadata_of(egg, name)
        (egg / "EGG-INFO").mkdir()
        (metadata / "METADATA").rename(egg / "EGG-INFO" / "PKG-INFO")
        final = tree / f"{metadata.stem}-py3.12.egg"
        shutil.rmtree(metadata)
        shutil.move(shop.pack(egg, "shutil") if is_zipped else egg, final)
        truth |= shop.store.truth(of)
        with open(tree / "easy-install.pth", "a", encoding="utf-8") as file:
            file.write(f"./{final.name}\n")
    (tree / "wheelhouse").mkdir()
    for wheel in shop.store.wheels("zope-event").iterdir():
        shutil.copy(wheel, tree / "wheelhouse")
    artifact = shop.new("eggs", "old-requests").add(shop.pack(tree), truth | shop.store.truth("zope-event"), tree)
    artifact.expected = [Expected("inventory.path-file", "easy-install.pth")]
    artifact.ineffective = shop.store.truth("zope-event")
    return artifact


def declared_drift(shop):
    tree = shop.with_function(shop.tree("declared-drift", "chalice"))
    (tree / "requirements.txt").write_text(
        "requests==2.31.0\nurllib3==1.26.18\nflask==3.0.0\ncertifi>=2023\nidna==3.6\ncharset-normalizer==3.3.2\n"
        'pywin32==306 ; sys_platform == "win32"\n')
    artifact = shop.new("declared-drift", "chalice").add(shop.pack(tree), shop.store.truth("chalice"), tree)
    artifact.expected = [Expected("inventory.drift", "", about="urllib3"), Expected("inventory.drift", "", about="flask")]
    artifact.allowed = [Expected("inventory.drift", "")]
    return artifact


def partial_sdk(shop):
    """boto3 is shipped, and botocore taken from the runtime."""
    tree = shop.with_function(shop.tree("partial-sdk", "zappa"))
    remove(tree / "botocore")
    remove(metadata_of(tree, "botocore"))
    truth = {pair for pair in shop.store.truth("zappa") if pair[0] != "botocore"}
    artifact = shop.new("partial-sdk", "zappa").add(shop.pack(tree), truth, tree)
    artifact.expected = [Expected("inventory.partial-sdk", "", "medium")]
    return artifact


# What a wheel may carry by PEP 770, in both formats; real ones of 2026 list libraries and crates.
CYCLONEDX = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
    {"type": "library", "name": "tomli", "version": "2.0.1", "purl": "pkg:pypi/tomli@2.0.1"},
    {"type": "library", "name": "zlib", "version": "1.3", "purl": "pkg:generic/zlib@1.3"}]}
SPDX = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "a", "dataLicense": "CC0-1.0", "packages": [
    {"SPDXID": "SPDXRef-1", "name": "Jinja2", "versionInfo": "2.11.1", "downloadLocation": "NOASSERTION", "externalRefs": [
        {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:pypi/jinja2@2.11.1"}]}]}


def python_in_sboms(shop):
    """A wheel that says which Python code it carries: files of its own, listed in RECORD."""
    tree = shop.with_function(shop.tree("python-in-sboms", "new-requests"))
    metadata = metadata_of(tree, "requests")
    (metadata / "sboms").mkdir()
    with open(metadata / "RECORD", "a", encoding="utf-8") as record:
        for name, sbom in (("vendored.cdx.json", CYCLONEDX), ("vendored.json", SPDX)):
            text = json.dumps(sbom).encode()
            (metadata / "sboms" / name).write_bytes(text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text).digest()).rstrip(b"=").decode()
            record.write(f"{metadata.name}/sboms/{name},sha256={digest},{len(text)}\n")
    return shop.new("python-in-sboms", "new-requests").add(shop.pack(tree), shop.store.truth("new-requests"), tree)


def in_two_steps(shop, name, first, second, *options):
    """pip's own --target is run twice: what is there already stays, or is removed whole."""
    tree = shop.folder / name
    for step, more in ((first, ()), (second, options)):
        install(SETS[step], shop.store.wheels(step), tree, *more)
    return tree, shop.new(name, first)


def stale_upgrade(shop):
    """`--upgrade` puts the new code over the old, and leaves the old dist-info."""
    tree, artifact = in_two_steps(shop, "stale-upgrade", "old-requests", "new-requests", "--upgrade")
    return stale(shop, artifact, tree, "old-requests", "new-requests")


def stale_without_upgrade(shop):
    """Without it the old code stays, and a new dist-info comes beside it."""
    tree, artifact = in_two_steps(shop, "stale-without-upgrade", "old-requests", "new-requests")
    return stale(shop, artifact, tree, "new-requests", "old-requests")


def stale(shop, artifact, tree, loser, winner):
    shop.with_function(tree)
    if carried.literal_version(tree / "requests") != dict(shop.store.truth(winner))["requests"]:
        raise SystemExit(f"{artifact.name}: pip left other code than expected")
    artifact.add(shop.pack(tree), shop.store.truth(loser) | shop.store.truth(winner), tree)
    artifact.ineffective = shop.store.truth(loser)
    loser_folder = f"requests-{next(iter(artifact.ineffective))[1]}.dist-info"
    artifact.expected = [Expected("inventory.metadata-disagrees", loser_folder, "medium")]
    artifact.allowed = [Expected("inventory.metadata-disagrees", loser_folder)]
    return artifact


def one_namespace_twice(shop):
    """The second --target finds the namespace's folder there, and installs only its metadata."""
    tree, artifact = in_two_steps(shop, "one-namespace-twice", "zope-interface", "zope-event")
    if (tree / "zope" / "event").exists():
        raise SystemExit(f"{artifact.name}: pip installed the code")
    artifact.add(shop.pack(shop.with_function(tree)), shop.store.truth("zope-interface") | shop.store.truth("zope-event"), tree)
    artifact.ineffective = shop.store.truth("zope-event")
    artifact.expected = [Expected("inventory.ghost-metadata", "zope.event-5.0.dist-info")]
    artifact.allowed = [Expected("inventory.ghost-metadata", ""), Expected("inventory.path-file", "zope.")]
    return artifact


def with_uv(shop):
    if shop.uv is None:
        print("with-uv: not made, there is no uv")
        return None
    tree = shop.folder / "with-uv"
    chosen = SETS["data-files"]
    subprocess.run([shop.uv, "pip", "install", "--quiet", "--target", tree, "--no-deps", "--no-index", "--no-config",
                    "--offline", "--find-links", shop.store.wheels("data-files"),
                    "--python-platform", f"{chosen.machine}-manylinux2014", "--python-version", chosen.python,
                    *chosen.pins.split()], check=True, capture_output=True)
    artifact = shop.new("with-uv", "data-files")
    return artifact.add(shop.pack(shop.with_function(tree)), shop.store.truth("data-files"), tree)


def with_path_files(shop, name, packer=""):
    """setuptools and old namespace packages bring executable .pth files of their own, listed in RECORD."""
    artifact = shop.plain(name, name, packer)
    for path in shop.store.tree(name).glob("*.pth"):
        artifact.expected.append(Expected("inventory.path-file", path.name))
        artifact.allowed.append(Expected("inventory.path-file", path.name))
    return artifact


def plain(name, packer):
    return lambda shop: shop.plain(name, name, packer)


def with_path_files_of(name, packer):
    return lambda shop: with_path_files(shop, name, packer)


ARTIFACTS = [
    plain("api", "zip"), plain("fastapi", "shutil"), plain("flask", "zipfile"), plain("django", ""),
    plain("thumbnailer", "zip"), plain("sqlalchemy", "7z"), plain("lxml", "bsdtar"), plain("paramiko", "jar"),
    plain("aiohttp", "shutil"), plain("llm", "zip"), plain("data-files", "zip"), plain("sbom", "zip"), plain("modern", ""),
    with_path_files_of("dirty-names", "zip"), with_path_files_of("namespaces", "zip"), with_path_files_of("vendored", "zip"),
    with_path_files_of("vendored-new", ""), stdlib_only, layer_python, layer_site_packages, fn_over_layers, mixed_package,
    slim_stripped, slim_with_wheels, slim_modern, slim_modern_with_wheels, slimmed, serverless_zip, zappa_style,
    chalice_style, egg_info, eggs, declared_drift, partial_sdk, python_in_sboms, stale_upgrade, stale_without_upgrade,
    one_namespace_twice, with_uv,
]
