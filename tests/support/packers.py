# SPDX-License-Identifier: Apache-2.0
"""The programs that pack zips, and one small tree for them to pack.

Source of the list: hostile-archives.md, section 7.
"""

import os
import shutil
import subprocess
import zipfile

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

# Program, command run in the tree, what the walk says of the archive. OUT is the archive to write.
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


def pack(command, tree, archive):
    """None, or why the packer failed."""
    run = subprocess.run(["sh", "-c", command.replace("OUT", str(archive))], cwd=tree, capture_output=True, text=True,
                         check=False)
    return None if run.returncode == 0 else run.stderr.strip() or run.stdout.strip()


def stream_with_zipfile(path):
    """Data descriptors and zip64 fields, as zipfile writes them where it cannot seek."""
    read, write = os.pipe()
    with os.fdopen(write, "wb") as pipe, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in FILES.items():
            with packed.open(name, "w", force_zip64=True) as entry:
                entry.write(data)
    with os.fdopen(read, "rb") as pipe:
        path.write_bytes(pipe.read())
