"""What a delivered file really is, told from its bytes, before any reader touches it.

Path and limits go in; its content and, later, the content's `Nature` come out, or a Refusal:
lock files, links, unfinished downloads, empty, encrypted or oversized files, documents and
pictures. A zip's pictures do not count and are never loaded: what is handed on is the zip
without them. Only the outside of a zip is looked at here; what needs inflating happens in the
limited child (cells.py).
"""

import hashlib
import io
import os
import re
import stat
import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from riskpipe.intake import archive, zips
from riskpipe.intake.grid import Refusal
from riskpipe.intake.natures import Stranger, natures, told
from riskpipe.settings import IntakeLimits

MEGABYTE = 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.4: the stream's name
XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
ENTRY = 128
"""MS-CFB 2.6: a directory entry; its name's length, first sector and size stand at fixed places."""
FILEPASS, BOF = 0x2F, 0x0809  # MS-XLS 2.4.117, 2.4.21
TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
JSON_ENDINGS = {".jsonl", ".ndjson", ".json"}
HEAD = 4096
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
TABLE_TAG = re.compile(rb"<table[\s>]", re.IGNORECASE)


class Nature(StrEnum):
    """What a file's bytes say it is, whatever its name."""

    WORKBOOK = "工作簿"
    OLD_WORKBOOK = "97-2003 工作簿"
    WEB_PAGE = "网页表格"
    DELIMITED = "分隔文本"
    JSON_LINES = "JSON 行"


@dataclass(frozen=True)
class Taken:
    """A file's bytes as they may be read; hash and size are those of the whole file as it lies."""

    content: bytes
    content_hash: str
    size: int


def whole(content: bytes) -> Taken:
    """Bytes that are a file by themselves."""
    return Taken(content, hashlib.sha256(content).hexdigest(), len(content))


def take(path: Path, limits: IntakeLimits) -> Taken:
    """The bytes of a delivered file. Raises Refusal for what may not even be opened."""
    facts = _facts(path)
    try:
        with path.open("rb") as file:
            if not os.path.samestat(facts, os.fstat(file.fileno())):
                raise Refusal("unfinished", {})
            taken = _taken(file, limits)
        _refuse_changed(facts, path.lstat())
    except OSError:
        raise Refusal("unreadable", {}) from None
    return taken


def take_member(path: Path, name: str, limits: IntakeLimits) -> Taken:
    """The bytes of a member of an archive, by its decoded name. Raises Refusal."""
    facts = _facts(path)
    try:
        with path.open("rb") as file:
            member = archive.only(zips.members_of(file), name).info
            if member.file_size > limits.max_inflated_mb * MEGABYTE:
                raise Refusal("bomb", {"limit": limits.max_inflated_mb})
            with zipfile.ZipFile(file) as opened, opened.open(member) as inner:
                taken = _taken(cast("BinaryIO", inner), limits)
        _refuse_changed(facts, path.lstat())
    except zips.DAMAGED:
        raise Refusal("damaged", {}) from None
    except OSError:
        raise Refusal("unreadable", {}) from None
    return taken


def archived(path: Path) -> list[zipfile.ZipInfo]:
    """The members of an archive of files; none where a path is anything else or cannot be read."""
    try:
        if path.is_symlink() or not path.is_file():
            return []
        with path.open("rb") as file:
            if not zips.is_zip(file.read(len(OLE))):
                return []
            infos = zips.members_of(file)
    except (OSError, Refusal):
        return []
    return infos if archive.is_archive(infos) else []


def nature_of(content: bytes, name: str, limits: IntakeLimits) -> Nature:
    """What the bytes are. `name` only tells CSV from JSON lines. Raises Refusal."""
    if content.startswith(OLE):
        return _ole(content)
    if zips.is_zip(content):
        return _zip(content, limits)
    if stranger := told(natures().signatures, content[:HEAD]):
        raise _no_table(stranger)
    start = _start(content)
    if start.startswith(b"<"):
        return _markup(content, start)
    ending = Path(name).suffix.lower()
    if ending in JSON_ENDINGS or (ending not in TEXT_ENDINGS and start.startswith(b"{")):
        return Nature.JSON_LINES
    return Nature.DELIMITED


def _facts(path: Path) -> os.stat_result:
    """What a path is, without opening it. Raises Refusal for anything but a plain, whole file."""
    aside = natures().aside([path.name])
    if aside and aside.is_lock:
        raise Refusal("lock_file", {})
    try:
        facts = path.lstat()
        if stat.S_ISDIR(facts.st_mode):
            next(os.scandir(path), None)  # a folder that cannot be looked into says so
    except OSError:
        raise Refusal("unreadable", {}) from None
    if stat.S_ISLNK(facts.st_mode):
        raise Refusal("link", {})
    if not stat.S_ISREG(facts.st_mode):
        raise Refusal("not_a_file", {})
    if path.name.lower().endswith(natures().unfinished_endings):
        raise Refusal("unfinished", {})
    return facts


