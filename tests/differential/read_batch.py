# SPDX-License-Identifier: Apache-2.0
"""Lists each archive of a batch as Python's zipfile reads it: read_batch.py BATCH > LISTING

The form of a batch is described in main.cpp, that of a listing in listing.hpp.
"""

import hashlib
import io
import stat
import struct
import sys
import zipfile

UNIX = 3
UTF8_FLAG = 0x800


def read_archives(batch):
    while head := batch.read(16):
        number, length = struct.unpack("<QQ", head)
        yield number, batch.read(length)


def name_of(entry):
    """The bytes that the name was read from.

    zipfile takes a name without the UTF-8 flag for code page 437, everybody else for UTF-8. That is known, and a note of
    our walk (`unpack.name-nonascii-unflagged`); which two names collide by it is R10's business. So bytes are compared.
    From Python 3.12 on a Unicode path (0x7075) replaces the name, which then is no longer the original one.
    """
    is_utf8 = entry.flag_bits & UTF8_FLAG or entry.filename != entry.orig_filename
    return entry.filename.encode("utf-8" if is_utf8 else "cp437", "surrogateescape")


def type_of(entry):
    if entry.is_dir():
        return "dir"
    kind = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == UNIX else 0
    return {0: "file", stat.S_IFREG: "file", stat.S_IFLNK: "link"}.get(kind, "other")


def list_archive(content):
    rows = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            data = archive.read(entry.filename)  # by name, as programs do: a name that is there twice shows
            digest = hashlib.sha256(data).hexdigest()
            if entry.file_size != len(data):
                raise ValueError(f"{len(data)} bytes instead of {entry.file_size}")
            rows.append(f"\t{name_of(entry).hex()} {type_of(entry)} {len(data)} {digest}")
    return "".join(rows)


def list_or_refuse(content):
    try:
        return list_archive(content)
    except Exception as error:  # whatever zipfile raises is a refusal, and a difference
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return "\t! " + reason.encode("ascii", "backslashreplace").decode()


def main(path):
    with open(path, "rb") as batch:
        for number, content in read_archives(batch):
            print(f"{number}{list_or_refuse(content)}")


if __name__ == "__main__":
    main(sys.argv[1])
