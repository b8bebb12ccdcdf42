"""What each row of a sheet is: a title, a heading, a total, a note, blank, or a record.

Grid and found headings go in; one mark per row comes out, so that every row is counted exactly
once. A total row is a checksum and a note explains: neither is data. When in doubt a row is a
record, and screening will reject it with its reasons.
"""

import re
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.intake.grid import Grid
from riskpipe.intake.heading import Found
from riskpipe.intake.layout import Layouts
from riskpipe.intake.totals import label_of

TOTAL_COLUMNS = 3
PRINTED_NUMBER = r"^\s*[\p{L}\d_/〔〕\[\]()（）.\-]*\d号?\s*$"
FEWEST_MERGED = 3
"""One text merged over so many columns, and half of the table, is no record."""


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
    unvalued = _unvalued(grid, range(grid.cells.num_columns))
    filled = filled_cells(grid.cells) + unvalued
    marked = np.zeros(grid.cells.num_rows, dtype=np.uint8)
    marked[: max(0, found.first)] = Mark.TITLE
    marked[max(0, found.first) : found.last + 1] = Mark.HEADING
    body = np.arange(len(marked)) > found.last
    marked[body & _only_prefilled(grid, found, filled)] = Mark.BLANK
    marked[(filled == 0)] = Mark.BLANK
    marked[[number - grid.first_row for number in grid.broken]] = Mark.BROKEN
    _mark_repeated(grid, found, marked)
    marked[(marked == Mark.RECORD) & _totals(grid, found, layouts)] = Mark.TOTAL
    _mark_notes(grid, found, layouts, filled, marked)
    return marked


def filled_cells(cells: pa.Table) -> np.ndarray:
    """How many cells of each row hold something."""
    total = np.zeros(cells.num_rows, dtype=np.int32)
    for column in cells.columns:
        total += np.asarray(pc.is_valid(column)).astype(np.int32)
    return total


def _unvalued(grid: Grid, columns: range | tuple[int, ...]) -> np.ndarray:
    """How many cells of each row hold a formula without its result: unknown, not blank."""
    count = np.zeros(grid.cells.num_rows, dtype=np.int32)
    for row, column, _ in grid.traits.unvalued:
        place = row - grid.first_row
        if column - 1 in columns and 0 <= place < len(count):
            count[place] += 1
    return count


def _only_prefilled(grid: Grid, found: Found, filled: np.ndarray) -> np.ndarray:
    """Rows with nothing but what the office prints in advance: 序号, 编号, 街道."""
    places = [
        (field, place)
        for field in ("seq", *found.layout.prefilled)
        for place in found.columns.get(field, ())
    ]
    given = _unvalued(grid, tuple(place for _, place in places))
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


def _mark_repeated(grid: Grid, found: Found, marked: np.ndarray) -> None:
    """Headings printed again on a further page, with the title rows above them."""
    block = found.block.rows
    at, columns = _telling(found)
    if not columns:
        return
    repeats = marked == Mark.RECORD
    for column in columns:
        told = pc.equal(grid.cells.column(column), block[at][column])
        repeats &= np.asarray(pc.fill_null(told, False))
    titles = {_texts(grid, row) for row in range(max(0, found.first))} if repeats.any() else set()
    for hit in np.flatnonzero(repeats):
        for level, written in enumerate(block):
            row = int(hit) - at + level
            if found.last < row < len(marked) and _repeats(_cells(grid, row), written):
                marked[row] = Mark.HEADING
        above = int(hit) - at - 1
        while above > found.last and (marked[above] == Mark.BLANK or _texts(grid, above) in titles):
            marked[above] = marked[above] if marked[above] == Mark.BLANK else Mark.TITLE
            above -= 1


def _telling(found: Found) -> tuple[int, list[int]]:
    """The heading row that holds most needed headings, and two columns of them to know it by."""
    fields = found.layout.needed or tuple(found.columns)
    needed = [found.columns[field][0] for field in fields if field in found.columns]
    best: tuple[int, list[int]] = (0, [])
    for level, row in enumerate(found.block.rows):
        there = [column for column in needed if row[column]]
        if len(there) > len(best[1]):
            best = (level, there)
    return best[0], best[1][:2]


