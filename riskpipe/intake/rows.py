"""What each row of a sheet is: a title, a heading, a total, a note, blank, or a record.

Grid and found headings go in; one mark per row comes out, so that every row is counted
exactly once. A total row is a checksum and a note explains: neither is data. When in doubt a
row is a record, and screening will reject it with its reasons.
"""

from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.grid import Grid
from riskpipe.intake.heading import Found
from riskpipe.intake.layout import Layouts, plain

TOTAL_COLUMNS = 3
PRINTED_NUMBER = r"^\s*[\p{L}\d_/〔〕\[\]()（）.\-]*\d号?\s*$"
TOTAL_WORD = r"^[\s（(]*[合小总共累本全][\s　]*[计月区页]"


class Mark(IntEnum):
    """What a row is; the titles are what the account prints."""

    RECORD = 0
    TITLE = 1
    HEADING = 2
    TOTAL = 3
    NOTE = 4
    BLANK = 5
    BROKEN = 6


MARK_TITLES = {
    Mark.TITLE: "标题",
    Mark.HEADING: "表头",
    Mark.TOTAL: "合计",
    Mark.NOTE: "说明",
    Mark.BLANK: "空行",
}


def marks(grid: Grid, found: Found, layouts: Layouts) -> np.ndarray:
    """One `Mark` per row of the grid, as uint8."""
    filled = filled_cells(grid.cells)
    marked = np.zeros(grid.cells.num_rows, dtype=np.uint8)
    marked[: max(0, found.first)] = Mark.TITLE
    marked[max(0, found.first) : found.last + 1] = Mark.HEADING
    body = np.arange(len(marked)) > found.last
    marked[body & _only_prefilled(grid, found, filled)] = Mark.BLANK
    marked[(filled == 0)] = Mark.BLANK
    marked[[number - grid.first_row for number in grid.broken]] = Mark.BROKEN
    open_rows = marked == Mark.RECORD
    marked[open_rows & _repeats_heading(grid, found)] = Mark.HEADING
    marked[(marked == Mark.RECORD) & _totals(grid, layouts)] = Mark.TOTAL
    _mark_notes(grid, found, layouts, filled, marked)
    return marked


def filled_cells(cells: pa.Table) -> np.ndarray:
    """How many cells of each row hold something."""
    total = np.zeros(cells.num_rows, dtype=np.int32)
    for column in cells.columns:
        total += np.asarray(pc.is_valid(column)).astype(np.int32)
    return total


def _only_prefilled(grid: Grid, found: Found, filled: np.ndarray) -> np.ndarray:
    """Rows with nothing but what the office prints in advance: 序号, 编号, 街道."""
    places = [
        (field, place)
        for field in ("seq", *found.layout.prefilled)
        for place in found.columns.get(field, ())
    ]
    given = np.zeros(len(filled), dtype=np.int32)
    for _, place in places:
        given += np.asarray(pc.is_valid(grid.cells.column(place))).astype(np.int32)
    only = filled == given
    near = np.flatnonzero(only)
    for field, place in places if len(near) else ():
        if field in ("seq", found.layout.number):
            numbers = grid.cells.column(place).take(pa.array(near))
            printed = pc.fill_null(pc.match_substring_regex(numbers, PRINTED_NUMBER), True)
            only[near] &= np.asarray(printed)
    return only


def _repeats_heading(grid: Grid, found: Found) -> np.ndarray:
    """Rows that print the headings again (page breaks): two required columns say so."""
    repeats = np.ones(grid.cells.num_rows, dtype=bool)
    for field in (found.layout.needed or tuple(found.columns))[:2]:
        if field not in found.columns or found.first < 0:
            return np.zeros(grid.cells.num_rows, dtype=bool)
        column = grid.cells.column(found.columns[field][0])
        repeats &= np.asarray(pc.fill_null(pc.equal(column, found.headings[field]), False))
    return repeats


def _totals(grid: Grid, layouts: Layouts) -> np.ndarray:
    """Rows where one of the first columns holds a total word and nothing but that."""
    marked = np.zeros(grid.cells.num_rows, dtype=bool)
    for column in grid.cells.columns[:TOTAL_COLUMNS]:
        near = np.asarray(pc.fill_null(pc.match_substring_regex(column, TOTAL_WORD), False))
        for row in np.flatnonzero(near):
            marked[row] |= plain(column[row].as_py()) in layouts.totals
    return marked


def _mark_notes(
    grid: Grid, found: Found, layouts: Layouts, filled: np.ndarray, marked: np.ndarray
) -> None:
    """Footers: a row that opens like a note and holds little, and what trails after it."""
    sparse = np.flatnonzero((marked == Mark.RECORD) & (filled <= _few(found)))
    last_note = -2
    for row in sparse:
        cells = [c[int(row)].as_py() for c in grid.cells.columns]
        first = next(cell for cell in cells if cell)
        opens = bool(layouts.notes.match(first.strip())) and not _is_complete(cells, found)
        trails = last_note >= 0 and filled[row] <= 2 and _only_blank(marked, last_note, int(row))
        if opens or (trails and not _is_complete(cells, found)):
            marked[row] = Mark.NOTE
            last_note = int(row)


def _few(found: Found) -> int:
    """A note or a signature line fills at most half of what a record fills."""
    return max(2, len(found.columns) // 2)


def _only_blank(marked: np.ndarray, note: int, row: int) -> bool:
    between = marked[note + 1 : row]
    return bool(((between == Mark.BLANK) | (between == Mark.NOTE)).all())


def _is_complete(cells: list[str | None], found: Found) -> bool:
    """Every required cell holds something: then it is a record, whatever it says."""
    return all(
        any(cells[place] for place in found.columns[field])
        for field in found.layout.needed
        if field in found.columns
    )
