# SPDX-License-Identifier: Apache-2.0
"""Packers that npm and pip bring: real packages, installed below build/online/ and kept there.

A packer is a small program that calls the code of the package by which its users' zips come about. Which registries are
asked is decided by npm's and pip's own configuration.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import packers

# Called with an archive, a tree, and a way.
ARCHIVER_7 = """
const fs = require("fs");
const archiver = require("archiver7");
const [archive, tree, options] = process.argv.slice(2);
const fail = (error) => { throw error; };
const packed = archiver("zip", JSON.parse(options)).on("warning", fail).on("error", fail);
packed.pipe(fs.createWriteStream(archive));
packed.directory(tree, false);
packed.finalize();
"""

ARCHIVER_8 = """
import("archiver8").then(({ ZipArchive }) => {
  const [archive, tree, options] = process.argv.slice(2);
  const fail = (error) => { throw error; };
  const packed = new ZipArchive(JSON.parse(options)).on("warning", fail).on("error", fail);
  packed.pipe(require("fs").createWriteStream(archive));
  packed.directory(tree, false);
  return packed.finalize();
});
"""

# `sls package`, offline. By default it leaves out its own serverless.yml.
SERVERLESS = """
const fs = require("fs");
const { execFileSync } = require("child_process");
const [archive, tree] = process.argv.slice(2);
const service = archive + "-service";
fs.cpSync(tree, service, { recursive: true, verbatimSymlinks: true });
fs.writeFileSync(service + "/serverless.yml", `
service: tiny
frameworkVersion: "3"
provider: { name: aws, runtime: python3.11 }
functions: { one: { handler: a.handler } }
`);
execFileSync(process.execPath, [require.resolve("serverless/bin/serverless.js"), "package"], { cwd: service });
fs.renameSync(service + "/.serverless/tiny.zip", archive);
"""

# What serverless-python-requirements does where `zip: true` stands.
REQUIREMENTS = """
const JSZip = require("jszip");
const { addTree, writeZip } = require("serverless-python-requirements/lib/zipTree");
const [archive, tree] = process.argv.slice(2);
addTree(new JSZip(), tree).then((zip) => writeZip(zip, archive));
"""

# `sam package` zips a function's folder with the one, and any other resource's folder with the other.
SAM = """
import shutil, sys
from samcli.lib.package import utils
archive, tree, way = sys.argv[1:]
with utils.zip_folder(tree, getattr(utils, way)) as (made, _):
    shutil.copy(made, archive)
"""


class RegistryPacker(NamedTuple):
    name: str  # of its folder; with the version, so that another version is installed anew
    client: str  # "npm" or "pip"
    packages: tuple
    program: str
    link: str  # as of packers.Packer
    ways: tuple = ("",)
    alone: str = ""  # installed by pip without what it requires, where `packages` are all that the packager imports


PACKERS = [
    RegistryPacker("archiver-7.0.1", "npm", ("archiver7@npm:archiver@7.0.1",), ARCHIVER_7, "kept",
                   ("{}", '{"store": true}', '{"forceZip64": true}', '{"zlib": {"level": 9}, "comment": "c"}')),
    RegistryPacker("archiver-8.0.0", "npm", ("archiver8@npm:archiver@8.0.0",), ARCHIVER_8, "kept",
                   ("{}", '{"store": true}', '{"forceZip64": true}')),
    RegistryPacker("serverless-3.40.0", "npm", ("serverless@3.40.0",), SERVERLESS, "followed"),
    RegistryPacker("serverless-python-requirements-6.1.2", "npm",
                   ("serverless-python-requirements@6.1.2", "jszip@3.10.1"), REQUIREMENTS, "followed"),
    RegistryPacker("aws-sam-cli-1.170.0", "pip",
                   ("aws-sam-translator==1.115.0", "boto3==1.43.108", "click==8.1.8", "docker==7.2.0",
                    "jmespath==1.1.0", "requests==2.34.2", "rich==15.0.0", "ruamel.yaml==0.19.1", "tomlkit==0.15.1",
                    "watchdog==4.0.2"),
                   SAM, "followed", ("make_zip_with_lambda_permissions", "make_zip"), alone="aws-sam-cli==1.170.0"),
]


def install_commands(packer, folder):
    if packer.client == "npm":
        return [["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund",
                 "--loglevel=error", "--fetch-retries=1", *packer.packages]]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--target", folder,
           "--only-binary=:all:", "--retries=1"]
    return [[*pip, "--no-deps", packer.alone], [*pip, *packer.packages]]


def install(packer, kept):
    """The folder that the packer is in, or None and why it could not be installed."""
    folder = kept / packer.name
    if folder.is_dir():
        return folder, None
    if packer.client == "npm" and not (packers.is_present("npm") and packers.is_present("node")):
        return None, "needs node and npm"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as scratch:
        made = Path(scratch) / packer.name
        made.mkdir()
        (made / "package.json").write_text("{}")
        for command in install_commands(packer, made):
            if (reason := packers.run(command, made)) is not None:
                return None, f"cannot be installed: {reason.splitlines()[0 if packer.client == 'npm' else -1]}"
        shutil.move(made, folder)
    return folder, None


def pack(packer, way, installed, tree, archive):
    """None, or why the packer failed."""
    program = installed / ("packer.js" if packer.client == "npm" else "packer.py")
    program.write_text(packer.program)
    runner = "node" if packer.client == "npm" else sys.executable
    with tempfile.TemporaryDirectory() as home:
        return packers.run([runner, program, archive, tree, way], tree, HOME=home, PYTHONPATH=str(installed),
                           PYTHONDONTWRITEBYTECODE="1", SLS_TELEMETRY_DISABLED="1", SLS_NOTIFICATIONS_MODE="off",
                           SAM_CLI_TELEMETRY="0")
