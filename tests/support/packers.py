# SPDX-License-Identifier: Apache-2.0
"""The programs that pack zips, and one small tree for them to pack.

To add one: give it a row in PACKERS, or in registry_packers.py if it comes from a package registry.
Source of the list: hostile-archives.md, section 7.
"""

import hashlib
import os
import shutil
import subprocess
import zipfile
from typing import NamedTuple

FILES = {"a.py": b"print('a')\n" * 50, "pkg/__init__.py": b"", "pkg/sub/b.txt": b"b", "pkg/caf\u00e9.txt": b"\xc3\xa9"}
FOLDERS = ("", "pkg", "pkg/sub")  # packers may list them, or leave them out
LINK = ("link", "pkg/sub/b.txt")
ADD = "git init -q . && git add a.py pkg link && git -c user.name=a -c user.email=a@example.org commit -qm a"
# Create alone, as most do; and the header of a file, as Terraform's archive provider does.
GO_PACKER = """package main
import ("archive/zip"; "io"; "os"; "path/filepath")
func must[T any](made T, err error) T {
    if err != nil { panic(err) }
    return made
}
func entry(packed *zip.Writer, way string, name string) io.Writer {
    if way == "create" { return must(packed.Create(filepath.ToSlash(name))) }
    header := must(zip.FileInfoHeader(must(os.Stat(name))))
    header.Name, header.Method = filepath.ToSlash(name), zip.Deflate
    return must(packed.CreateHeader(header))
}
func main() {
    packed := zip.NewWriter(must(os.Create(os.Args[1])))
    for _, name := range os.Args[3:] {
        must(entry(packed, os.Args[2], name).Write(must(os.ReadFile(name))))
    }
    if err := packed.Close(); err != nil { panic(err) }
}
"""


class Packer(NamedTuple):
    tool: str
    command: str  # run in the tree; OUT is the archive to write
    link: str = "left out"  # what becomes of LINK: "kept" as one, "followed", or "left out"
    verdict: str = "accept"  # what the walk says of the archive
    added: tuple = ()  # what the packer puts in of its own


PACKERS = [
    Packer("zip", "zip -qr OUT .", "followed"),
    Packer("zip", "LC_ALL=C zip -qr OUT .", "followed"),
    Packer("zip", "zip -qr -UN=UTF8 OUT .", "followed"),
    Packer("zip", "zip -qr - . | cat > OUT", "followed"),
    Packer("zip", "zip -qrX OUT .", "followed"),
    Packer("zip", "zip -qrD OUT .", "followed"),
    Packer("zip", "zip -qry OUT .", "kept"),
    Packer("zip", "zip -qrXDy OUT .", "kept"),
    Packer("zip", "zip -qr0 OUT .", "followed"),
    Packer("zip", "zip -qr -fz OUT .", "followed"),
    # The end record refers to a zip64 record that is not written; unzip, 7z, bsdtar, jar and zipfile refuse it, too.
    Packer("zip", "zip -qr -fz - . | cat > OUT", verdict="unpack.zip64-missing"),
    Packer("zip", "zip -qr OUT pkg && zip -q OUT a.py"),  # as the Lambda Developer Guide adds the handler
    Packer("zip", "zip -qr OUT a.py pkg link && zip -qd OUT link"),
    Packer("zip", "echo of a package | zip -qrz OUT a.py pkg"),
    Packer("zip", "cat a.py | zip -q OUT -", verdict="unpack.special-file"),
    Packer("7z", "7z a -tzip -bd OUT a.py pkg"),
    Packer("7z", "7z a -tzip -bd -snl OUT a.py pkg link", "kept"),
    Packer("7z", "7z a -tzip -bd -mx=0 -mcu=on OUT a.py pkg"),
    Packer("jar", "jar cf OUT a.py pkg link", "followed", added=("META-INF", "META-INF/MANIFEST.MF")),
    Packer("jar", "jar c0fM OUT a.py pkg link", "followed"),
    Packer("cmake", "cmake -E tar cf OUT --format=zip a.py pkg link", "kept"),
    Packer("bsdtar", "bsdtar --format zip -cf OUT .", "kept"),
    Packer("bsdtar", "bsdtar --format zip -Lcf OUT a.py pkg link", "followed"),
    Packer("bsdtar", "bsdtar --format zip --options zip:zip64 -cf OUT .", "kept"),
    Packer("bsdtar", "bsdtar --format zip -cf - . | cat > OUT", "kept", "unpack.eocd-not-at-end"),
    Packer("git", f"{ADD} && git archive --format=zip -o OUT HEAD; status=$?; rm -rf .git; exit $status", "kept"),
    Packer("go", f"go run ../packer.go OUT create {' '.join(FILES)}"),
    Packer("go", f"go run ../packer.go OUT header {' '.join(FILES)} link", "followed"),
    Packer("python3", "python3 -m zipfile -c OUT a.py pkg link", "followed"),
    Packer("python3", "python3 -c \"import shutil; shutil.make_archive('OUT'[:-4], 'zip', '.')\"", "followed"),
    Packer("python3", "python3 -m zipapp pkg -m a:b -p /usr/bin/python3 -o OUT.pyz && mv OUT.pyz OUT",
           verdict="unpack.gap"),
]


def make_tree(folder):
    """The tree that is packed, in a new folder below this one."""
    tree = folder / "tree"
    for name, data in FILES.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    os.symlink(LINK[1], tree / LINK[0])
    (folder / "packer.go").write_text(GO_PACKER)
    return tree


def is_present(tool):
    return shutil.which(tool) is not None


def run(command, folder, **environment):
    """None, or why the command failed. Names are UTF-8, whatever the machine's locale is."""
    done = subprocess.run(command, shell=isinstance(command, str), cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, errors="replace", check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    return None if done.returncode == 0 else done.stderr.strip() or done.stdout.strip() or f"exit {done.returncode}"


def pack(command, tree, archive):
    """None, or why the packer failed."""
    return run(command.replace("OUT", str(archive)), tree)


def write_with_zipfile(path, is_streamed, force_zip64):
    """What zipfile writes: where it cannot seek, data descriptors; with force_zip64, zip64 fields for each entry."""
    def write_to(file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, data in FILES.items():
                with packed.open(name, "w", force_zip64=force_zip64) as entry:
                    entry.write(data)

    if not is_streamed:
        write_to(path)
        return
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe:
        write_to(pipe)
    with os.fdopen(read, "rb") as pipe:
        path.write_bytes(pipe.read())


def stream_with_zipfile(path):
    write_with_zipfile(path, is_streamed=True, force_zip64=True)


def facts_of(kind, data):
    return kind, len(data), hashlib.sha256(data).hexdigest()


def expected_entries(link):
    """Type, size and SHA-256 of each file by its name, and of the link as the packer treats it."""
    entries = {name: facts_of("file", data) for name, data in FILES.items()}
    if link == "kept":
        entries[LINK[0]] = facts_of("link", LINK[1].encode())
    elif link == "followed":
        entries[LINK[0]] = facts_of("file", FILES[LINK[1]])
    return entries


def folders_in(packed):
    """The folders that a zipfile.ZipFile has entries for."""
    return {os.path.normpath(name).removeprefix(".") for name in packed.namelist() if name.endswith("/")}
