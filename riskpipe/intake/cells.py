"""Reading a workbook inside the limited child: bytes in, Arrow text per sheet out.

Imported by the fork server alone, so it stays small. It looks through the package first
(package.py, sheetxml.py), then lets fastexcel give every cell as text and puts right what that
reader leaves out: columns before the first one used, error values, escaped letters, pictures
that WPS keeps in cells as formulas. Which row is a heading is not asked here.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.package import Book, Package, Stop
from riskpipe.intake.sheetxml import SheetXml
from riskpipe.intake.sparse import apart, is_sparse, together
from riskpipe.intake.stream import stream

ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
ERROR = re.compile(r"Error\((\w+)\)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 22.9.2.19, ST_Xstring
PICTURE = re.compile(r"=?(_xlfn\.)?DISPIMG\(", re.IGNORECASE)
Order = dict[str, Any]
Made = tuple[list[tuple[dict[str, Any], bytes]], bool]
"""Facts and Arrow stream of each sheet; whether date serials count from 1904."""
WORDS = (b"DISPIMG", b"_x")
"""What shared strings rarely hold, and what has to be put right where they do."""


@dataclass(frozen=True)
class Seen:
    """What was found in a workbook before its reader is let near it."""

    book: Book
    sheets: dict[str, SheetXml]
    floating: Mapping[str, Mapping[int, int]]
    has_picture_text: bool
    has_escapes: bool
    gathered: dict[str, list[int]]
    """By sheet, the numbers of its rows where they were brought together (sparse.py)."""


NOTHING = Seen(Book({}, frozenset(), False), {}, {}, True, False, {})
"""Of a workbook that is no zip (97-2003)."""


def read(frames: list[bytearray]) -> list[bytes]:
    """Frames [order as JSON, file] → [answer as JSON, one Arrow stream a sheet].

    The answer is {"sheets": [{name, hidden, merges, hidden_rows, pictures, unvalued}],
    "epoch_1904"} or {"code", "facts"} of a refusal.
    """
    order, content = json.loads(frames[0]), bytes(frames[1])
    frames.clear()
    try:
        sheets, epoch_1904 = _MAKES[order["make"]](content, order)
    except Stop as stop:
        code, facts = stop.args
        return [json.dumps({"code": code, "facts": facts}).encode()]
    answer = {"sheets": [facts for facts, _ in sheets], "epoch_1904": epoch_1904}
    return [json.dumps(answer).encode(), *(stream for _, stream in sheets)]


def _page(content: bytes, order: Order) -> Made:
    from riskpipe.intake import webpage  # seldom wanted: the fork server need not hold it

    return webpage.sheets(content, order), False


def _old_workbook(content: bytes, order: Order) -> Made:
    return _sheets(content, NOTHING, order), False


def _workbook(content: bytes, order: Order) -> Made:
    package = Package.opened(content, order["max_inflated"])
    seen = _looked_through(package, order)
    seen, content = _gathered(package, seen, content)
    return _sheets(content, seen, order), seen.book.epoch_1904


_MAKES: dict[str, Callable[[bytes, Order], Made]] = {
    "zip": _workbook,
    "ole": _old_workbook,
    "page": _page,
}


def _looked_through(package: Package, order: Order) -> Seen:
    """Every part of an xlsx examined: declarations, sizes, extent, traits. Raises Stop."""
    book = package.book()
    _refuse_many(len(book.parts), order)
    words = package.words(set(book.parts.values()), WORDS)
    sheets, floating, area = {}, {}, 0
    for name, part in book.parts.items():
        sheet = sheets[name] = SheetXml(name, order["max_rows"], order["max_columns"])
        for piece in package.pieces(part) if package.has(part) else ():
            sheet.feed(piece)
        sheet.finish()
        area += sheet.height * sheet.width
        if area > order["max_cells"]:
            facts = {"sheet": name, "row": sheet.height, "limit": order["max_cells"]}
            raise Stop("too_large", facts)
        if sheet.drawing:
            floating[name] = package.pictures(part, sheet.drawing)
    return Seen(
        book,
        sheets,
        floating,
        WORDS[0] in words or package.has("xl/cellimages.xml"),
        WORDS[1] in words or any(sheet.has_escapes for sheet in sheets.values()),
        {},
    )


def _gathered(package: Package, seen: Seen, content: bytes) -> tuple[Seen, bytes]:
    """What was seen and the workbook to be read: sheets of few rows far apart brought together."""
    parts, numbers = {}, {}
    for name, sheet in seen.sheets.items():
        if is_sparse(sheet) and (made := together(package.part(seen.book.parts[name]), sheet)):
            parts[seen.book.parts[name]], numbers[name] = made
    if not parts:
        return seen, content
    return replace(seen, gathered=numbers), package.with_parts(parts)


def _refuse_many(sheets: int, order: Order) -> None:
    if sheets > order["max_sheets"]:
        raise Stop("too_many_sheets", {"limit": order["max_sheets"]})


def _sheets(content: bytes, seen: Seen, order: Order) -> list[tuple[dict[str, Any], bytes]]:
    book = _opened(content)
    _refuse_many(len(book.sheet_names), order)
    return [_sheet(book, number, seen, order) for number in range(len(book.sheet_names))]


def _opened(content: bytes) -> Any:
    try:
        return fastexcel.read_excel(content)
    except fastexcel.FastExcelError as error:
        # Old .xls files say it here: their password lies inside the stream.
        code = "encrypted" if "assword" in str(error) else "damaged"
        raise Stop(code, {}) from None


def _sheet(book: Any, number: int, seen: Seen, order: Order) -> tuple[dict[str, Any], bytes]:
    name = book.sheet_names[number]
    xml = seen.sheets.get(name)
    try:
        columns, is_hidden = (
            _seen(book, number, seen, xml, order) if xml else _unseen(book, number, order)
        )
    except fastexcel.FastExcelError as error:
        if "no data" not in str(error).lower() and "empty" not in str(error).lower():
            raise Stop("damaged_sheet", {"sheet": name}) from None
        columns, is_hidden = [], name in seen.book.hidden
    if xml and xml.unvalued:
        columns = _reaching(columns, xml, order)
    height = len(columns[0]) if columns else 0
    _refuse_large(name, height, len(columns), order)
    in_cells = set(xml.in_cells if xml else ())
    if seen.has_picture_text:
        in_cells |= _picture_texts(columns)
    columns = _with_values(columns, dict.fromkeys(in_cells))
    if seen.has_escapes:
        columns = [_unescaped(column) for column in columns]
    pictures = Counter(seen.floating.get(name, {}))
    pictures.update(row for row, _ in in_cells)
    facts = {
        "name": name,
        "hidden": is_hidden,
        "merges": xml.merges if xml else [],
        "hidden_rows": [row for row in xml.hidden if row <= height] if xml else [],
        "pictures": sorted(pictures.items()),
        "unvalued": xml.unvalued if xml else [],
    }
    return facts, stream(columns)


def _reaching(columns: list[pa.Array], xml: SheetXml, order: Order) -> list[pa.Array]:
    """The columns as far as there are formulas without a result: to the reader they are nothing."""
    height = max(len(columns[0]) if columns else 0, *(row for row, _, _ in xml.unvalued))
    width = max(len(columns), *(place for _, place, _ in xml.unvalued))
    _refuse_large(xml.name, height, width, order)
    longer = [pa.concat_arrays([c, pa.nulls(height - len(c), pa.string())]) for c in columns]
    return longer + [pa.nulls(height, pa.string())] * (width - len(columns))


def _refuse_large(name: str, height: int, width: int, order: Order) -> None:
    if height > order["max_rows"]:
        raise Stop("too_many_rows", {"sheet": name, "limit": order["max_rows"]})
    if width > order["max_columns"]:
        raise Stop("too_many_columns", {"sheet": name, "limit": order["max_columns"]})


def _seen(
    book: Any, number: int, seen: Seen, xml: SheetXml, order: Order
) -> tuple[list[pa.Array], bool]:
    """The columns of a looked-through sheet from A on as text, and whether it is hidden."""
    if xml.has_first_column:
        # The quick way says neither which column is the first nor which cells are errors.
        batch = book.load_sheet_eager(number, header_row=None, skip_rows=0, dtypes="string")
        columns = batch.columns
    else:
        columns, _ = _unseen(book, number, order)
    if xml.name in seen.gathered:
        columns = apart(columns, seen.gathered[xml.name])
    return _with_values(columns, xml.errors), xml.name in seen.book.hidden


def _unseen(book: Any, number: int, order: Order) -> tuple[list[pa.Array], bool]:
    """The columns of any sheet from A on as text, and whether it is hidden."""
    loaded = book.load_sheet(number, header_row=None, skip_rows=0, dtypes="string")
    _refuse_large(book.sheet_names[number], loaded.total_height, loaded.width, order)
    batch, errors = loaded.to_arrow_with_errors()
    first = min((column.absolute_index for column in loaded.available_columns()), default=0)
    columns = [pa.nulls(batch.num_rows, pa.string())] * first + batch.columns
    # The reader counts an error's column from the first one used.
    written = {
        (cell.position[0] + 1, cell.position[1] + 1 + first): _error(cell.detail)
        for cell in (errors.errors if errors else ())
    }
    return _with_values(columns, written), loaded.visible != "visible"


def _error(detail: str) -> str:
    """An error value as Excel shows it: it is no blank."""
    found = ERROR.search(detail)
    return ERRORS.get(found[1], "#N/A") if found else "#N/A"


def _with_values(
    columns: list[pa.Array], values: Mapping[tuple[int, int], str | None]
) -> list[pa.Array]:
    """The columns with some cells replaced; keys are (row, column) from 1."""
    by_column: dict[int, dict[int, str | None]] = {}
    for (row, place), value in values.items():
        if place <= len(columns) and row <= len(columns[place - 1]):
            by_column.setdefault(place - 1, {})[row - 1] = value
    changed = list(columns)
    for place, cells in by_column.items():
        texts = columns[place].to_pylist()
        for row, value in cells.items():
            texts[row] = value
        changed[place] = pa.array(texts, pa.string())
    return changed


def _picture_texts(columns: list[pa.Array]) -> set[tuple[int, int]]:
    """Cells that hold the text of a picture's formula: what WPS saved as its result."""
    return {
        (row + 1, place)
        for place, column in enumerate(columns, 1)
        for row in _true(pc.match_substring(column, "DISPIMG("))
        if PICTURE.match(column[row].as_py())
    }


def _unescaped(column: pa.Array) -> pa.Array:
    """_x000D_ and its like as the letters they stand for; what is no text falls away."""
    rows = _true(pc.match_substring(column, "_x"))
    texts = {(row + 1, 1): ESCAPED.sub(_letter, column[row].as_py()) for row in rows}
    return _with_values([column], texts)[0]


def _letter(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter.isprintable() or letter in "\t\r\n" else ""


def _true(mask: pa.Array) -> list[int]:
    return pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
