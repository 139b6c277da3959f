# SPDX-License-Identifier: Apache-2.0
"""Sets of pinned wheels for Lambda, downloaded and installed by pip, and kept for the next run.

Which index is asked is decided by pip's own configuration. What is installed is what pip's installation report says, and
importlib.metadata agrees with it.
"""

import hashlib
import importlib.metadata
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

try:
    from packaging.version import Version
except ImportError:
    from pip._vendor.packaging.version import Version

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


class Set(NamedTuple):
    python: str
    machine: str
    pins: str
    is_compiled: bool = False  # pip compiles with its own interpreter, whatever the function's is


REQUESTS = "requests==2.31.0 urllib3==2.1.0 certifi==2024.2.2 charset-normalizer==3.3.2 idna==3.6"
SDK = "botocore==1.29.165 jmespath==1.0.1 python-dateutil==2.8.2 six==1.16.0"
SETS = {
    "api": Set("3.12", "x86_64", f"{REQUESTS} Jinja2==3.1.2 PyYAML==6.0.1 PyJWT==2.8.0 MarkupSafe==2.1.5"),
    "fastapi": Set("3.12", "x86_64", "fastapi==0.110.0 mangum==0.17.0 pydantic==2.6.3 pydantic_core==2.16.3 "
                   "annotated-types==0.6.0 starlette==0.36.3 typing_extensions==4.9.0 anyio==4.3.0 sniffio==1.3.1 idna==3.6 "
                   "uvicorn==0.27.1 h11==0.14.0 click==8.1.7", is_compiled=True),
    "flask": Set("3.9", "x86_64", "Flask==1.1.2 Werkzeug==0.16.1 Jinja2==2.10.1 Click==7.0 requests==2.19.0 "
                 "certifi==2018.4.16 MarkupSafe==1.1.1 chardet==3.0.4 idna==2.7 itsdangerous==1.1.0 urllib3==1.23"),
    "django": Set("3.9", "x86_64", "Django==3.2.0 djangorestframework==3.12.4 PyJWT==1.7.1 pytz==2021.1 asgiref==3.3.4 "
                  "sqlparse==0.4.1"),
    "thumbnailer": Set("3.11", "aarch64", f"Pillow==9.5.0 boto3==1.26.0 s3transfer==0.6.2 urllib3==1.26.18 {SDK}"),
    "sqlalchemy": Set("3.12", "x86_64", "SQLAlchemy==2.0.25 psycopg2-binary==2.9.10 greenlet==3.0.3 typing_extensions==4.9.0"),
    "lxml": Set("3.13", "x86_64", "lxml==5.3.0 beautifulsoup4==4.12.3 html5lib==1.1 cssselect==1.2.0 six==1.17.0 "
                "soupsieve==2.6 webencodings==0.5.1", is_compiled=True),
    "paramiko": Set("3.9", "x86_64", "paramiko==2.4.1 cryptography==3.2 bcrypt==3.2.0 PyNaCl==1.4.0 cffi==1.15.1 "
                    "pyasn1==0.4.8 six==1.16.0 pycparser==2.21"),
    "aiohttp": Set("3.11", "aarch64", "aiohttp==3.8.5 PyYAML==6.0 yarl==1.9.2 aiosignal==1.3.1 async-timeout==4.0.3 "
                   "attrs==23.1.0 charset-normalizer==3.2.0 frozenlist==1.4.0 idna==3.4 multidict==6.0.4"),
    "llm": Set("3.12", "x86_64", "openai==1.12.0 tiktoken==0.6.0 langchain-core==0.1.23 langsmith==0.0.87 tenacity==8.2.3 "
               "jsonpatch==1.33 jsonpointer==2.4 packaging==23.2 tqdm==4.66.2 httpx==0.27.0 httpcore==1.0.4 h11==0.14.0 "
               "distro==1.9.0 regex==2023.12.25 anyio==4.3.0 sniffio==1.3.1 pydantic==2.6.3 pydantic_core==2.16.3 "
               f"annotated-types==0.6.0 typing_extensions==4.9.0 PyYAML==6.0.1 {REQUESTS}", is_compiled=True),
    "numpy": Set("3.12", "x86_64", "numpy==1.26.4 pytz==2024.1 tzdata==2024.1", is_compiled=True),
    "zappa": Set("3.11", "x86_64", "Flask==2.2.5 Werkzeug==2.2.3 click==8.1.7 itsdangerous==2.1.2 Jinja2==3.1.2 "
                 f"MarkupSafe==2.1.5 boto3==1.26.0 s3transfer==0.6.2 urllib3==1.26.18 {SDK}"),
    "chalice": Set("3.11", "x86_64", "requests==2.31.0 urllib3==2.1.0 certifi==2024.2.2 charset-normalizer==3.3.2 idna==3.6"),
    "chalice-itself": Set("3.11", "x86_64", "chalice==1.31.0"),
    "egg-info": Set("3.9", "x86_64", "simplejson==3.17.6 PyMySQL==0.9.3 idna==2.8"),
    "vendored": Set("3.11", "x86_64", f"pip==23.0 setuptools==65.5.0 requests==2.15.1 {SDK} urllib3==1.26.18"),
    "vendored-new": Set("3.12", "aarch64", "pip==24.0 setuptools==75.6.0 wheel==0.45.1"),
    "dirty-names": Set("3.12", "x86_64", "ruamel.yaml==0.17.40 zope.interface==6.1 Jinja2==3.0.3 typing_extensions==4.9.0 "
                       "jaraco.context==4.3.0 PyYAML==6.0.1 ruamel.yaml.clib==0.2.8 MarkupSafe==2.1.5", is_compiled=True),
    "namespaces": Set("3.9", "x86_64", "zope.interface==5.5.2 zope.event==4.6 ruamel.yaml==0.17.21 google-cloud-core==2.3.2 "
                      "google-api-core==2.11.1 googleapis-common-protos==1.59.1 protobuf==3.20.3"),
    "sbom": Set("3.12", "x86_64", "cryptography==48.0.0 pydantic==2.14.4 pydantic_core==2.50.5 annotated-types==0.7.0 "
                "cffi==2.0.0 typing_extensions==4.15.0 typing-inspection==0.4.2 pycparser==2.23 psycopg2-binary==2.9.13"),
    "modern": Set("3.13", "aarch64", "Flask==3.1.0 Werkzeug==3.1.3 Jinja2==3.1.6 MarkupSafe==3.0.2 blinker==1.9.0 click==8.2.1 "
                  "itsdangerous==2.2.0 jsonschema==4.23.0 jsonschema-specifications==2025.9.1 referencing==0.37.0 "
                  "rpds-py==0.27.1 attrs==24.3.0 httpx==0.28.1 httpcore==1.0.9 anyio==4.11.0 h11==0.16.0 certifi==2025.8.3 "
                  "idna==3.10"),
    "data-files": Set("3.9", "x86_64", "jmespath==0.10.0 docutils==0.17.1 bottle==0.12.25 fonttools==4.49.0 greenlet==0.4.17 "
                      "tqdm==4.66.2 rsa==4.7.2", is_compiled=True),
    "old-requests": Set("3.12", "x86_64", "requests==2.25.0"),
    "old-urllib3": Set("3.12", "x86_64", "urllib3==1.26.4"),
    "new-requests": Set("3.12", "x86_64", "requests==2.31.0"),
    "new-urllib3": Set("3.12", "x86_64", "urllib3==2.0.7"),
    "zope-interface": Set("3.12", "x86_64", "zope.interface==6.1"),
    "zope-event": Set("3.12", "x86_64", "zope.event==5.0"),
}