def _repeats(cells: list[str | None], written: tuple[str, ...]) -> bool:
    """Whether a row says what a heading row says and nothing else."""
    return any(cells) and all(
        not cell or cell == text for cell, text in zip(cells, written, strict=True)
    )


def _cells(grid: Grid, row: int) -> list[str | None]:
    return [column[row].as_py() for column in grid.cells.columns]


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _cells(grid, row) if cell)


def _totals(grid: Grid, found: Found, layouts: Layouts) -> np.ndarray:
    """Rows where one of the table's first columns, or the first filled cell, is a total's word."""
    letters = (r"[\s　]*".join(map(re.escape, word)) for word in sorted(layouts.totals))
    word = rf"^[\s（(]*(?:{'|'.join(letters)})"
    data = {
        place for field in found.layout.totals_are_data for place in found.columns.get(field, ())
    }
    start = min((place for places in found.columns.values() for place in places), default=0)
    marked = np.zeros(grid.cells.num_rows, dtype=bool)
    unseen = np.ones(grid.cells.num_rows, dtype=bool)
    for place, column in enumerate(grid.cells.columns):
        if place >= start + TOTAL_COLUMNS and not unseen.any():
            break
        near = np.array(pc.fill_null(pc.match_substring_regex(column, word), False))
        near &= (unseen | (place < start + TOTAL_COLUMNS)) & (place not in data)
        for row in np.flatnonzero(near):
            marked[row] |= label_of(column[row].as_py(), layouts) is not None
        unseen &= ~np.asarray(pc.is_valid(column))
    return marked


def _mark_notes(
    grid: Grid, found: Found, layouts: Layouts, filled: np.ndarray, marked: np.ndarray
) -> None:
    """Footers: signature lines, texts merged across, what opens like a note and what trails it."""
    marked[(marked == Mark.RECORD) & _only_labels(grid, found, layouts, filled)] = Mark.NOTE
    sparse = np.flatnonzero((marked == Mark.RECORD) & (filled <= _few(found)))
    cells = grid.cells.take(pa.array(sparse))
    firsts = pc.coalesce(*cells.columns).to_pylist() if len(sparse) else []
    merged = _merged_across(grid, found)
    last_note = -1
    for row, first in zip(map(int, sparse), firsts, strict=True):
        if last_note >= 0 and not _only_blank(marked, last_note, row):
            last_note = -1
        opens = bool(first) and bool(layouts.notes.match(first.strip()))
        trails = last_note >= 0 and bool(first) and filled[row] <= 2
        is_across = filled[row] == 1 and row in merged
        if is_across or ((opens or trails) and not _is_complete(_cells(grid, row), found)):
            marked[row] = Mark.NOTE
            last_note = row


def _few(found: Found) -> int:
    """A note fills at most half of what a record fills."""
    return max(2, len(found.columns) // 2)


def _only_labels(grid: Grid, found: Found, layouts: Layouts, filled: np.ndarray) -> np.ndarray:
    """Rows of labels to be signed or dated (填表人： 审核人： …), however many there are."""
    is_label = np.zeros(grid.cells.num_rows, dtype=bool)
    needed = [found.columns[field][0] for field in found.layout.needed if field in found.columns]
    column = grid.cells.column((needed or [0])[0])
    near = np.flatnonzero(pc.fill_null(pc.match_substring_regex(column, "[：:]$"), True))
    cells = grid.cells.take(pa.array(near))
    labels = np.zeros(len(near), dtype=np.int32)
    for column in cells.columns if len(near) else ():
        labels += np.asarray(pc.fill_null(pc.match_substring_regex(column, "[：:]$"), False))
    for row in near[(labels > 1) & (labels == filled[near])]:
        is_label[row] = all(layouts.notes.match(text) for text in _texts(grid, int(row)))
    return is_label


def _merged_across(grid: Grid, found: Found) -> frozenset[int]:
    """Places of rows whose one text is merged across the table: a footer or a group's title."""
    columns = {place for places in found.columns.values() for place in places}
    least = max(FEWEST_MERGED, len(columns) // 2)
    return frozenset(
        merge.first_row - grid.first_row
        for merge in grid.merges
        if merge.last_column - merge.first_column + 1 >= least
    )


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
