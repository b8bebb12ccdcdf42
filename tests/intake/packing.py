"""Workbooks whose parts are changed by hand, and archives as packers of all ages write them.

A workbook here is bytes made by XlsxWriter from rows (None writes nothing); a change is a
function of one part. What comes out goes to the readers as it is.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
OLDEST = (1980, 1, 1, 0, 0, 0)
UTF8_NAME, LOCKED = 0x800, 0x1
Change = Callable[[bytes], bytes]


def book(
    rows: Sequence[Sequence[Any]],
    at: tuple[int, int] = (0, 0),
    finish: Callable[[Any, Any], None] | None = None,
) -> bytes:
    """A workbook of one sheet 台账, its rows beginning at this row and column (from 0)."""
    sink = io.BytesIO()
    made = xlsxwriter.Workbook(sink, {"in_memory": True, "strings_to_formulas": False})
    sheet = made.add_worksheet("台账")
    for row, values in enumerate(rows, at[0]):
        for column, value in enumerate(values, at[1]):
            if value is not None:
                sheet.write(row, column, value)
    if finish:
        finish(made, sheet)
    made.close()
    return sink.getvalue()


def changed(content: bytes, change: Change, part: str = SHEET) -> bytes:
    """The workbook with one part changed; a change that does nothing is a broken test."""
    parts = parts_of(content)
    after = change(parts[part])
    assert after != parts[part]
    return zipped(parts | {part: after})


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every member of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of these members, always the same bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, OLDEST), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def old_zip(*members: tuple[bytes, bytes, int]) -> bytes:
    """A stored zip of (name bytes, content, flags), as old packers write it."""
    body, folder = io.BytesIO(), io.BytesIO()
    for name, content, flags in members:
        at = body.tell()
        sizes = (zlib.crc32(content), len(content), len(content), len(name), 0)
        facts = struct.pack("<HHHHIIIHH", flags, 0, 0, 0x21, *sizes)
        body.write(b"PK\x03\x04" + struct.pack("<H", 20) + facts + name + content)
        folder.write(b"PK\x01\x02" + struct.pack("<HH", 20, 20) + facts)
        folder.write(struct.pack("<HHHII", 0, 0, 0, 0, at) + name)
    count, start = len(members), body.tell()
    end = struct.pack("<HHHHIIH", 0, 0, count, count, folder.tell(), start, 0)
    return body.getvalue() + folder.getvalue() + b"PK\x05\x06" + end


def without_places(part: bytes) -> bytes:
    """Rows and cells that do not say where they stand."""
    return re.sub(rb'(<row|<c) r="[^"]*"', rb"\1", part)


def prefixed(part: bytes) -> bytes:
    """Every element under the prefix x."""
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=", 1)