def normal_pair(name, version):
    return re.sub(r"[-_.]+", "-", name).lower(), str(Version(version))


def distributions_in(folder):
    """What importlib.metadata finds in a folder."""
    return {normal_pair(found.metadata["Name"], found.version)
            for found in importlib.metadata.distributions(path=[str(folder)])}


def platform_options(chosen):
    return ["--only-binary=:all:", "--platform", f"manylinux2014_{chosen.machine}", "--python-version", chosen.python,
            "--implementation", "cp", "--no-deps"]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stderr.strip() or done.stdout.strip() or f"exit {done.returncode}").splitlines()[-1])


class Store:
    """What pip downloaded and installed, one folder for each set: wheels, tree and report.json."""

    def __init__(self, folder):
        self.folder = folder

    def fetch_all(self):
        for name in SETS:
            self.kept(name)

    def kept(self, name):
        chosen = SETS[name]
        key = hashlib.sha256(repr(chosen).encode()).hexdigest()[:8]
        kept = self.folder / f"{name}-{key}"
        if not kept.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
                made = Path(scratch) / "made"
                self.fetch(chosen, made)
                made.rename(kept)
        return kept

    def fetch(self, chosen, made):
        """Says why and ends with 77 when the index cannot be reached."""
        pins = chosen.pins.split()
        try:
            run([*PIP, "download", "--quiet", "--retries=1", *platform_options(chosen), "--dest", made / "wheels", *pins])
        except RuntimeError as reason:
            print(f"pip cannot download {' '.join(pins)}: {reason}")
            sys.exit(77)
        install(chosen, made / "wheels", made / "tree", "--report", made / "report.json")
        report = json.loads((made / "report.json").read_text(encoding="utf-8"))
        installed = {normal_pair(item["metadata"]["name"], item["metadata"]["version"]) for item in report["install"]}
        if installed != distributions_in(made / "tree"):
            raise SystemExit(f"pip's report and importlib.metadata differ: {installed ^ distributions_in(made / 'tree')}")

    def wheels(self, name):
        return self.kept(name) / "wheels"

    def tree(self, name):
        return self.kept(name) / "tree"

    def truth(self, name):
        report = json.loads((self.kept(name) / "report.json").read_text(encoding="utf-8"))
        return {normal_pair(item["metadata"]["name"], item["metadata"]["version"]) for item in report["install"]}


def install(chosen, wheels, target, *options):
    """With pip, from wheels that lie here already."""
    compiled = [] if chosen.is_compiled else ["--no-compile"]
    run([*PIP, "install", "--quiet", "--no-index", "--find-links", wheels, *platform_options(chosen), *compiled,
         "--root-user-action=ignore", "--target", target, *options, *chosen.pins.split()])
