"""The outside of a zip: its folder of members, and a copy that leaves some of them out.

A seekable file goes in. Nothing is inflated here: a copied member's packed bytes lie as they
did, and what is left out (pictures of a workbook) is never read.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from riskpipe.intake.grid import Refusal

START = b"PK"
END = b"PK\x05\x06"
TAIL = 22 + 0xFFFF
"""Bytes from the end in which the end record must start: its own and the longest comment."""
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
LOCAL_SIZE = 30
IS_LOCKED, IS_UTF8, SIZES_FOLLOW = 0x1, 0x800, 0x8
MOST_MEMBERS = 0xFFFF - 1
"""The plain format counts no more; one that says it has more is not looked into."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, struct.error),
)
"""What the zip library raises at bytes that are no sound zip (OSError apart)."""


def is_zip(start: bytes) -> bool:
    """Whether a file that starts so is a zip, be it an empty one or cut after two letters."""
    return start[:4] in (LOCAL, END) or start == START


def members_of(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The members as the zip's folder states them.

    Raises Refusal for one that ends before its folder (still being copied) or is damaged.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    end = tail.rfind(END)
    if end < 0:
        raise Refusal("unfinished", {})
    (count,) = struct.unpack_from("<H", tail.ljust(end + 22, b"\0"), end + 10)
    if count > MOST_MEMBERS:
        raise Refusal("too_many_members", {"limit": MOST_MEMBERS})
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (OSError, *DAMAGED):
        raise Refusal("damaged", {}) from None
    if any(not 0 <= member.header_offset < size for member in members):
        raise Refusal("damaged", {})
    return members


def copied(
    file: BinaryIO, members: Iterable[zipfile.ZipInfo], replaced: Mapping[str, bytes]
) -> bytes:
    """A zip of these members alone, some with another content (by name, not packed).

    Raises Refusal where their bytes are not where they should be.
    """
    body, folder = io.BytesIO(), io.BytesIO()
    count = 0
    for member in members:
        name = _name(member)
        packed, facts = _entry(file, member, replaced.get(member.filename), len(name))
        at = body.tell()
        body.write(LOCAL + struct.pack("<H", 20) + facts + name)
        body.write(packed)
        folder.write(CENTRAL + struct.pack("<HH", 20, 20) + facts)
        folder.write(struct.pack("<HHHII", 0, 0, 0, 0, at) + name)
        count += 1
    start = body.tell()
    body.write(folder.getvalue())
    body.write(END + struct.pack("<HHHHIIH", 0, 0, count, count, folder.tell(), start, 0))
    return body.getvalue()


def _entry(
    file: BinaryIO, member: zipfile.ZipInfo, content: bytes | None, name_size: int
) -> tuple[bytes, bytes]:
    """A member's packed bytes and what both its records say of them."""
    flags = member.flag_bits & ~SIZES_FOLLOW
    if content is not None:
        sizes = (zlib.crc32(content), len(content), len(content), name_size, 0)
        return content, struct.pack("<HHHHIIIHH", flags, 0, 0, 0x21, *sizes)
    packed = _packed(file, member)
    sizes = (member.CRC, member.compress_size, member.file_size, name_size, 0)
    return packed, struct.pack("<HHHHIIIHH", flags, member.compress_type, 0, 0x21, *sizes)


def _name(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("utf-8" if member.flag_bits & IS_UTF8 else "cp437")


def _packed(file: BinaryIO, member: zipfile.ZipInfo) -> bytes:
    file.seek(member.header_offset)
    head = file.read(LOCAL_SIZE)
    if len(head) < LOCAL_SIZE or not head.startswith(LOCAL):
        raise Refusal("damaged", {})
    file.seek(sum(struct.unpack_from("<HH", head, 26)), io.SEEK_CUR)
    packed = file.read(member.compress_size)
    if len(packed) < member.compress_size:
        raise Refusal("damaged", {})
    return packed
