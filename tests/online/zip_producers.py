# SPDX-License-Identifier: Apache-2.0
"""What real programs write is accepted, and lists the same files; what two of them write into a pipe is refused.

zip_producers.py BIN packs one small tree with every packer that this machine has, and asks the topics `zip` and `zip-list`.
Source: hostile-archives.md, section 7.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import packers  # noqa: E402


def judge(program, archive):
    run = subprocess.run([program, "zip"], input=f"{archive}\n", capture_output=True, text=True, check=True)
    return run.stdout.strip()


def find_differences(program, archive):
    run = subprocess.run([program, "zip-list", archive], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    listed = {name: (kind, int(size), digest) for name, kind, size, digest in rows}
    expected = {name: ("file", len(data), hashlib.sha256(data).hexdigest()) for name, data in packers.FILES.items()}
    return [name for name, facts in expected.items() if listed.get(name) != facts]


def check(program, archive, what, verdict):
    said = judge(program, archive)
    if said != verdict:
        print(f"{what}: {said} instead of {verdict}")
        return False
    if verdict == "accept" and (names := find_differences(program, archive)):
        print(f"{what}: lists {', '.join(names)} wrongly or not at all")
        return False
    return True


def main():
    program = Path(sys.argv[1]).resolve() / "preflight-conformance"
    results = []
    missing = set()
    with tempfile.TemporaryDirectory() as scratch:
        tree = packers.make_tree(Path(scratch))
        for number, (tool, command, verdict) in enumerate(packers.PACKERS):
            if not packers.is_present(tool):
                missing.add(tool)
                continue
            archive = Path(scratch) / f"{number}.zip"
            if (reason := packers.pack(command, tree, archive)) is not None:
                print(f"{command}: {reason}")
                results.append(False)
                continue
            results.append(check(program, archive, command, verdict))
        archive = Path(scratch) / "streamed.zip"
        packers.stream_with_zipfile(archive)
        results.append(check(program, archive, "zipfile into a pipe", "accept"))
    if missing:
        print(f"not on this machine: {', '.join(sorted(missing))}")
    print(f"{results.count(True)} of {len(results)} archives judged rightly")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
