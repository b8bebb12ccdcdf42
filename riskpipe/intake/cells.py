"""Reading a workbook inside the limited child: bytes in, Arrow text per sheet out.

Imported by the fork server alone, so it stays small. It inflates what it must under a byte
count (a zip may lie about its sizes), looks for what aborts or starves the readers (a document
type declaration, a stray cell at the sheet's far corner), then lets fastexcel give every cell
as text. Which row is a heading is not asked here.
"""

import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import fastexcel
import pyarrow as pa

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FAR_COLUMN = re.compile(rb' r="([A-Z]{3,})\d')
LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*? r="(\d+)"')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]* ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
CHUNK = 2**22


class Stop(Exception):  # noqa: N818
    """The workbook is refused: (code, facts)."""


def read(frames: list[bytearray]) -> list[bytes]:
    """Frames [order as JSON, workbook] → [answer as JSON, one Arrow stream a sheet].

    The answer is {"sheets": [{name, visible, merges, first_row}], "epoch_1904"} or
    {"code", "facts"} of a refusal.
    """
    order, content = json.loads(frames[0]), bytes(frames[1])
    try:
        seen = _inside(content, order) if order["zip"] else _nothing_inside()
        book = _opened(content)
        sheets = [_sheet(book, number, seen, order) for number in range(len(book.sheet_names))]
    except Stop as stop:
        code, facts = stop.args
        return [json.dumps({"code": code, "facts": facts}).encode()]
    answer = {"sheets": [facts for facts, _ in sheets], "epoch_1904": seen["epoch_1904"]}
    return [json.dumps(answer).encode(), *(stream for _, stream in sheets)]


def _opened(content: bytes) -> Any:
    try:
        return fastexcel.read_excel(content)
    except fastexcel.FastExcelError as error:
        # Old .xls files say it here: their password lies inside the stream.
        code = "encrypted" if "assword" in str(error) else "damaged"
        raise Stop(code, {}) from None


def _sheet(
    book: Any, number: int, seen: dict[str, Any], order: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    name = book.sheet_names[number]
    try:
        loaded = book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string")
        batch = loaded.to_arrow()
        visible = loaded.visible
    except fastexcel.FastExcelError as error:
        if "no data" not in str(error).lower() and "empty" not in str(error).lower():
            raise Stop("damaged_sheet", {"sheet": name}) from None
        batch, visible = pa.record_batch([], names=[]), "visible"
    if batch.num_rows > order["max_rows"] or batch.num_columns > order["max_columns"]:
        raise Stop("too_many_cells", {"sheet": name, "limit": order["max_rows"]})
    facts = {"name": name, "visible": visible == "visible", "merges": seen["merges"].get(name, [])}
    return facts, _stream(batch)


def _stream(batch: pa.RecordBatch) -> bytes:
    plain = pa.table(batch.columns, names=[str(place) for place in range(batch.num_columns)])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    return sink.getvalue()


def _nothing_inside() -> dict[str, Any]:
    return {"epoch_1904": False, "merges": {}}


def _inside(content: bytes, order: dict[str, Any]) -> dict[str, Any]:
    """Look through the parts of an xlsx: limits, declarations, far cells, merges, date epoch."""
    left = order["max_inflated"]
    merges: dict[str, list[list[int]]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            book = _part(archive, "xl/workbook.xml", left)
            relations = _part(archive, "xl/_rels/workbook.xml.rels", left)
        except KeyError:
            return _nothing_inside()  # a binary workbook (.xlsb) has other parts
        titles = _titles(book, relations)
        for member in archive.infolist():
            if not member.filename.startswith("xl/worksheets/") or member.is_dir():
                continue
            if not member.filename.endswith(".xml"):
                continue
            part = _part(archive, member.filename, left)
            left -= len(part)
            name = titles.get(member.filename, member.filename)
            _refuse_far_cells(part, name, order)
            merges[name] = _merges(part)
    return {"epoch_1904": b'date1904="1"' in book or b'date1904="true"' in book, "merges": merges}


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """One part inflated, however much it says it holds."""
    pieces, size = [], 0
    try:
        with archive.open(name) as stream:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > most:
                    raise Stop("bomb", {"limit": most // 2**20})
                pieces.append(piece)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Stop("damaged", {}) from None
    part = b"".join(pieces)
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part[:4096]:
        raise Stop("dtd", {})
    return part


def _titles(book: bytes, relations: bytes) -> dict[str, str]:
    """Part name → sheet name."""
    try:
        targets = {
            node.get("Id"): (node.get("Target") or "").lstrip("/")
            for node in ET.fromstring(relations)  # noqa: S314  declarations were refused above
        }
        sheets = [n for n in ET.fromstring(book).iter() if n.tag.endswith("}sheet")]  # noqa: S314
    except ET.ParseError:
        raise Stop("damaged", {}) from None
    named = {targets.get(sheet.get(RELATIONS), ""): sheet.get("name") or "" for sheet in sheets}
    return {(t if t.startswith("xl/") else f"xl/{t}"): name for t, name in named.items()}


def _refuse_far_cells(part: bytes, name: str, order: dict[str, Any]) -> None:
    """Cells far off: calamine allots the whole rectangle up to the last cell, and aborts when it cannot."""
    far = next((m for m in FAR_COLUMN.finditer(part) if _column(m[1]) > order["max_columns"]), None)
    last = part.rfind(b"<row ")
    row = LAST_ROW.match(part, last) if last >= 0 else None
    if far or (row and int(row[1]) > order["max_rows"]):
        raise Stop("far_cell", {"sheet": name, "cell": (far or row)[1].decode()})  # type: ignore[index]


def _merges(part: bytes) -> list[list[int]]:
    start = part.rfind(b"<mergeCells")
    found = MERGED.finditer(part, start) if start >= 0 else ()
    return [[int(m[2]), int(m[4]), _column(m[1]), _column(m[3])] for m in found]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
