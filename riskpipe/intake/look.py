"""What a delivered file really is, told from its bytes, before any reader touches it.

Path and limits go in; the content and its `Nature` come out, or a Refusal: lock files, links
that lead elsewhere, empty, encrypted or oversized files, archives, pictures and documents.
Only the outside of a zip is looked at here (names and stated sizes); what needs inflating
happens in the limited child (cells.py).
"""

import io
import stat
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from riskpipe.intake.grid import Refusal
from riskpipe.settings import IntakeLimits

MEGABYTE = 2**20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO 2.3.4.4: the stream's name
XLS_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
TEXT_ENDINGS = {".csv", ".tsv", ".txt"}
JSON_ENDINGS = {".jsonl", ".ndjson", ".json"}
SIGNATURES = {
    b"%PDF": "PDF 文件",
    b"\xff\xd8\xff": "JPEG 图片",
    b"\x89PNG": "PNG 图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"{\\rtf": "RTF 文档",
}


class Nature(StrEnum):
    """What a file's bytes say it is, whatever its name."""

    WORKBOOK = "工作簿"
    OLD_WORKBOOK = "97-2003 工作簿"
    DELIMITED = "分隔文本"
    JSON_LINES = "JSON 行"


@dataclass(frozen=True)
class Seen:
    """A file's bytes and what they are."""

    content: bytes
    nature: Nature


def take(path: Path, limits: IntakeLimits) -> bytes:
    """The bytes of a delivered file. Raises Refusal for what may not even be opened."""
    if path.name.startswith("~$"):
        raise Refusal("lock_file", {})
    try:
        facts = path.lstat()
    except OSError:
        raise Refusal("unreadable", {}) from None
    if stat.S_ISLNK(facts.st_mode):
        raise Refusal("link", {})
    if not stat.S_ISREG(facts.st_mode):
        raise Refusal("not_a_file", {})
    if facts.st_size > limits.max_file_mb * MEGABYTE:
        raise Refusal("too_big", {"limit": limits.max_file_mb})
    try:
        content = path.read_bytes()
    except OSError:
        raise Refusal("unreadable", {}) from None
    if not content.strip():
        raise Refusal("empty_file", {})
    return content


def nature_of(content: bytes, name: str, limits: IntakeLimits) -> Nature:
    """What the bytes are. `name` only tells CSV from JSON lines. Raises Refusal."""
    if content.startswith(OLE):
        return _ole(content)
    if content.startswith(b"PK"):
        return _zip(content, limits)
    for signature, title in SIGNATURES.items():
        if content.startswith(signature):
            raise Refusal("not_a_table", {"what": title})
    if content.lstrip()[:1] == b"<":
        raise Refusal("not_a_table", {"what": "网页或 XML 文件"})
    ending = Path(name).suffix.lower()
    if ending in JSON_ENDINGS or (ending not in TEXT_ENDINGS and content.lstrip()[:1] == b"{"):
        return Nature.JSON_LINES
    return Nature.DELIMITED


def _ole(content: bytes) -> Nature:
    if ENCRYPTED in content:
        raise Refusal("encrypted", {})
    if any(stream in content for stream in XLS_STREAMS):
        return Nature.OLD_WORKBOOK
    raise Refusal("not_a_table", {"what": "旧版 Office 文档（不是 Excel 工作簿）"})


def _zip(content: bytes, limits: IntakeLimits) -> Nature:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Refusal("damaged", {}) from None
    names = {member.filename for member in members}
    if not any(name.startswith("xl/") for name in names):
        what = "Word 文档" if any(name.startswith("word/") for name in names) else "压缩包"
        raise Refusal("archive" if what == "压缩包" else "not_a_table", {"what": what})
    if any(member.flag_bits & 1 for member in members):
        raise Refusal("encrypted", {})
    if sum(member.file_size for member in members) > limits.max_inflated_mb * MEGABYTE:
        raise Refusal("bomb", {"limit": limits.max_inflated_mb})
    return Nature.WORKBOOK
