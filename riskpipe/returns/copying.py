"""The sender's own workbook with its marks, made inside the limited child (openpyxl).

A plan and the delivered bytes go in, a new workbook comes out. Nothing is carried over but what is
asked for by name: the plan's texts, numbers and dates that equal them, styles, widths,
merges, drop-downs, print set-up. Everything else a workbook may hold (pictures, charts, pivot caches,
macros, links, properties, protection) has no way through.
"""

import io
import json
from collections.abc import Mapping
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from riskpipe.returns import carrying, dressing, styling
from riskpipe.returns.packing import reproducible, without_drawings
from riskpipe.returns.plan import Page, Plan
from riskpipe.returns.sending import plan_from
from riskpipe.returns.telling import Teller


class TooLargeError(ValueError):
    """More cells than the office lets a copy have."""


def write(frames: list[bytearray]) -> list[bytes]:
    """Frames [order as JSON, workbook, one Arrow stream a page] → [the copy]; [] if none can be made."""
    order = json.loads(frames[0])
    plan = plan_from(order, frames[2:])
    teller = Teller(order["known"], frozenset(order["own"]))
    try:
        source = openpyxl.load_workbook(
            io.BytesIO(without_drawings(bytes(frames[1]))), data_only=True, keep_links=False
        )
        made = _copied(source, plan, teller, order["most_cells"])
    except (
        InvalidFileException,
        OSError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
    ):
        return []  # what openpyxl cannot open is built anew; its words may quote a cell
    sink = io.BytesIO()
    made.save(sink)
    return [reproducible(sink.getvalue())]


def _copied(source: Workbook, plan: Plan, teller: Teller, most_cells: int) -> Workbook:
    sheets = {sheet.title: sheet for sheet in source.worksheets}
    if sum(len(cells_of(sheet)) for sheet in sheets.values()) > most_cells:
        raise TooLargeError
    made = Workbook()
    made.epoch = source.epoch
    words = plan.words
    style = styling.styles(teller)
    by = carrying.Carrier(style, teller, words["author"], words["note"])
    dressing.write_cover(made.worksheets[0], plan.cover, words)
    for page in plan.pages:
        if page.source not in sheets and not page.cells.num_rows:
            continue  # a sheet of its own for a chart
        to = made.create_sheet(page.name)
        shift = shift_of(sheets[page.source], page.cells)
        _copy(sheets[page.source], to, page, shift, by)
        dressing.dress(to, page, shift, words)
    carrying.carry_names(source, made, teller)
    made.active = 0
    return made


def _copy(sheet: Worksheet, to: Worksheet, page: Page, shift: int, by: carrying.Carrier) -> None:
    columns = [column.to_pylist() for column in page.cells.columns]
    for (row, column), cell in sorted(cells_of(sheet).items()):
        place, at = column - 1 - shift, row - page.first_row
        told = (
            columns[place][at] if 0 <= place < len(columns) and 0 <= at < len(columns[0]) else None
        )
        carrying.carry_cell(cell, to, told, by)
    carrying.carry_sheet(sheet, to, by)


def shift_of(sheet: Worksheet, cells: pa.Table) -> int:
    """Columns the reader left out on the left: it begins with the first one that holds anything."""
    filled = [
        column for (_, column), cell in cells_of(sheet).items() if cell.value not in (None, "")
    ]
    first = next((i for i, c in enumerate(cells.columns) if c.null_count < len(c)), 0)
    return max(0, min(filled, default=1) - 1 - first)


def cells_of(sheet: Worksheet) -> Mapping[tuple[int, int], Any]:
    """The cells there are; `iter_rows` would make all of the rectangle up to the last of them."""
    return sheet._cells  # noqa: SLF001
