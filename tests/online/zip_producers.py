# SPDX-License-Identifier: Apache-2.0
"""What real programs write is accepted, and lists the same files; what two of them write into a pipe is refused.

zip_producers.py BIN packs one small tree with every packer that this machine has, and asks the topics `zip` and `zip-list`.
Source: hostile-archives.md, section 7.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FILES = {"a.py": b"print('a')\n" * 50, "pkg/__init__.py": b"", "pkg/sub/b.txt": b"b"}
LINK = ("link", "pkg/sub/b.txt")
COMMIT = "git init -q . && git add a.py pkg && git -c user.name=a -c user.email=a@example.org commit -qm a"
GO_PACKER = """package main
import ("archive/zip"; "os"; "path/filepath")
func main() {
    file, _ := os.Create(os.Args[1])
    packed := zip.NewWriter(file)
    for _, name := range os.Args[2:] {
        data, _ := os.ReadFile(name)
        entry, _ := packed.Create(filepath.ToSlash(name))
        entry.Write(data)
    }
    packed.Close()
}
"""

# Program, command run in the tree, verdict. OUT is the archive to write.
PACKERS = [
    ("zip", "zip -qr OUT .", "accept"),
    ("zip", "zip -qr - . | cat > OUT", "accept"),
    ("zip", "zip -qrX OUT .", "accept"),
    ("zip", "zip -qrD OUT .", "accept"),
    ("zip", "zip -qry OUT .", "accept"),
    ("zip", "zip -qr0 OUT .", "accept"),
    ("zip", "zip -qr -fz OUT .", "accept"),
    ("zip", "cat a.py | zip -q OUT -", "unpack.special-file"),
    ("7z", "7z a -tzip -bd OUT a.py pkg", "accept"),
    ("jar", "jar cf OUT a.py pkg", "accept"),
    ("jar", "jar c0fM OUT a.py pkg", "accept"),
    ("cmake", "cmake -E tar cf OUT --format=zip a.py pkg", "accept"),
    ("bsdtar", "bsdtar --format zip -cf OUT .", "accept"),
    ("bsdtar", "bsdtar --format zip -cf - . | cat > OUT", "unpack.eocd-not-at-end"),
    ("git", f"{COMMIT} && git archive --format=zip -o OUT HEAD; status=$?; rm -rf .git; exit $status", "accept"),
    ("go", "go run ../packer.go OUT a.py pkg/__init__.py pkg/sub/b.txt", "accept"),
    ("python3", "python3 -m zipfile -c OUT a.py pkg", "accept"),
    ("python3", "python3 -c \"import shutil; shutil.make_archive('OUT'[:-4], 'zip', '.')\"", "accept"),
    ("python3", "python3 -m zipapp pkg -m a:b -p /usr/bin/python3 -o OUT.pyz && mv OUT.pyz OUT", "unpack.gap"),
]


def make_tree(folder):
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    os.symlink(LINK[1], folder / LINK[0])


def stream_with_zipfile(path):
    """Data descriptors and zip64 fields, as zipfile writes them where it cannot seek."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in FILES.items():
            with packed.open(name, "w", force_zip64=True) as entry:
                entry.write(data)
    with os.fdopen(read, "rb") as pipe:
        path.write_bytes(pipe.read())


def judge(program, archive):
    run = subprocess.run([program, "zip"], input=f"{archive}\n", capture_output=True, text=True, check=True)
    return run.stdout.strip()


def find_differences(program, archive):
    run = subprocess.run([program, "zip-list", archive], capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    listed = {name: (kind, int(size), digest) for name, kind, size, digest in rows}
    expected = {name: ("file", len(data), hashlib.sha256(data).hexdigest()) for name, data in FILES.items()}
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
        tree = Path(scratch) / "tree"
        tree.mkdir()
        make_tree(tree)
        (Path(scratch) / "packer.go").write_text(GO_PACKER)
        for number, (tool, command, verdict) in enumerate(PACKERS):
            if shutil.which(tool) is None:
                missing.add(tool)
                continue
            archive = Path(scratch) / f"{number}.zip"
            run = subprocess.run(["sh", "-c", command.replace("OUT", str(archive))], cwd=tree,
                                 capture_output=True, text=True, check=False)
            if run.returncode != 0:
                print(f"{command}: {run.stderr.strip() or run.stdout.strip()}")
                results.append(False)
                continue
            results.append(check(program, archive, command, verdict))
        archive = Path(scratch) / "streamed.zip"
        stream_with_zipfile(archive)
        results.append(check(program, archive, "zipfile into a pipe", "accept"))
    if missing:
        print(f"not on this machine: {', '.join(sorted(missing))}")
    print(f"{results.count(True)} of {len(results)} archives judged rightly")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