def _refuse_changed(before: os.stat_result, after: os.stat_result) -> None:
    """A file that changed while it was read is still being written."""
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refusal("unfinished", {})


def _taken(file: BinaryIO, limits: IntakeLimits) -> Taken:
    """The bytes behind an open file, a zip's without its pictures."""
    start = file.read(len(OLE))
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not zips.is_zip(start):
        return _plainly_taken(file, size, limits)
    infos = zips.members_of(file)
    kept = [info for info in infos if not natures().is_media(info.filename)]
    has_media = len(kept) < len(infos)
    counted = sum(info.compress_size for info in kept) if has_media else size
    if counted > limits.max_file_mb * MEGABYTE:
        raise Refusal("too_big", {"limit": limits.max_file_mb})
    file.seek(0)
    if not has_media:
        return whole(file.read())
    content_hash = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    return Taken(zips.copied(file, kept, {}), content_hash, size)


def _plainly_taken(file: BinaryIO, size: int, limits: IntakeLimits) -> Taken:
    if size > limits.max_file_mb * MEGABYTE:
        raise Refusal("too_big", {"limit": limits.max_file_mb})
    content = file.read()
    if not content[:HEAD].strip(b"\0 \t\r\n") and not content.strip(b"\0 \t\r\n"):
        raise Refusal("empty_file", {})
    return whole(content)


def _no_table(stranger: Stranger) -> Refusal:
    return Refusal("not_a_table", {"what": stranger.what, "advice": stranger.advice})


def _start(content: bytes) -> bytes:
    """The first bytes as ASCII-compatible text, without mark and white space."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            text = content[len(mark) : HEAD].decode(encoding, "ignore")
            return text.lstrip().encode()
    return content[:HEAD].lstrip()


def _markup(content: bytes, start: bytes) -> Nature:
    """A page that holds a table is read; other markup says what it is."""
    if stranger := told(natures().markups, start):
        raise _no_table(stranger)
    plain = content.replace(b"\0", b"") if b"\0" in content[:HEAD] else content
    if TABLE_TAG.search(plain):
        return Nature.WEB_PAGE
    raise _no_table(natures().page)


def _ole(content: bytes) -> Nature:
    sector = 1 << min(struct.unpack_from("<H", content.ljust(512, b"\0"), 30)[0], 16)
    (folder_at,) = struct.unpack_from("<I", content.ljust(512, b"\0"), 48)
    if (folder_at + 1) * sector >= len(content):
        raise Refusal("unfinished", {})
    if _entry(content, ENCRYPTED) is not None:
        raise Refusal("encrypted", {})
    for stream in XLS_STREAMS:
        if (entry := _entry(content, stream)) is not None:
            if _is_locked(content, entry, sector):
                raise Refusal("encrypted", {})
            return Nature.OLD_WORKBOOK
    for name, stranger in natures().streams:
        if _entry(content, name) is not None:
            raise _no_table(stranger)
    raise _no_table(natures().compound)


def _entry(content: bytes, name: bytes) -> int | None:
    """Where the directory entry of a stream stands; the same letters inside a text do not count."""
    at = content.find(name)
    while at >= 0:
        length = struct.unpack_from("<H", content.ljust(at + ENTRY, b"\0"), at + 64)[0]
        if at % ENTRY == 0 and length == len(name) + 2:
            return at
        at = content.find(name, at + 1)
    return None


def _is_locked(content: bytes, entry: int, sector: int) -> bool:
    """Whether a BIFF stream says, right after its start, that a password locks it."""
    (first,) = struct.unpack_from("<I", content, entry + 116)
    at = (first + 1) * sector
    kinds: list[int] = []
    while len(kinds) < 4 and at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        kinds.append(kind)
        at += 4 + length
    return kinds[:1] == [BOF] and FILEPASS in kinds


def _zip(content: bytes, limits: IntakeLimits) -> Nature:
    infos = zips.members_of(io.BytesIO(content))
    names = [info.filename for info in infos]
    for part in natures().parts:
        if any(part.told_by.search(name.encode()) for name in names):
            raise _no_table(part)
    if not archive.is_workbook(names):
        archive.delivered(infos, limits)
        raise Refusal("archive", {})
    if any(info.flag_bits & zips.IS_LOCKED for info in infos):
        raise Refusal("encrypted", {})
    if len(set(names)) < len(names):
        raise Refusal("damaged", {})  # two readers would not take the same part
    if sum(info.file_size for info in infos) > limits.max_inflated_mb * MEGABYTE:
        raise Refusal("bomb", {"limit": limits.max_inflated_mb})
    return Nature.WORKBOOK
