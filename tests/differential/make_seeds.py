# SPDX-License-Identifier: Apache-2.0
"""Writes small honest zips for preflight_mutate: make_seeds(folder, with_packers)

Those of zipfile are the same on every machine. With packers, every one that the machine has writes its own, too.
"""

import stat
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
import packers  # noqa: E402

TEXT = b"x = 1\n" * 8
MOMENT = (2024, 1, 1, 0, 0, 0)
LARGEST = 2_000  # bytes; so that mutations hit headers, and not content


def entry(name, mode=stat.S_IFREG | 0o644, method=zipfile.ZIP_STORED, extra=b"", host=3):
    made = zipfile.ZipInfo(name, MOMENT)
    made.external_attr = mode << 16
    made.compress_type = method
    made.extra = extra
    made.create_system = host
    return made


def add_files(packed):
    packed.writestr(entry("a.py"), TEXT)
    packed.writestr(entry("pkg/b.py", method=zipfile.ZIP_DEFLATED), TEXT)
    packed.writestr(entry("pkg/empty"), b"")


def add_folders(packed):
    packed.writestr(entry("d/", stat.S_IFDIR | 0o755), b"")
    packed.writestr(entry("d/e/", stat.S_IFDIR | 0o755), b"")
    packed.writestr(entry("d/e/a.py"), TEXT)


def add_links(packed):
    packed.writestr(entry("d/a.py"), TEXT)
    packed.writestr(entry("l", stat.S_IFLNK | 0o777), "d/a.py")
    packed.writestr(entry("d/m", stat.S_IFLNK | 0o777, zipfile.ZIP_DEFLATED), "../l")


def add_names(packed):
    packed.writestr(entry("caf\u00e9.py"), TEXT)
    packed.writestr(entry("\u65e5/\u672c.py"), TEXT)
    packed.writestr(entry("plain.py"), TEXT)


def add_dots(packed):
    packed.writestr(entry("./", stat.S_IFDIR | 0o755), b"")
    packed.writestr(entry("./a.py"), TEXT)
    packed.writestr(entry("./pkg/b.py", method=zipfile.ZIP_DEFLATED), TEXT)


def add_extras(packed):
    packed.writestr(entry("a.py", extra=b"UT\5\0\3\0\0\0\0" + b"ux\x0b\0\1\4\0\0\0\0\4\0\0\0\0"), TEXT)
    packed.writestr(entry("b.py", extra=b"\xfe\xca\0\0", host=0, mode=0), TEXT)
    packed.comment = b"a comment of some length"


def add_wide(packed):
    for name in ("a.py", "b.py"):
        with packed.open(entry(name, method=zipfile.ZIP_DEFLATED), "w", force_zip64=True) as file:
            file.write(TEXT)


class Unseekable:
    """A file that zipfile has to write front to back, so that it writes data descriptors."""

    def __init__(self, file):
        self.write, self.flush = file.write, file.flush


FEATURES = [add_files, add_folders, add_links, add_names, add_dots, add_extras, add_wide]


def write_features(folder):
    for add in FEATURES:
        for is_streamed in (False, True):
            path = folder / f"zipfile-{add.__name__}{'-streamed' if is_streamed else ''}.zip"
            with open(path, "wb") as file, zipfile.ZipFile(Unseekable(file) if is_streamed else file, "w") as packed:
                add(packed)


def without_flag(content):
    """What Info-ZIP writes, which not every machine has: names in UTF-8 without the flag that says so."""
    content = bytearray(content)
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = content.find(signature)
        while place != -1:
            content[place + flags + 1] &= ~8
            place = content.find(signature, place + 1)
    return bytes(content)


def unflag_names(folder):
    for path in sorted(folder.glob("zipfile-add_names*.zip")):
        path.with_stem(path.stem + "-unflagged").write_bytes(without_flag(path.read_bytes()))


def write_packed(folder):
    with tempfile.TemporaryDirectory() as scratch:
        tree = packers.make_tree(Path(scratch))
        for number, packer in enumerate(packers.PACKERS):
            archive = Path(scratch) / f"{number}.zip"
            if packer.verdict != "accept" or not packers.is_present(packer.tool):
                continue
            if (reason := packers.pack(packer.command, tree, archive)) is not None:
                raise SystemExit(f"make_seeds: {packer.command}: {reason}")
            (folder / f"packer-{number:02}-{packer.tool}.zip").write_bytes(archive.read_bytes())
        packers.stream_with_zipfile(folder / "packer-zipfile-streamed.zip")


def make_seeds(folder, with_packers):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    write_features(folder)
    unflag_names(folder)
    if with_packers:
        write_packed(folder)
    seeds = sorted(folder.iterdir())
    too_large = [seed.name for seed in seeds if seed.stat().st_size > LARGEST]
    if too_large:
        raise SystemExit(f"make_seeds: larger than {LARGEST} bytes: {', '.join(too_large)}")
    return seeds
