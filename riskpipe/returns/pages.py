"""One sheet of a delivered file as the page that goes back.

A grid, its parts and the lines about it go in; the page comes out: cells that may be shown, marks,
reasons by row, where the added column stands. A file that brings its keys gets them as headings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from riskpipe.intake.grid import Grid, text_cells
from riskpipe.intake.layout import plain
from riskpipe.returns.marking import Lines, marks_of
from riskpipe.returns.places import Part
from riskpipe.returns.plan import Page
from riskpipe.returns.withholding import Held, Withholding


@dataclass(frozen=True)
class Sheet:
    """A delivered sheet: its grid and parts, the rows that are records, the lines about it."""

    grid: Grid
    parts: Sequence[Part]
    records: frozenset[int]
    lines: Lines


def page_of(sheet: Sheet, name: str, withholding: Withholding, words: Mapping[str, Any]) -> Page:
    """The page of a sheet under the name it goes back with."""
    grid = sheet.grid
    shown = [withholding.shown(part, sheet.records) for part in sheet.parts]
    held = [one for _, some in shown for one in some]
    held += _without_number(sheet, withholding)
    marks, reasons = marks_of(grid, sheet.parts, sheet.lines, held, words)
    tell = withholding.teller.texts  # all in one go: a call costs two milliseconds
    texts = tell([mark.text for mark in marks])
    page = Page(
        name,
        grid.name,
        pa.concat_tables([cells for cells, _ in shown]),
        grid.first_row,
        grid.merges,
        tuple(replace(mark, text=text) for mark, text in zip(marks, texts, strict=True)),
        dict(zip(reasons, tell([*reasons.values()]), strict=True)),
        tuple(rows for part in sheet.parts if (rows := part.heading_rows)),
        _reason_column(sheet, withholding.column),
    )
    return page if grid.keys is None else _with_keys(page, grid.keys)


def _without_number(sheet: Sheet, withholding: Withholding) -> list[Held]:
    """Rows whose number is wrong: the vault cannot find their person by it again."""
    found = []
    for part in sheet.parts:
        layout = part.found.layout if part.found else None
        places = [place for some in part.personal.values() for place in some]
        if layout is None or layout.number not in part.found.headings or not places:  # type: ignore[union-attr]
            continue
        heading = part.found.headings[layout.number]  # type: ignore[union-attr]
        wrong = {line["row_no"] for line in sheet.lines.rejected if line["heading"] == heading}
        named = {row for name, row in withholding.people if name == sheet.grid.name}
        rows = sorted(wrong & named & set(part.rows))
        found += [Held(row, min(places) + 1, "held_no_number") for row in rows]
    return found


def _reason_column(sheet: Sheet, column: str) -> int:
    """Right of the tables and free; that of an earlier return sheet is used again. From 1."""
    last = 0
    for part in sheet.parts:
        for place, names in enumerate(part.found.block.names if part.found else ()):
            if any(plain(name) == column for name in names):
                return place + 1
            last = place if names and place > last else last
    columns = sheet.grid.cells.columns
    free = last + 1
    while free < len(columns) and columns[free].null_count < len(columns[free]):
        free += 1
    return free + 1


def _with_keys(page: Page, keys: Sequence[str]) -> Page:
    """A heading row of the file's own keys; every row moves one down."""
    head = text_cells([pa.array([key], pa.string()) for key in keys])
    return replace(
        page,
        cells=pa.concat_tables([head, page.cells]),
        marks=tuple(replace(mark, row=mark.row + 1) for mark in page.marks),
        reasons={row + 1: text for row, text in page.reasons.items()},
        headings=((page.first_row, page.first_row),),
    )
