"""The bytes of deliveries: workbooks by real writers, their parts changed by hand, text, zips.

Values go in and bytes come out, the same for the same values: dates inside are fixed. What a
file means is not known here.
"""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
import time_machine
import xlsxwriter
from openpyxl.utils.cell import coordinate_to_tuple

from riskpipe.forms.repacking import repacked
from tests.hostile.page import Page

CREATED = datetime(2026, 4, 1)
OLDEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Formula:
    """A formula cell and the result that was saved with it."""

    text: str
    result: Any


@dataclass(frozen=True)
class Shown:
    """A date or number under a number format."""

    value: Any
    form: str


Finish = Callable[[xlsxwriter.Workbook, Mapping[str, Any]], None]


def xlsx(*pages: Page, finish: Finish | None = None, epoch_1904: bool = False) -> bytes:
    """A workbook of these pages; `finish(book, sheets by name)` adds what rows cannot say."""
    return book_of({page.name: page.rows for page in pages}, finish, epoch_1904)


def book_of(
    sheets: Mapping[str, Sequence[Sequence[Any]]], finish: Finish | None, epoch_1904: bool
) -> bytes:
    """A workbook of plain rows."""
    sink = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "date_1904": epoch_1904}  # fmt: skip
    book = xlsxwriter.Workbook(sink, options)
    book.set_properties({"created": CREATED})
    forms: dict[str, Any] = {}
    written = {}
    for name, rows in sheets.items():
        sheet = written[name] = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                _put(book, sheet, forms, at, column, value)
    if finish:
        finish(book, written)
    book.close()
    return sink.getvalue()


def _put(book: Any, sheet: Any, forms: dict[str, Any], at: int, column: int, value: Any) -> None:
    def form(pattern: str) -> Any:
        return forms.setdefault(pattern, book.add_format({"num_format": pattern}))

    match value:
        case None:
            return
        case str():
            sheet.write_string(at, column, value)
        case Formula():
            sheet.write_formula(at, column, value.text, None, value.result)
        case Shown(value=date()):
            sheet.write_datetime(at, column, value.value, form(value.form))
        case Shown():
            sheet.write_number(at, column, value.value, form(value.form))
        case datetime():
            sheet.write_datetime(at, column, value, form("yyyy-mm-dd hh:mm"))
        case date():
            sheet.write_datetime(at, column, value, form("yyyy-mm-dd"))
        case bool():
            sheet.write_boolean(at, column, value)
        case _:
            sheet.write_number(at, column, value)


def merged(name: str, *ranges: str) -> Finish:
    """Merge ranges of a sheet whose upper left cells are written already."""

    def finish(_book: Any, sheets: Mapping[str, Any]) -> None:
        for area in ranges:
            first, last = (_place(corner) for corner in area.split(":"))
            sheets[name].merge.append([*first, *last])

    return finish


def _place(corner: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(corner)
    return row - 1, column - 1


def uncached(*pages: Page) -> bytes:
    """A workbook whose formulas carry no saved result, as programs write them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for at, row in enumerate(page.rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(at, column, value.text if isinstance(value, Formula) else value)
    sink = io.BytesIO()
    book.properties.created = CREATED
    with time_machine.travel(CREATED, tick=False):  # the library writes when it was changed
        book.save(sink)
    # and in the zip the hour of its temporary files
    return repacked(sink.getvalue(), lambda _, part: part, zipfile.ZIP_DEFLATED)


def patched(content: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """Parts of a zip rewritten; a key is the part's path with / and . written as __ and _."""
    parts = parts_of(content)
    for key, change in changes.items():
        (name,) = [name for name in parts if name.replace("/", "__").replace(".", "_") == key]
        parts[name] = change(parts[name])
    return zipped(parts)


def sheet_patched(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The first sheet's XML rewritten."""
    return patched(content, xl__worksheets__sheet1_xml=change)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A deflated zip with fixed dates."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, OLDEST), content, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def text_of(rows: Sequence[Sequence[Any]], delimiter: str = ",", ending: str = "\r\n") -> str:
    """Delimited text, quoted where it must be."""
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter, lineterminator=ending).writerows(rows)
    return sink.getvalue()


def png(width: int, height: int, noise: bytes) -> bytes:
    """A grey picture; `noise` repeats as its pixels and decides how well it deflates."""
    pixels = noise * (width * height // len(noise) + 1)
    lines = b"".join(b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(lines, 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )
