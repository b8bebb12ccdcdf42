"""A small writer of 97-2003 workbooks (BIFF8 in an OLE compound file), for tests only.

Sheets of plain values go in (text, numbers, dates, None), the bytes of an .xls come out; also
the bare compound file, which encrypted packages and old Word documents come in. Layouts of the
records: [MS-XLS] 2.4, of the container: [MS-CFB] 2.
"""

import struct
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

SECTOR = 512
END, FREE, FAT_SECTOR, NO_STREAM = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
SMALLEST = 4096  # streams under this lie in another place, which this writer spares itself
GENERAL, DAY = 0, 1
EPOCH = datetime(1899, 12, 30)


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merges: Sequence[tuple[int, int, int, int]],
    *,
    locked: bool,
) -> bytes:
    """An .xls; `merges` (first row, last row, first column, last column from 0) of each sheet.

    `locked` puts in the record that says the rest is encrypted with a password.
    """
    parts = [_sheet(rows, merges) for rows in sheets.values()]
    names = list(sheets)
    start = len(_globals(names, [0] * len(names), locked))
    offsets = []
    for part in parts:
        offsets.append(start)
        start += len(part)
    return compound({"Workbook": _globals(names, offsets, locked) + b"".join(parts)})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file that holds these streams."""
    bodies = [_filled(content) for content in streams.values()]
    folder_sectors = -(-(len(streams) + 1) // 4)
    data_sectors = sum(len(body) // SECTOR for body in bodies)
    fat_sectors = 1
    while fat_sectors * 128 < data_sectors + folder_sectors + fat_sectors:
        fat_sectors += 1
    fat: list[int] = []
    starts: list[int] = []
    for body in bodies:
        starts.append(len(fat))
        fat += _chain(len(fat), len(body) // SECTOR)
    folder_at = len(fat)
    fat += _chain(folder_at, folder_sectors)
    fat_at = len(fat)
    fat += [FAT_SECTOR] * fat_sectors
    fat += [FREE] * (fat_sectors * 128 - len(fat))
    entries = [_entry("Root Entry", 5, 1 if streams else NO_STREAM, NO_STREAM, END, 0)]
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), 1):
        right = number + 1 if number < len(streams) else NO_STREAM
        entries.append(_entry(name, 2, NO_STREAM, right, starts[number - 1], len(body)))
    folder = b"".join(entries).ljust(folder_sectors * SECTOR, b"\0")
    return (
        _header(fat_sectors, fat_at, folder_at)
        + b"".join(bodies)
        + folder
        + struct.pack(f"<{len(fat)}I", *fat)
    )


def _filled(content: bytes) -> bytes:
    size = max(SMALLEST, -(-len(content) // SECTOR) * SECTOR)
    return content.ljust(size, b"\0")


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def _header(fat_sectors: int, fat_at: int, folder_at: int) -> bytes:
    places = [fat_at + n for n in range(fat_sectors)] + [FREE] * (109 - fat_sectors)
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, folder_at, 0,
                      SMALLEST, END, 0, END, 0)
        + struct.pack("<109I", *places)
    )  # fmt: skip


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le")
    return (
        title.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(title) + 2, kind, 1, NO_STREAM, right, child if kind == 5 else NO_STREAM)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _globals(names: Sequence[str], offsets: Sequence[int], locked: bool) -> bytes:
    out = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    if locked:  # FilePass: RC4, with sixteen bytes each of salt, verifier and its hash
        out += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(range(48)))
    out += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", 0))
    for form in (0, 14):  # built-in number formats: General, m/d/yyyy
        out += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    for name, offset in zip(names, offsets, strict=True):
        title = name.encode("utf-16-le")
        out += _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + title)
    return out + _record(0x0A, b"")


def _sheet(rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int]]) -> bytes:
    width = max(map(len, rows), default=0)
    out = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    out += _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at, row in enumerate(rows):
        out += b"".join(_cell(at, column, value) for column, value in enumerate(row))
    if merges:
        ranges = b"".join(struct.pack("<HHHH", *merge) for merge in merges)
        out += _record(0xE5, struct.pack("<H", len(merges)) + ranges)
    return out + _record(0x0A, b"")


def _cell(row: int, column: int, value: Any) -> bytes:
    match value:
        case None | "":
            return b""
        case str():
            text = value.encode("utf-16-le")
            head = struct.pack("<HHHHB", row, column, GENERAL, len(text) // 2, 1)
            return _record(0x204, head + text)
        case date():
            moment = datetime(*value.timetuple()[:6])
            serial = (moment - EPOCH).total_seconds() / 86_400
            return _record(0x203, struct.pack("<HHHd", row, column, DAY, serial))
        case _:
            return _record(0x203, struct.pack("<HHHd", row, column, GENERAL, float(value)))
