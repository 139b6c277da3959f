# SPDX-License-Identifier: Apache-2.0
"""Holds the examples in docs/examples against their schemas in docs/.

That the program reads the examples is tested in C++. The second half breaks an example on purpose and expects that the
schema refuses it: the proof that it can.
"""

import argparse
import copy
import json
import pathlib
import sys
import unittest

import jsonschema
import yaml

DOCS = pathlib.Path()


class Loader(yaml.SafeLoader):
    """Knows no dates, like YAML 1.2 and the program: 2025-06-15 is a text."""

    yaml_implicit_resolvers = {
        first: [row for row in rows if row[0] != "tag:yaml.org,2002:timestamp"]
        for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def setting(name, value):
    return lambda thing: thing.update({name: value})


def without(name):
    return lambda thing: thing.pop(name)


# Name of the example and of its schema; what is broken, where, and how.
BREAKAGES = {
    "deployments": {
        "there are none": (lambda file: file, setting("deployments", [])),
        "the key is gone": (lambda file: file, without("deployments")),
        "a key is unknown": (lambda file: file["deployments"][0], setting("memory", 128)),
        "the function is gone": (lambda file: file["deployments"][0], without("function")),
        "the function is null": (lambda file: file["deployments"][0], setting("function", None)),
        "the name is empty": (lambda file: file["deployments"][0], setting("name", "")),
        "layers are a text": (lambda file: file["deployments"][0], setting("layers", "a.zip")),
        "there are too many layers": (lambda file: file["deployments"][0], setting("layers", ["a"] * 101)),
        "the runtime is no Python": (lambda file: file["deployments"][0], setting("runtime", "nodejs20.x")),
        "the runtime is padded": (lambda file: file["deployments"][0], setting("runtime", "python3.09")),
        "the architecture is another": (lambda file: file["deployments"][0], setting("architecture", "amd64")),
        "the handler holds a blank": (lambda file: file["deployments"][0], setting("handler", "app main")),
        "the handler is long": (lambda file: file["deployments"][0], setting("handler", "a" * 129)),
    },
    "runtime-packages": {
        "there are none": (lambda file: file, setting("runtimes", [])),
        "a key is unknown": (lambda file: file["runtimes"][0], setting("dates", "2025-06")),
        "the runtime is gone": (lambda file: file["runtimes"][0], without("runtime")),
        "the runtime is no Python": (lambda file: file["runtimes"][0], setting("runtime", "nodejs20.x")),
        "the date is gone": (lambda file: file["runtimes"][0], without("date")),
        "the month is none": (lambda file: file["runtimes"][0], setting("date", "2025-13")),
        "the date has a time": (lambda file: file["runtimes"][0], setting("date", "2025-06-15T00:00:00Z")),
        "the source is empty": (lambda file: file["runtimes"][0], setting("source", "")),
        "the packages are gone": (lambda file: file["runtimes"][0], without("packages")),
        "there is no package": (lambda file: file["runtimes"][0], setting("packages", {})),
        "a name is none": (lambda file: file["runtimes"][0]["packages"], setting("-x", None)),
        "a version is a list": (lambda file: file["runtimes"][0]["packages"], setting("pip", ["24.0"])),
        "a version is empty": (lambda file: file["runtimes"][0]["packages"], setting("pip", "")),
    },
}


class SchemaTest(unittest.TestCase):
    def setUp(self):
        self.schemas = {name: json.loads((DOCS / f"{name}.schema.json").read_text()) for name in BREAKAGES}
        self.examples = {name: yaml.load((DOCS / "examples" / f"{name}.yaml").read_text(), Loader)
                         for name in BREAKAGES}

    def problems_of(self, name, file):
        validator = jsonschema.Draft202012Validator(self.schemas[name])
        return [f"{error.json_path}: {error.message[:120]}" for error in validator.iter_errors(file)]

    def test_is_itself_valid(self):
        for schema in self.schemas.values():
            jsonschema.Draft202012Validator.check_schema(schema)

    def test_accepts_the_example(self):
        for name, example in self.examples.items():
            with self.subTest(name):
                self.assertEqual(self.problems_of(name, example), [])

    def test_refuses_it_whichever_way_it_is_broken(self):
        for name, breakages in BREAKAGES.items():
            for what, (find, break_it) in breakages.items():
                with self.subTest(f"{name}: {what}"):
                    example = copy.deepcopy(self.examples[name])
                    break_it(find(example))
                    self.assertNotEqual(self.problems_of(name, example), [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--docs", type=pathlib.Path, required=True)
    options, rest = parser.parse_known_args()
    DOCS = options.docs
    unittest.main(argv=[sys.argv[0], *rest])
